import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { isSame, routingNow, type TimedRow, timed, writeTimes } from './due.ts';

/** Every conversation in which somebody waits for an answer, of all or of these cases and customers, in the order in which rows are locked. */
export async function waitingIds(db: Db, whose?: { caseIds: readonly string[]; customerIds: readonly string[] }): Promise<string[]> {
  const theirs = whose && sql`and (case_id = any(${whose.caseIds}::uuid[]) or customer_root_id = any(${whose.customerIds}::uuid[]))`;
  const rows = await db.query<{ id: string }>(
    sql`select id from conversations where is_open and waiting_since is not null ${theirs ?? sql.empty} order by id`,
  );
  return rows.map(({ id }) => id);
}

/** Computes the due times and queues of these anew; what has moved is written and grows its version. `isOvertaken`: some were changed meanwhile, so that all should be looked at again. */
export async function retimeWaits(ctx: Ctx, ids: readonly string[]): Promise<{ moved: number; isOvertaken: boolean }> {
  const rows =
    await ctx.db.query<TimedRow>(sql`select id, version, state, channel, visibility, team_id as "teamId", priority, waiting_since as "waitingSince",
      first_answer_at as "firstAnswerAt", due_at as "dueAt", warn_at as "warnAt", alarm_at as "alarmAt", queue_id as "queueId", case_id as "caseId", customer_root_id as "customerId" from conversations where id = any(${ids}::uuid[])`);
  const routing = await routingNow(ctx, rows);
  const moved = rows.map((row) => ({ ...row, ...timed(row, routing, ctx.now) })).filter((row, n) => !isSame(row, rows[n]));
  const written = await writeTimes(ctx, moved, 1);
  return { moved: written, isOvertaken: written < moved.length };
}

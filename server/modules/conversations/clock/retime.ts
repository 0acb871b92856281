import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { duesNow, isSame, type TimedRow, timed, writeTimes } from './due.ts';

/** Every conversation in which somebody waits for an answer, in the order in which rows are locked. */
export async function waitingIds(db: Db): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`select id from conversations where is_open and waiting_since is not null order by id`);
  return rows.map(({ id }) => id);
}

/** Computes the due times of these anew; what has moved is written and grows its version. `isOvertaken`: some were changed meanwhile, so that all should be looked at again. */
export async function retimeWaits(ctx: Ctx, ids: readonly string[]): Promise<{ moved: number; isOvertaken: boolean }> {
  const rows =
    await ctx.db.query<TimedRow>(sql`select id, version, state, channel, visibility, team_id as "teamId", priority, waiting_since as "waitingSince",
      first_answer_at as "firstAnswerAt", due_at as "dueAt", warn_at as "warnAt", alarm_at as "alarmAt" from conversations where id = any(${ids}::uuid[])`);
  const dues = await duesNow(ctx);
  const moved = rows.map((row) => ({ ...row, ...timed(row, dues, ctx.now) })).filter((row, n) => !isSame(row, rows[n]));
  const written = await writeTimes(ctx, moved, 1);
  return { moved: written, isOvertaken: written < moved.length };
}

import type { LateAnswer, LateCause } from '../../../../contract/routing.ts';
import { teamsWithin } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { readCursor, writeCursor } from '../../../platform/http/cursor.ts';
import { answersTo, conversationFacts, presentConversations } from '../../conversations/index.ts';

/** Whoever leads looks back as far as it helps to do better, and no further. */
const keptDays = 30;

interface LateRow extends Pick<LateAnswer, 'id' | 'conversationId' | 'clock' | 'teamId' | 'queueId' | 'cause' | 'phases' | 'peopleThere'> {
  since: Date;
  dueAt: Date;
}

interface Input {
  cause?: LateCause | undefined;
  cursor?: string | undefined;
  limit: number;
}

export async function lateAnswers(ctx: Ctx, { cause, cursor, limit }: Input): Promise<{ items: LateAnswer[]; nextCursor: string | null }> {
  const teams = teamsWithin(ctx.actor, 'see_standing');
  const after = cursor ? readCursor(cursor) : undefined;
  const rows =
    await ctx.db.query<LateRow>(sql`select l.id, l.conversation_id as "conversationId", l.since, l.clock, l.due_at as "dueAt", l.team_id as "teamId",
      l.queue_id as "queueId", l.cause, l.phases, l.people_there as "peopleThere"
    from late_answers l where true ${teams === 'all' ? sql.empty : sql`and l.team_id = any(${teams}::uuid[])`} ${cause ? sql`and l.cause = ${cause}` : sql.empty}
      ${after ? sql`and (l.due_at, l.id) < (${after.at}, ${after.id}::uuid)` : sql.empty} order by l.due_at desc, l.id desc limit ${limit + 1}`);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: await present(ctx, page), nextCursor: rows.length > limit && last ? writeCursor(last.dueAt, last.id) : null };
}

/** Those whose conversation has gone elsewhere since, to a team or under lock, are not shown: whoever leads the other one sees it. */
async function present(ctx: Ctx, rows: readonly LateRow[]): Promise<LateAnswer[]> {
  const facts = await conversationFacts(
    ctx.db,
    rows.map(({ conversationId }) => conversationId),
  );
  const shown = new Map((await presentConversations(ctx.db, [...facts.values()])).map((one) => [one.id, one]));
  const answered = await answersTo(ctx.db, rows);
  return rows.flatMap((row, n) => {
    const conversation = shown.get(row.conversationId);
    const fact = facts.get(row.conversationId);
    if (!conversation || !fact || fact.restrictedAt || fact.teamId !== row.teamId) return [];
    const { subject, customerName, channel } = conversation;
    return {
      ...row,
      subject,
      customerName,
      channel,
      since: row.since.toISOString(),
      dueAt: row.dueAt.toISOString(),
      answeredAt: answered[n]?.toISOString() ?? null,
      isWaiting: fact.waitingSince?.getTime() === row.since.getTime(),
    };
  });
}

export const sweepLate = async (ctx: Ctx): Promise<void> =>
  void (await ctx.db.exec(sql`delete from late_answers where due_at < ${new Date(ctx.now.getTime() - keptDays * 86_400_000)}`));

import type { LateAnswer, LateCause } from '../../../../contract/routing.ts';
import { teamsWithin } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
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

export async function lateAnswers(
  ctx: Ctx,
  { cause, cursor, limit }: Input,
): Promise<{ items: LateAnswer[]; nextCursor: string | null; asOf: string | null }> {
  const teams = teamsWithin(ctx.actor, 'see_standing');
  const after = cursor ? readCursor(cursor) : undefined;
  const { value, asOf } = await ctx.report(async (db) => {
    const rows =
      await db.query<LateRow>(sql`select l.id, l.conversation_id as "conversationId", l.since, l.clock, l.due_at as "dueAt", l.team_id as "teamId",
      l.queue_id as "queueId", l.cause, l.phases, l.people_there as "peopleThere"
    from late_answers l where true ${teams === 'all' ? sql.empty : sql`and l.team_id = any(${teams}::uuid[])`} ${cause ? sql`and l.cause = ${cause}` : sql.empty}
      ${after ? sql`and (l.due_at, l.id) < (${after.at}, ${after.id}::uuid)` : sql.empty} order by l.due_at desc, l.id desc limit ${limit + 1}`);
    const page = rows.slice(0, limit);
    return { page, isMore: rows.length > limit, known: await knownOf(db, page) };
  });
  const { page, isMore, known } = value;
  const last = page.at(-1);
  return {
    items: await present(ctx, page, known),
    nextCursor: isMore && last ? writeCursor(last.dueAt, last.id) : null,
    asOf: asOf?.toISOString() ?? null,
  };
}

interface Known {
  shown: ReadonlyMap<string, ConversationShown>;
  /** Since when each conversation waits, where it does. */
  waitingSince: ReadonlyMap<string, Date | null>;
  /** When each row was answered. */
  answered: readonly (Date | null)[];
}

type ConversationShown = Awaited<ReturnType<typeof presentConversations>>[number];

async function knownOf(db: Db, rows: readonly LateRow[]): Promise<Known> {
  const facts = await conversationFacts(db, idsOf(rows));
  return {
    shown: new Map((await presentConversations(db, [...facts.values()])).map((one) => [one.id, one])),
    waitingSince: new Map([...facts.values()].map(({ id, waitingSince }) => [id, waitingSince])),
    answered: await answersTo(db, rows),
  };
}

const idsOf = (rows: readonly LateRow[]): string[] => rows.map(({ conversationId }) => conversationId);

/**
 * Those whose conversation has gone elsewhere since, to a team or under lock, are not shown: whoever leads the other one sees it. A report may be a
 * little old, what somebody may see may not: that is asked of the primary.
 */
async function present(ctx: Ctx, rows: readonly LateRow[], { shown, waitingSince, answered }: Known): Promise<LateAnswer[]> {
  const now = await conversationFacts(ctx.db, idsOf(rows));
  return rows.flatMap((row, n) => {
    const conversation = shown.get(row.conversationId);
    const fact = now.get(row.conversationId);
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
      isWaiting: waitingSince.get(row.conversationId)?.getTime() === row.since.getTime(),
    };
  });
}

export const sweepLate = async (ctx: Ctx): Promise<void> =>
  void (await ctx.db.exec(sql`delete from late_answers where due_at < ${new Date(ctx.now.getTime() - keptDays * 86_400_000)}`));

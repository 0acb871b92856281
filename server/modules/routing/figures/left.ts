import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { channelOf, kindsWithLines, leftAtOf } from '../../channels/index.ts';
import { type AnsweredWork, workOf, waitingThreads } from '../../conversations/index.ts';
import { allowedSites } from '../../workspace/index.ts';

/** Longer than any wait that a figure counts. */
const keptDays = 70;

/** Whether a channel can tell that a customer has left: where their page holds a line open, and closes it. Who wrote a mail or a letter leaves nothing. */
export const knowsWhoLeft = (channel: string): boolean => channelOf(channel)?.entrance?.connect !== undefined;

/** Writes down who has left while they waited; whoever is back has not. Only while figures may be made at all. */
export async function noteLeft(ctx: Ctx): Promise<void> {
  const kinds = kindsWithLines();
  const allowed = await allowedSites(ctx.db, 'team_figures', ctx.now);
  if (kinds.length === 0 || allowed.length === 0) return;
  const waiting = await waitingThreads(ctx.db, kinds);
  const left = await leftAtOf(ctx.db, waiting, ctx.now);
  const rows = waiting.flatMap(({ conversationId, since }, n) => {
    const at = left[n];
    return at === undefined ? [] : { conversationId, since, leftAt: at };
  });
  await ctx.db.exec(sql`delete from left_waits l using jsonb_to_recordset(${sql.json(rows.filter(({ leftAt }) => leftAt === null))})
      as r("conversationId" uuid, since timestamptz) where l.conversation_id = r."conversationId" and l.since = r.since`);
  await ctx.db.exec(sql`insert into left_waits (conversation_id, since, left_at) select "conversationId", since, "leftAt"
      from jsonb_to_recordset(${sql.json(rows.filter(({ leftAt }) => leftAt !== null))}) as r("conversationId" uuid, since timestamptz, "leftAt" timestamptz)
    on conflict (conversation_id, since) do update set left_at = excluded.left_at where left_waits.left_at <> excluded.left_at`);
}

export type LeftWork = AnsweredWork & { leftAt: Date | null };

/** The waits with who left during them, and those that ended without an answer because of it, as when such a conversation was put aside. Whoever was answered all the same has not given up. */
export async function withLeft(db: Db, work: readonly AnsweredWork[], from: Date, to: Date): Promise<LeftWork[]> {
  const left = await db.query<{
    conversationId: string;
    since: Date;
    leftAt: Date;
  }>(sql`select conversation_id as "conversationId", since, left_at as "leftAt"
    from left_waits where since >= ${from} and since < ${to}`);
  const leftAt = new Map(left.map((one) => [keyOf(one), one.leftAt]));
  const known = new Set(work.map(keyOf));
  const ended = left.filter((one) => !known.has(keyOf(one)));
  const of = await workOf(
    db,
    ended.map(({ conversationId }) => conversationId),
  );
  return [
    ...work.map((one) => ({ ...one, leftAt: one.answeredAt ? null : (leftAt.get(keyOf(one)) ?? null) })),
    ...ended.flatMap(({ conversationId, since, leftAt: at }) => {
      const one = of.get(conversationId);
      if (!one) return [];
      const { firstAnswerAt, ...facts } = one;
      return { ...facts, since, isFirst: firstAnswerAt === null || firstAnswerAt > since, answeredAt: null, personId: null, leftAt: at };
    }),
  ];
}

const keyOf = ({ conversationId, since }: { conversationId: string; since: Date }): string => `${conversationId} ${since.getTime()}`;

export const sweepLeft = async (ctx: Ctx): Promise<void> =>
  void (await ctx.db.exec(sql`delete from left_waits where since < ${new Date(ctx.now.getTime() - keptDays * 86_400_000)}`));

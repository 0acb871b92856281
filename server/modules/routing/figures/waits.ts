import type { OutputOf, ParsedInputOf } from '../../../../contract/core.ts';
import type { CountedWait, Outcome, routingEndpoints } from '../../../../contract/routing.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { fail } from '../../../platform/errors.ts';
import { readCursor, writeCursor } from '../../../platform/http/cursor.ts';
import { conversationFacts, presentConversations, readableConversations } from '../../conversations/index.ts';
import { requireAgreement } from '../../workspace/index.ts';
import type { Week } from './weeks.ts';

const keptDays = 35;

/** An answer that a figure counts. */
export interface Counted {
  conversationId: string;
  teamId: string;
  channel: string;
  clock: string;
  since: Date;
  dueAt: Date;
  isLate: boolean;
  minutes: number | null;
  leftAt: Date | null;
}

const outcomeOf = ({ isLate, minutes, leftAt }: Counted): Outcome =>
  leftAt ? 'abandoned' : minutes === null ? 'unanswered' : isLate ? 'late' : 'in_time';

/** Written with the figures, of those teams alone whose figure is shown. */
export async function keepWaits(db: Db, { monday }: Week, counted: readonly Counted[]): Promise<void> {
  const rows = counted.map((one) => ({ ...one, outcome: outcomeOf(one) }));
  await db.exec(sql`insert into service_waits (week, team_id, channel, clock, outcome, conversation_id, since, due_at, minutes)
    select ${monday}, "teamId", channel, clock, outcome, "conversationId", since, "dueAt", minutes from jsonb_to_recordset(${sql.json(rows)})
      as r("teamId" uuid, channel text, clock text, outcome text, "conversationId" uuid, since timestamptz, "dueAt" timestamptz, minutes int)
    on conflict do nothing`);
}

type Asked = ParsedInputOf<typeof routingEndpoints.countedWaits>;
type WaitRow = Pick<CountedWait, 'conversationId' | 'outcome' | 'minutes'> & { since: Date; dueAt: Date };

/**
 * What a figure counts, one by one. Only of a team whose own figure is shown: what a site or the company counts beyond those is withheld, and a list of it, cut down to what
 * somebody may read, would be the figure of a small team. Nothing says who answered, and there is no other way to cut it.
 */
export async function countedWaits(ctx: Ctx, asked: Asked): Promise<OutputOf<typeof routingEndpoints.countedWaits>> {
  await findShown(ctx, asked);
  const { week, teamId, channel, clock, outcome, cursor, limit } = asked;
  const after = cursor ? readCursor(cursor) : undefined;
  const rows =
    await ctx.db.query<WaitRow>(sql`select conversation_id as "conversationId", since, due_at as "dueAt", outcome, minutes from service_waits
    where week = ${week} and team_id = ${teamId} and channel = ${channel} and clock = ${clock} ${outcome ? sql`and outcome = ${outcome}` : sql.empty}
      ${after ? sql`and (due_at, conversation_id) < (${after.at}, ${after.id}::uuid)` : sql.empty}
    order by due_at desc, conversation_id desc limit ${limit + 1}`);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const facts = await conversationFacts(
    ctx.db,
    page.map(({ conversationId }) => conversationId),
  );
  const readable = await presentConversations(ctx.db, await readableConversations(ctx, [...facts.values()]));
  const shown = new Map(readable.map((one) => [one.id, one]));
  return {
    items: page.flatMap((row) => {
      const one = shown.get(row.conversationId);
      if (!one) return [];
      const { subject, customerName } = one;
      return { ...row, subject, customerName, since: row.since.toISOString(), dueAt: row.dueAt.toISOString() };
    }),
    nextCursor: rows.length > limit && last ? writeCursor(last.dueAt, last.conversationId) : null,
  };
}

/** The figure must be one that is shown to whoever asks: while an agreement allows it for its site. */
async function findShown(ctx: Ctx, { week, teamId, channel, clock }: Asked): Promise<void> {
  const allowed = await requireAgreement(ctx, 'team_figures');
  const figure = await ctx.db.maybe<{ siteId: string | null }>(sql`select site_id as "siteId" from service_figures
    where week = ${week} and group_kind = 'team' and group_id = ${teamId} and channel = ${channel} and clock = ${clock} and withheld is null`);
  if (!figure || (allowed !== 'all' && !(figure.siteId && allowed.includes(figure.siteId)))) throw fail('core.not_found');
}

export const sweepWaits = async (ctx: Ctx): Promise<void> =>
  void (await ctx.db.exec(
    sql`delete from service_waits where week < (${new Date(ctx.now.getTime() - keptDays * 86_400_000)}::timestamptz)::date`,
  ));

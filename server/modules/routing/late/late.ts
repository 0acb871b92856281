import type { OutputOf } from '../../../../contract/core.ts';
import type { Breach, BreachClock, LateCause, routingEndpoints } from '../../../../contract/routing.ts';
import { teamsWithin } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { readCursor, writeCursor } from '../../../platform/http/cursor.ts';
import { answersTo } from '../../conversations/index.ts';
import { findTeams, isAllowed, listTeamIds, requireAgreement } from '../../workspace/index.ts';
import { type Subject, subjectsOf } from './subjects.ts';

/** Whoever leads looks back as far as it helps to do better, and no further. */
const keptDays = 30;

export interface BreachRow
  extends Pick<Breach, 'id' | 'conversationId' | 'clock' | 'teamId' | 'queueId' | 'cause' | 'phases' | 'peopleThere'> {
  caseId: string | null;
  statementId: string | null;
  since: Date;
  dueAt: Date;
}

interface Input {
  cause?: LateCause | undefined;
  clock?: BreachClock | undefined;
  cursor?: string | undefined;
  limit: number;
}

export async function breaches(ctx: Ctx, { cause, clock, cursor, limit }: Input): Promise<OutputOf<typeof routingEndpoints.breaches>> {
  const teams = await teamsAllowed(ctx);
  const after = cursor ? readCursor(cursor) : undefined;
  const { value, asOf } = await ctx.report(async (db) => {
    const rows =
      await db.query<BreachRow>(sql`select b.id, b.conversation_id as "conversationId", b.case_id as "caseId", b.statement_id as "statementId",
      b.since, b.clock, b.due_at as "dueAt", b.team_id as "teamId", b.queue_id as "queueId", b.cause, b.phases, b.people_there as "peopleThere"
    from breaches b where b.team_id = any(${teams}::uuid[]) ${cause ? sql`and b.cause = ${cause}` : sql.empty}
      ${clock ? sql`and b.clock = ${clock}` : sql.empty}
      ${after ? sql`and (b.due_at, b.id) < (${after.at}, ${after.id}::uuid)` : sql.empty} order by b.due_at desc, b.id desc limit ${limit + 1}`);
    const page = rows.slice(0, limit);
    return { page, isMore: rows.length > limit, subjects: await subjectsOf(db, page), answered: await answeredAt(db, page) };
  });
  const { page, isMore, subjects, answered } = value;
  const last = page.at(-1);
  // A report may be a little old, what somebody may see may not: that is asked of the primary.
  const now = await subjectsOf(ctx.db, page);
  return {
    items: page.flatMap((row) => present(row, subjects.get(row.id), now.get(row.id), answered.get(row.id) ?? null)),
    nextCursor: isMore && last ? writeCursor(last.dueAt, last.id) : null,
    asOf: asOf?.toISOString() ?? null,
  };
}

/** With the conversation beside it a cause tells of somebody's work: it is shown where an agreement allows that, of the teams one leads. */
async function teamsAllowed(ctx: Ctx): Promise<string[]> {
  const allowed = await requireAgreement(ctx, 'breach_causes');
  const led = teamsWithin(ctx.actor, 'see_standing');
  const teams = await findTeams(ctx.db, led === 'all' ? await listTeamIds(ctx.db) : led);
  return teams.filter((team) => isAllowed(allowed, team)).map(({ id }) => id);
}

async function answeredAt(db: Db, rows: readonly BreachRow[]): Promise<Map<string, Date | null>> {
  const waits = rows.flatMap(({ id, conversationId, since }) => (conversationId ? [{ id, conversationId, since }] : []));
  const answered = await answersTo(db, waits);
  return new Map(waits.map(({ id }, n) => [id, answered[n] ?? null]));
}

/** What has gone elsewhere since, to another team or under lock, is not shown: whoever leads the other one sees it. */
function present(row: BreachRow, subject: Subject | undefined, now: Subject | undefined, answered: Date | null): Breach[] {
  if (!subject || !now || row.teamId === null || !now.teamIds.includes(row.teamId)) return [];
  const { statementId: _, ...facts } = row;
  const doneAt = answered ?? subject.doneAt;
  return [
    {
      ...facts,
      ...subject.shown,
      since: row.since.toISOString(),
      dueAt: row.dueAt.toISOString(),
      doneAt: doneAt?.toISOString() ?? null,
      state: answered ? 'done' : subject.state,
    },
  ];
}

export const sweepLate = async (ctx: Ctx): Promise<void> =>
  void (await ctx.db.exec(sql`delete from breaches where due_at < ${new Date(ctx.now.getTime() - keptDays * 86_400_000)}`));

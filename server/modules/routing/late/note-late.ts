import type { BreachClock } from '../../../../contract/routing.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import type { Event } from '../../../platform/events/event.ts';
import type { Subscriber } from '../../../platform/events/subscribers.ts';
import { newId } from '../../../platform/ids.ts';
import { findStatements } from '../../cases/index.ts';
import { type ConversationRow, conversationFacts, conversationsOfCases } from '../../conversations/index.ts';
import { allowedSites, always, type Calendar, findTeams, isAllowed, openBetween, staffing } from '../../workspace/index.ts';
import { readCaseLogs } from '../clocks/log/case-log.ts';
import { dueOf } from '../clocks/dues.ts';
import { solutionBeats, solutionOf } from '../clocks/solution.ts';
import { least } from '../figures/withhold.ts';
import { type RoutingRules, routingRules } from '../rules.ts';
import { causeOf, phasesOf, phaseTypes } from './phases.ts';

type Told = Pick<Event, 'type' | 'at' | 'data'>;
type Broken = Event<'cases.commitment_broken'>;
type Rang = Event<'routing.answer_overdue'> | Event<'routing.solution_overdue'> | Broken;

/** What is overdue, before it is known why. */
interface Overdue {
  /** Which of the three it is. */
  conversationId: string | null;
  caseId: string | null;
  statementId: string | null;
  clock: BreachClock;
  since: Date;
  dueAt: Date;
  hereAt: Date;
  /** When it was noticed. */
  at: Date;
  trueAt: Date;
  /** The conversation whose team it counts for. */
  work: ConversationRow;
}

/** Once something is overdue it is written down why, where that is agreed on, while it is known who was there. Should its time move, what held last stands. */
export const noteLate: Subscriber = {
  name: 'routing.note_late',
  on: ['routing.answer_overdue', 'routing.solution_overdue', 'cases.commitment_broken'],
  gather: 300,
  async handle(ctx, events) {
    const rung = events as Rang[];
    const allowed = await allowedSites(ctx.db, 'breach_causes', ctx.now);
    if (allowed.length === 0) return;
    const all = [...(await answersOf(ctx, rung)), ...(await solutionsOf(ctx, rung)), ...(await promisesOf(ctx, rung))];
    const teams = await findTeams(
      ctx.db,
      all.flatMap(({ work }) => work.teamId ?? []),
    );
    const counted = new Map(teams.flatMap((team) => (isAllowed(allowed, team) ? [[team.id, team]] : [])));
    const late = all.filter(({ work }) => counted.has(work.teamId ?? ''));
    const caseIds = [...new Set(late.flatMap(({ work }) => work.caseId ?? []))];
    const byCase = await conversationsOfCases(ctx.db, caseIds);
    const logs = await readCaseLogs(ctx.db, caseIds, phaseTypes, (id) => byCase.get(id) ?? []);
    const rules = await routingRules(ctx);
    const people = await staffing(ctx.db, ctx.now);
    for (const one of late) {
      const there = people.find(({ teamId }) => teamId === one.work.teamId);
      const log = logs.get(one.work.caseId ?? '') ?? [];
      const peopleThere = isNoticedLate(one) ? null : (there?.available ?? 0) + (there?.busy ?? 0);
      // Of so few it would say of each of them when they were there (WC-07).
      const isFew = (counted.get(one.work.teamId ?? '')?.member_ids.length ?? 0) < least.people;
      await note(ctx, one, { log, calendar: calendarOf(rules, one, log, ctx.now), peopleThere, isFew });
    }
  },
};

async function answersOf(ctx: Ctx, events: readonly Rang[]): Promise<Overdue[]> {
  const rung = events.filter((event): event is Event<'routing.answer_overdue'> => event.type === 'routing.answer_overdue');
  const rows = await conversationFacts(
    ctx.db,
    rung.map(({ data }) => data.conversationId),
  );
  return rung.flatMap(({ at, data }) => {
    const work = rows.get(data.conversationId);
    if (!work) return [];
    const since = new Date(data.since);
    return {
      ...nothing,
      conversationId: work.id,
      clock: data.clock,
      since,
      dueAt: new Date(data.dueAt),
      hereAt: data.clock === 'first_answer' ? work.createdAt : since,
      at,
      trueAt: new Date(data.trueAt),
      work,
    };
  });
}

async function solutionsOf(ctx: Ctx, events: readonly Rang[]): Promise<Overdue[]> {
  const rung = events.filter((event): event is Event<'routing.solution_overdue'> => event.type === 'routing.solution_overdue');
  const byCase = await conversationsOfCases(
    ctx.db,
    rung.map(({ data }) => data.caseId),
  );
  return rung.flatMap(({ at, data }) => {
    const [work] = byCase.get(data.caseId) ?? [];
    const since = new Date(data.startedAt);
    return work
      ? {
          ...nothing,
          caseId: data.caseId,
          clock: 'solution',
          since,
          dueAt: new Date(data.dueAt),
          hereAt: since,
          at,
          trueAt: new Date(data.trueAt),
          work,
        }
      : [];
  });
}

/** A promise counts for the team in whose conversation it was given, or for that of the one the case began with. */
async function promisesOf(ctx: Ctx, events: readonly Rang[]): Promise<Overdue[]> {
  const broken = events.filter((event): event is Broken => event.type === 'cases.commitment_broken');
  const rows = await findStatements(
    ctx.db,
    broken.map(({ data }) => data.statementId),
  );
  const byCase = await conversationsOfCases(
    ctx.db,
    rows.map(({ caseId }) => caseId),
  );
  return broken.flatMap(({ at, data }) => {
    const row = rows.find(({ id }) => id === data.statementId);
    const conversations = row ? (byCase.get(row.caseId) ?? []) : [];
    const work = conversations.find(({ id }) => id === row?.conversationId) ?? conversations[0];
    if (!row?.dueTo || !work) return [];
    const { saidAt: since, dueTo: dueAt } = row;
    return { ...nothing, statementId: row.id, clock: 'promise', since, dueAt, hereAt: since, at, trueAt: dueAt, work };
  });
}

const nothing = { conversationId: null, caseId: null, statementId: null };

/** After a time in which nothing ran nobody knows who was there. */
const isNoticedLate = ({ at, trueAt }: Overdue): boolean => at.getTime() - trueAt.getTime() > 60_000;

/** Which minutes count: those of the service level; until a promised time those in which the team is there, if there are any. */
function calendarOf(rules: RoutingRules, { clock, since, dueAt, work }: Overdue, log: readonly Told[], now: Date): Calendar {
  const own = rules.calendars.of(work.teamId, since);
  if (clock === 'promise') return openBetween(own, since.getTime(), dueAt.getTime()) > 0 ? own : always;
  const level =
    clock === 'solution'
      ? solutionOf(rules, work, solutionBeats(log), now)?.level
      : dueOf(rules, { ...work, since, isFirst: clock === 'first_answer' }, now)?.level;
  return level?.hours === 'always' ? always : own;
}

interface Known {
  log: readonly Told[];
  calendar: Calendar;
  peopleThere: number | null;
  isFew: boolean;
}

async function note(ctx: Ctx, late: Overdue, { log, calendar, peopleThere, isFew }: Known): Promise<void> {
  const { conversationId, caseId, statementId, clock, since, dueAt, hereAt, work } = late;
  const phases = phasesOf(log, { clock, since, dueAt, hereAt, conversationId: work.id }, calendar);
  const minutes = Object.fromEntries([...phases].map(([phase, spent]) => [phase, Math.round(spent / 60_000)]));
  const wait = conversationId
    ? sql`(conversation_id, since) where conversation_id is not null`
    : caseId
      ? sql`(case_id, since) where case_id is not null`
      : sql`(statement_id) where statement_id is not null`;
  await ctx.db.exec(sql`insert into breaches (id, conversation_id, case_id, statement_id, since, clock, due_at, team_id, queue_id, cause, phases, people_there)
    values (${newId(ctx.now.getTime())}, ${conversationId}, ${caseId}, ${statementId}, ${since}, ${clock}, ${dueAt}, ${work.teamId}, ${work.queueId},
      ${causeOf(phases, peopleThere)}, ${sql.json(minutes)}, ${isFew ? null : peopleThere})
    on conflict ${wait} do update set due_at = excluded.due_at, team_id = excluded.team_id, queue_id = excluded.queue_id,
      cause = excluded.cause, phases = excluded.phases, people_there = excluded.people_there`);
}

import type { Withheld } from '../../../../contract/routing.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import type { JobWork } from '../../../platform/jobs/jobs.ts';
import { type AnsweredWork, answeredSince, clockOf, unansweredDue } from '../../conversations/index.ts';
import { type Allowed, allowedSites, companyZone, findTeams, isAllowed, listTeamIds } from '../../workspace/index.ts';
import { dueOf } from '../clocks/dues.ts';
import { routingRules } from '../rules.ts';
import { quantile } from './formulas.ts';
import { type Group, withhold } from './withhold.ts';
import { knowsWhoLeft, withLeft } from './left.ts';
import { keepWaits } from './waits.ts';
import { lastWeek, type Week } from './weeks.ts';

/** Answers that are due later than this after the message are in no figure. */
const longestDays = 60;
/** Who leaves so soon has hardly meant us (specification 0.4, `phone.shortAbandon`). */
const shortSeconds = 5;

interface Answer extends Pick<AnsweredWork, 'personId' | 'channel' | 'conversationId' | 'since'> {
  teamId: string;
  clock: string;
  dueAt: Date;
  isLate: boolean;
  /** Null: not answered when the week was over. */
  minutes: number | null;
  /** When the customer left, who got no answer. */
  leftAt: Date | null;
}

interface FixedGroup extends Group {
  kind: 'team' | 'site' | 'company';
  id: string;
  siteId: string | null;
}

/** Writes the figures of the last week down, once: where an agreement held when it began and holds still. */
export async function computeWeek({ reading, transaction }: JobWork): Promise<void> {
  const week = lastWeek(await companyZone(reading.db), reading.now);
  if ((await isWritten(reading.db, week)) || !isAny(await allowedFor(reading, week))) return;
  const answers = await answersOf(reading, week);
  if (!answers) return;
  await transaction(async (ctx) => {
    // Asked again: it may have ended while the answers were read.
    const allowed = await allowedFor(ctx, week);
    if (isAny(allowed)) await write(ctx, week, await fixedGroups(ctx, allowed), answers);
  });
}

async function write(ctx: Ctx, week: Week, groups: readonly FixedGroup[], answers: readonly Answer[]): Promise<void> {
  const isFirst = await ctx.db.exec(
    sql`insert into service_weeks (week, computed_at) values (${week.monday}, ${ctx.now}) on conflict do nothing`,
  );
  if (isFirst === 0) return;
  const lines = Map.groupBy(answers, ({ channel, clock }) => `${clock} ${channel}`);
  const rows = [...lines.values()].flatMap((some) => figuresOf(groups, some));
  const shown = new Set(
    rows.flatMap(({ kind, id, channel, clock, withheld }) => (kind === 'team' && !withheld ? `${id} ${clock} ${channel}` : [])),
  );
  await ctx.db.exec(sql`insert into service_figures (week, group_kind, group_id, site_id, channel, clock, withheld, answered, answered_in_time, unanswered, abandoned, abandoned_in_time,
      abandoned_short, p50, p90, longest)
    select ${week.monday}, kind, id, "siteId", channel, clock, withheld, answered, "answeredInTime", unanswered, abandoned, "abandonedInTime", "abandonedShort", p50, p90, longest
    from jsonb_to_recordset(${sql.json(rows)}) as r(kind text, id text, "siteId" uuid, channel text, clock text, withheld text, answered int, "answeredInTime" int,
      unanswered int, abandoned int, "abandonedInTime" int, "abandonedShort" int, p50 int, p90 int, longest int)`);
  await keepWaits(
    ctx.db,
    week,
    answers.filter(({ teamId, clock, channel }) => shown.has(`${teamId} ${clock} ${channel}`)),
  );
}

async function isWritten(db: Db, { monday }: Week): Promise<boolean> {
  return (await db.maybe(sql`select from service_weeks where week = ${monday}`)) !== undefined;
}

const allowedFor = async ({ db, now }: Ctx, { from }: Week): Promise<Allowed> =>
  both(await allowedSites(db, 'team_figures', from), await allowedSites(db, 'team_figures', now));

const isAny = (allowed: Allowed): boolean => allowed === 'all' || allowed.length > 0;

const both = (a: Allowed, b: Allowed): Allowed => (a === 'all' ? b : b === 'all' ? a : a.filter((id) => b.includes(id)));

/** Teams, then sites, then the company: fixed, so that nobody can ask for a group that differs from another by one person. The company only where all of it may be counted. */
async function fixedGroups({ db }: Ctx, allowed: Allowed): Promise<FixedGroup[]> {
  const teams = (await findTeams(db, await listTeamIds(db))).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const counted = teams.filter((team) => isAllowed(allowed, team));
  const bySite = Map.groupBy(counted, ({ site_id }) => site_id);
  return [
    ...counted.map(({ id, site_id }): FixedGroup => ({ key: `team ${id}`, kind: 'team', id, siteId: site_id, teamIds: [id] })),
    ...[...bySite].flatMap(([id, own]): FixedGroup[] =>
      id === null ? [] : [{ key: `site ${id}`, kind: 'site', id, siteId: id, teamIds: own.map((team) => team.id) }],
    ),
    ...(allowed === 'all'
      ? [{ key: 'company', kind: 'company' as const, id: '', siteId: null, teamIds: counted.map(({ id }) => id) }]
      : []),
  ];
}

/** Every answer that was due in the week, given or not; undefined while what is asked does not know all of the week yet. */
async function answersOf(ctx: Ctx, { from, to }: Week): Promise<Answer[] | undefined> {
  const rules = await routingRules(ctx);
  const { value, asOf } = await ctx.report(async (db) => {
    const earliest = new Date(from.getTime() - longestDays * 86_400_000);
    return withLeft(db, [...(await answeredSince(db, earliest, to)), ...(await unansweredDue(db, from, to))], earliest, to);
  });
  // Another night will do.
  if (asOf && asOf < to) return undefined;
  return value.flatMap((work) => {
    const due = dueOf(rules, work, ctx.now)?.at;
    if (!work.teamId || !due || due < from || due >= to) return [];
    // What was answered only after the week was over is what it was then.
    const answeredAt = work.answeredAt && work.answeredAt < to ? work.answeredAt : null;
    const minutes = answeredAt && Math.round((answeredAt.getTime() - work.since.getTime()) / 60_000);
    const { teamId, channel, personId, conversationId, since } = work;
    return {
      conversationId,
      since,
      dueAt: due,
      teamId,
      channel,
      clock: clockOf(work.isFirst),
      personId: answeredAt && personId,
      isLate: !answeredAt || answeredAt > due,
      minutes,
      leftAt: work.leftAt && work.leftAt < to ? work.leftAt : null,
    };
  });
}

interface Line {
  kind: string;
  id: string;
  siteId: string | null;
  channel: string;
  clock: string;
  withheld: Withheld | null;
  answered?: number;
  answeredInTime?: number;
  unanswered?: number;
  abandoned?: number | null;
  abandonedInTime?: number | null;
  abandonedShort?: number | null;
  p50?: number | null;
  p90?: number | null;
  longest?: number | null;
}

/** Of one channel and clock, in every group that had any. */
function figuresOf(groups: readonly FixedGroup[], all: readonly Answer[]): Line[] {
  const [{ channel, clock } = { channel: '', clock: '' }] = all;
  const byTeam = Map.groupBy(all, ({ teamId }) => teamId);
  const reasons = withhold(groups, byTeam);
  return groups.flatMap(({ key, kind, id, siteId, teamIds }) => {
    const answers = teamIds.flatMap((team) => byTeam.get(team) ?? []);
    if (answers.length === 0) return [];
    const withheld = reasons.get(key) ?? null;
    const line = { kind, id, siteId, channel, clock, withheld };
    if (withheld) return line;
    const left = answers.flatMap(({ leftAt, dueAt, since }) => (leftAt ? [{ leftAt, dueAt, since }] : []));
    const minutes = answers.flatMap((answer) => answer.minutes ?? []).toSorted((a, b) => a - b);
    return {
      ...line,
      answered: minutes.length,
      answeredInTime: answers.filter(({ isLate }) => !isLate).length,
      unanswered: answers.length - minutes.length - left.length,
      ...(knowsWhoLeft(channel) && {
        abandoned: left.length,
        abandonedInTime: left.filter(({ leftAt, dueAt }) => leftAt <= dueAt).length,
        abandonedShort: left.filter(({ leftAt, since }) => leftAt.getTime() - since.getTime() <= shortSeconds * 1_000).length,
      }),
      p50: quantile(minutes, 0.5),
      p90: quantile(minutes, 0.9),
      longest: minutes.at(-1) ?? null,
    };
  });
}

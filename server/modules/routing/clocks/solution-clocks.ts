import type { Ctx } from '../../../platform/context.ts';
import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import { type CaseFacts, factsOf, findCases } from '../../cases/index.ts';
import { conversationsOfCases } from '../../conversations/index.ts';
import { routingRules } from '../rules.ts';
import { readCaseLogs } from './log/case-log.ts';
import { followClock, type KeptClock, type SolutionAlarm, type SolutionReading } from './solution-alarm.ts';
import { solutionBeats, solutionOf, solutionTypes } from './solution.ts';

const columns = sql`case_id as "caseId", started_at as "startedAt", near_at as "nearAt", due_at as "dueAt", alarm_at as "alarmAt", stopped_at as "stoppedAt", rung`;

/** What rings of a case. */
export interface RungSolution extends SolutionAlarm {
  facts: CaseFacts & { teamId: string | null };
  startedAt: Date;
  dueAt: Date;
}

/**
 * Reads the clocks of these cases anew and keeps what moved; what came true up to `ringsUntil` rings, in the order in which it did. Rows are locked before anything is read, so whoever writes last has
 * seen everything. A handful of statements however many cases; of a case that is merged, restricted or gone nothing is kept.
 */
export async function followSolutions(
  ctx: Ctx,
  caseIds: readonly string[],
  ringsUntil: Date | null,
): Promise<{ moved: number; rung: RungSolution[] }> {
  const before = await lockClocks(ctx.db, caseIds);
  const read = await readSolutions(ctx, caseIds);
  const gone = [...before.keys()].filter((id) => !read.has(id));
  const changed: KeptClock[] = [];
  const rung: RungSolution[] = [];
  for (const [id, { facts, reading }] of read) {
    const was = before.get(id);
    // What was solved before anybody followed it is not followed.
    if (!was && reading.state === 'stopped') continue;
    const { kept, alarms } = followClock(was, reading, { now: ctx.now, ringsUntil });
    if (!was || !isSame(was, kept)) changed.push(kept);
    if (kept.dueAt && kept.startedAt)
      for (const alarm of alarms) rung.push({ ...alarm, facts, startedAt: kept.startedAt, dueAt: kept.dueAt });
  }
  if (gone.length > 0) await ctx.db.exec(sql`delete from solution_clocks where case_id = any(${gone}::uuid[])`);
  await writeClocks(ctx.db, changed);
  return {
    moved: changed.filter(({ caseId, dueAt }) => dueAt?.getTime() !== before.get(caseId)?.dueAt?.getTime()).length,
    rung: rung.toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.facts.caseId < b.facts.caseId ? -1 : 1)),
  };
}

export const dueSolutions = (now: Date): Sql => sql`solution_clocks where alarm_at <= ${now} order by alarm_at, case_id`;

/** The cases whose alarms have come, in the order of their times, at most so many; nobody else gets them meanwhile. */
export const takeSolutionAlarms = (db: Db, now: Date, most: number): Promise<{ caseId: string; alarmAt: Date }[]> =>
  db.query(sql`select case_id as "caseId", alarm_at as "alarmAt" from ${dueSolutions(now)} limit ${most} for no key update skip locked`);

/** Every case whose clock is kept, in the order in which rows are locked. */
export async function keptCases(db: Db): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`select case_id as id from solution_clocks order by case_id`);
  return rows.map(({ id }) => id);
}

async function lockClocks(db: Db, caseIds: readonly string[]): Promise<Map<string, KeptClock>> {
  const rows = await db.query<KeptClock>(
    sql`select ${columns} from solution_clocks where case_id = any(${caseIds}::uuid[]) order by case_id for no key update`,
  );
  return new Map(rows.map((row) => [row.caseId, row]));
}

/** The clocks that there are, as they stand now; where no service level says, without times. */
async function readSolutions(
  ctx: Ctx,
  caseIds: readonly string[],
): Promise<Map<string, { facts: RungSolution['facts']; reading: SolutionReading }>> {
  const cases = (await findCases(ctx.db, caseIds)).filter(({ restrictedAt, mergedInto }) => !restrictedAt && !mergedInto);
  const ids = cases.map(({ id }) => id);
  const byCase = await conversationsOfCases(ctx.db, ids);
  const logs = await readCaseLogs(ctx.db, ids, solutionTypes, (id) => byCase.get(id) ?? []);
  const rules = await routingRules(ctx);
  return new Map(
    cases.flatMap((kase) => {
      const conversations = byCase.get(kase.id) ?? [];
      const [first] = conversations;
      const beats = solutionBeats(logs.get(kase.id) ?? []);
      const begun = beats[0];
      const last = beats.at(-1);
      if (!first || !begun) return [];
      const solution = solutionOf(rules, first, beats, ctx.now);
      const at = (time: number | null | undefined) => (time == null ? null : new Date(time));
      const reading: SolutionReading = {
        caseId: kase.id,
        state: last?.what === 'stop' ? 'stopped' : (solution?.clock.state ?? 'running'),
        stoppedAt: last?.what === 'stop' ? new Date(last.at) : null,
        startedAt: new Date(begun.at),
        nearAt: at(solution?.nearAt),
        dueAt: at(solution?.clock.dueAt),
      };
      return [[kase.id, { facts: { ...factsOf(kase, conversations), teamId: first.teamId }, reading }] as const];
    }),
  );
}

async function writeClocks(db: Db, clocks: readonly KeptClock[]): Promise<void> {
  if (clocks.length === 0) return;
  await db.exec(sql`insert into solution_clocks (case_id, started_at, near_at, due_at, alarm_at, stopped_at, rung)
    select "caseId", "startedAt", "nearAt", "dueAt", "alarmAt", "stoppedAt", rung from jsonb_to_recordset(${sql.json(clocks)})
      as r("caseId" uuid, "startedAt" timestamptz, "nearAt" timestamptz, "dueAt" timestamptz, "alarmAt" timestamptz, "stoppedAt" timestamptz, rung smallint)
    on conflict (case_id) do update set started_at = excluded.started_at, near_at = excluded.near_at, due_at = excluded.due_at, alarm_at = excluded.alarm_at,
      stopped_at = excluded.stopped_at, rung = excluded.rung`);
}

export const dropStopped = (db: Db, solvedBefore: Date): Promise<number> =>
  db.exec(sql`delete from solution_clocks where stopped_at < ${solvedBefore}`);

const isSame = (a: KeptClock, b: KeptClock): boolean => JSON.stringify(a) === JSON.stringify(b);

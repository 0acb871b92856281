import type { Ctx } from '../../../platform/context.ts';
import { factsOf, statementFacts } from '../facts.ts';
import { findCases } from '../queries/cases.ts';
import { linksOf } from '../queries/links.ts';
import type { StatementRow } from '../queries/rows.ts';
import { settleCases } from '../state/settle.ts';
import { takeAlarms, writeRung } from './queries.ts';

/** A commitment is nearly due, or broken; `at` is when that came true. */
interface Alarm {
  row: StatementRow;
  isBroken: boolean;
  at: Date;
}

/**
 * Says of commitments that they are nearly due, and breaks every one whose time has come: in the order in which that came true, also what did while nobody ran. Returns how
 * many it looked at.
 */
export async function ringCommitments(ctx: Ctx, limit: number): Promise<number> {
  const taken = await takeAlarms(ctx.db, ctx.now, limit);
  if (taken.length === 0) return 0;
  // Where more are waiting, what comes true after the last of these waits for them.
  const until = (taken.length === limit && taken.at(-1)?.alarmAt) || ctx.now;
  const rows = new Map(
    (
      await writeRung(
        ctx.db,
        taken.map(({ id }) => id),
        until,
      )
    ).map((row) => [row.id, row]),
  );
  const alarms = taken.flatMap(({ id, alarmAt }): Alarm[] => {
    const row = rows.get(id);
    if (!row?.dueTo) return [];
    const near = alarmAt < row.dueTo ? [{ row, isBroken: false, at: alarmAt }] : [];
    return row.state === 'broken' ? [...near, { row, isBroken: true, at: row.dueTo }] : near;
  });
  await tell(
    ctx,
    alarms.toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.row.id < b.row.id ? -1 : 1)),
  );
  return taken.length;
}

async function tell(ctx: Ctx, alarms: readonly Alarm[]): Promise<void> {
  const caseIds = [...new Set(alarms.map(({ row }) => row.caseId))];
  const cases = new Map((await findCases(ctx.db, caseIds)).map((row) => [row.id, row]));
  const links = Map.groupBy(await linksOf(ctx.db, caseIds), (link) => link.caseId);
  const broken = new Set<string>();
  for (const { row, isBroken, at } of alarms) {
    const kase = cases.get(row.caseId);
    if (!kase) continue;
    const facts = statementFacts(factsOf(kase, links.get(kase.id) ?? []), row);
    if (isBroken) {
      broken.add(kase.id);
      ctx.emit('cases.commitment_broken', facts, kase.id);
    } else {
      const dueTo = (row.dueTo ?? at).toISOString();
      ctx.emit('cases.commitment_near_due', { ...facts, dueTo, trueAt: at.toISOString() }, kase.id);
    }
  }
  // One that was carried over a resolution wakes its case.
  if (broken.size > 0) await settleCases(ctx, [...broken]);
}

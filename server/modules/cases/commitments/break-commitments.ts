import type { Ctx } from '../../../platform/context.ts';
import { factsOf, statementFacts } from '../facts.ts';
import { findCases } from '../queries/cases.ts';
import { linksOf } from '../queries/links.ts';
import { settleCases } from '../state/settle.ts';
import { breakDue } from './queries.ts';

/** Breaks every commitment whose time has come, the earliest first, also those that fell due while nobody ran. Returns how many. */
export async function breakDueCommitments(ctx: Ctx, limit: number): Promise<number> {
  const broken = await breakDue(ctx.db, ctx.now, limit);
  if (broken.length === 0) return 0;
  const caseIds = [...new Set(broken.map((row) => row.caseId))];
  const cases = new Map((await findCases(ctx.db, caseIds)).map((row) => [row.id, row]));
  const links = Map.groupBy(await linksOf(ctx.db, caseIds), (link) => link.caseId);
  for (const row of broken) {
    const kase = cases.get(row.caseId);
    if (kase) ctx.emit('cases.commitment_broken', statementFacts(factsOf(kase, links.get(kase.id) ?? []), row), kase.id);
  }
  // One that was carried over a resolution wakes its case.
  await settleCases(ctx, caseIds);
  return broken.length;
}

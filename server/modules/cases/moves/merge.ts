import type { Case } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { linkToCase } from '../../conversations/index.ts';
import { summaries } from '../../customers/index.ts';
import { loadCase } from '../access/visible.ts';
import { fail } from '../errors.ts';
import { factsOf } from '../facts.ts';
import { isPending } from '../handovers/handover.ts';
import { handoversOf } from '../handovers/queries.ts';
import { presentOne } from '../present.ts';
import { findCase, lockCases, updateCase } from '../queries/cases.ts';
import { linksOf, moveLinks } from '../queries/links.ts';
import type { CaseRow } from '../queries/rows.ts';
import { settleCases } from '../state/settle.ts';
import { noteConsequences, planMerge } from './merging.ts';
import { acceptedHandovers, insertMove, moveContents } from './queries.ts';

/** Joins `fromId` into `id`. Everything of it moves; its own fields stay in its row, so that undoing gives back exactly what it was. */
export async function mergeCases(ctx: Ctx, { id, fromId }: { id: string; fromId: string }): Promise<{ case: Case; moveId: string }> {
  if (id === fromId) throw fail('cases.same_case');
  await lockCases(ctx.db, [id, fromId]);
  const into = await loadCase(ctx, id, { right: 'claim', lock: true });
  const from = await loadCase(ctx, fromId, { right: 'claim', lock: true });
  await assertSameCustomer(ctx, into.kase, from.kase);
  const moveId = await joinInto(ctx, fromId, id);
  const joined = await findCase(ctx.db, id);
  if (!joined) throw core('core.not_found');
  return { case: await presentOne(ctx.db, joined), moveId };
}

type OfCustomer = Pick<CaseRow, 'customerId'>;

/** Whether both are the same customer's today, counting customers that were merged as one. */
export async function isSameCustomer(ctx: Ctx, a: OfCustomer, b: OfCustomer): Promise<boolean> {
  const roots = await summaries(ctx.db, [a.customerId, b.customerId]);
  const rootOf = (customerId: string) => roots.get(customerId)?.id ?? customerId;
  return rootOf(a.customerId) === rootOf(b.customerId);
}

export async function assertSameCustomer(ctx: Ctx, a: OfCustomer, b: OfCustomer): Promise<void> {
  if (!(await isSameCustomer(ctx, a, b))) throw fail('cases.other_customer');
}

/** The merge itself, on cases that are locked and checked. */
export async function joinInto(ctx: Ctx, fromId: string, intoId: string): Promise<string> {
  const into = await findCase(ctx.db, intoId);
  const from = await findCase(ctx.db, fromId);
  if (!into || !from || !ctx.actor.id) throw core('core.not_found');
  await assertNotBeingHandedOver(ctx, fromId);
  const moveId = newId(ctx.now.getTime());
  const links = await linksOf(ctx.db, [fromId]);
  const conversationIds = links.map((l) => l.conversationId);
  const contents = await moveContents(ctx.db, fromId, intoId);
  await moveLinks(ctx.db, conversationIds, intoId);
  await linkToCase(ctx, conversationIds, intoId);

  const { change, taken } = planMerge(into, from, moveId);
  await updateCase(ctx.db, intoId, { ...change, handoversCount: await acceptedHandovers(ctx.db, intoId) });
  await updateCase(ctx.db, fromId, { state: 'merged', mergedInto: intoId });
  await settleCases(ctx, [intoId], new Set([intoId]));
  const after = (await findCase(ctx.db, intoId)) ?? into;
  const move = { id: moveId, kind: 'merge' as const, fromId, intoId, conversationIds, ...contents, byId: ctx.actor.id, at: ctx.now };
  await insertMove(ctx.db, { ...move, taken: noteConsequences(taken, into, after) });
  const facts = factsOf(after, await linksOf(ctx.db, [intoId]));
  ctx.emit('cases.merged', { ...facts, moveId, otherCaseId: fromId, ...contents }, intoId);
  return moveId;
}

/** Two hand-overs cannot wait in one case, and a brief must arrive where it was sent. */
export async function assertNotBeingHandedOver(ctx: Ctx, caseId: string, conversationIds?: readonly string[]): Promise<void> {
  const concerned = (id: string | null) => !conversationIds || (id !== null && conversationIds.includes(id));
  const pending = (await handoversOf(ctx.db, caseId)).filter((h) => isPending(h.state) && concerned(h.conversationId));
  if (pending.length > 0) throw fail('cases.handover_pending', { handoverIds: pending.map((h) => h.id) });
}

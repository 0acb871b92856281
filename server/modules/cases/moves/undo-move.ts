import type { Case } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { linkToCase } from '../../conversations/index.ts';
import { loadCase } from '../access/visible.ts';
import { fail } from '../errors.ts';
import { factsOf } from '../facts.ts';
import { presentCases } from '../present.ts';
import { findCases, lockCases, updateCase } from '../queries/cases.ts';
import { casesOfConversations, linksOf, moveLinks } from '../queries/links.ts';
import type { CaseRow } from '../queries/rows.ts';
import { settleCases } from '../state/settle.ts';
import { assertNotBeingHandedOver, joinInto } from './merge.ts';
import { planUnmerge } from './merging.ts';
import { acceptedHandovers, lockMove, type MoveRow, markUndone, moveContents } from './queries.ts';
import { carryOver } from './transfer.ts';

/** Undoes a merge or a transfer exactly, or a split by joining the new case back; refused when a later move stands on it. */
export async function undoMove(ctx: Ctx, { id }: { id: string }): Promise<{ cases: Case[] }> {
  const move = await lockMove(ctx.db, id);
  if (!move) throw core('core.not_found');
  const rows = await lockCases(ctx.db, [move.fromId, move.intoId]);
  const from = rows.find((row) => row.id === move.fromId);
  const into = rows.find((row) => row.id === move.intoId);
  if (!from || !into) throw core('core.not_found');
  await loadCase(ctx, move.kind === 'merge' ? move.intoId : move.fromId, { right: 'claim' });

  await markUndone(ctx.db, move.id, ctx.now);
  if (move.kind === 'split') {
    if (from.mergedInto || into.mergedInto) throw fail('cases.undo_blocked');
    await joinInto(ctx, move.intoId, move.fromId);
  } else if (move.kind === 'transfer') await carryBack(ctx, move, from, into);
  else await unmerge(ctx, move, from, into);
  const byId = new Map((await findCases(ctx.db, [move.fromId, move.intoId])).map((row) => [row.id, row]));
  return {
    cases: await presentCases(
      ctx.db,
      [move.intoId, move.fromId].flatMap((caseId) => byId.get(caseId) ?? []),
    ),
  };
}

async function carryBack(ctx: Ctx, move: MoveRow, from: CaseRow, into: CaseRow): Promise<void> {
  const held = await linksOf(ctx.db, [move.intoId]);
  const isStillThere = move.conversationIds.every((id) => held.some((link) => link.conversationId === id));
  const wouldBeEmpty = held.length === move.conversationIds.length;
  if (from.mergedInto || into.mergedInto || !isStillThere || wouldBeEmpty) throw fail('cases.undo_blocked');
  await assertNotBeingHandedOver(ctx, move.intoId, move.conversationIds);
  await updateCase(ctx.db, move.intoId, planUnmerge(into, move.taken, move.id));
  const { id: moveId, conversationIds, statementIds, handoverIds } = move;
  await carryOver(ctx, { moveId, from: into, into: from, conversationIds, only: { statementIds, handoverIds } });
}

async function unmerge(ctx: Ctx, move: MoveRow, from: CaseRow, into: CaseRow): Promise<void> {
  const where = await casesOfConversations(ctx.db, move.conversationIds);
  const isStillThere = move.conversationIds.every((id) => where.get(id) === move.intoId);
  if (from.mergedInto !== move.intoId || into.mergedInto !== null || !isStillThere) throw fail('cases.undo_blocked');
  await assertNotBeingHandedOver(ctx, move.intoId, move.conversationIds);

  const contents = await moveContents(ctx.db, move.intoId, move.fromId, { statementIds: move.statementIds, handoverIds: move.handoverIds });
  await moveLinks(ctx.db, move.conversationIds, move.fromId);
  await linkToCase(ctx, move.conversationIds, move.fromId);
  await updateCase(ctx.db, move.intoId, {
    ...planUnmerge(into, move.taken, move.id),
    handoversCount: await acceptedHandovers(ctx.db, move.intoId),
  });
  await updateCase(ctx.db, move.fromId, {
    state: 'open',
    mergedInto: null,
    handoversCount: await acceptedHandovers(ctx.db, move.fromId),
  });
  await settleCases(ctx, [move.fromId, move.intoId], new Set([move.fromId, move.intoId]));
  const facts = factsOf(into, await linksOf(ctx.db, [move.fromId, move.intoId]));
  ctx.emit('cases.unmerged', { ...facts, moveId: move.id, otherCaseId: move.fromId, ...contents }, move.intoId);
}

import type { Case } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { type ConversationRow, linkToCase } from '../../conversations/index.ts';
import { loadCase } from '../access/visible.ts';
import { fail } from '../errors.ts';
import { factsOf, teamsOf } from '../facts.ts';
import { presentOne } from '../present.ts';
import { findCase, lockCases, updateCase } from '../queries/cases.ts';
import { linksOf, moveLinks } from '../queries/links.ts';
import type { CaseRow } from '../queries/rows.ts';
import { settleCases } from '../state/settle.ts';
import { assertNotBeingHandedOver, assertSameCustomer } from './merge.ts';
import { noteConsequences } from './merging.ts';
import { acceptedHandovers, insertMove, type Moved, moveContents } from './queries.ts';

interface TransferInput {
  id: string;
  conversationIds: string[];
  intoId: string;
}

/** Moves conversations, and what was said in them, into another case of the customer: they were about that concern. Both keep their own fields. */
export async function transferConversations(
  ctx: Ctx,
  { id, conversationIds, intoId }: TransferInput,
): Promise<{ case: Case; into: Case; moveId: string }> {
  if (id === intoId) throw fail('cases.same_case');
  if (!ctx.actor.id) throw core('core.forbidden');
  await lockCases(ctx.db, [id, intoId]);
  const { kase: from, conversations } = await loadCase(ctx, id, { right: 'claim', lock: true });
  const { kase: into } = await loadCase(ctx, intoId, { right: 'claim', lock: true });
  await assertSameCustomer(ctx, into, from);
  const going = whatGoes(conversations, conversationIds);
  await assertNotBeingHandedOver(ctx, from.id, going);

  const moveId = newId(ctx.now.getTime());
  const contents = await carryOver(ctx, { moveId, from, into, conversationIds: going, only: { conversationIds: going } });
  const after = await present(ctx, into.id);
  const taken = noteConsequences({}, into, after.row);
  const move = { id: moveId, kind: 'transfer' as const, fromId: from.id, intoId: into.id, conversationIds: going, ...contents, taken };
  await insertMove(ctx.db, { ...move, byId: ctx.actor.id, at: ctx.now });
  return { case: (await present(ctx, from.id)).shown, into: after.shown, moveId };
}

/** The conversations named, with those merged into them; at least one must stay. */
export function whatGoes(conversations: readonly ConversationRow[], conversationIds: readonly string[]): string[] {
  const asked = new Set(conversationIds);
  if (conversationIds.some((id) => !conversations.some((c) => c.id === id))) throw fail('cases.conversation_elsewhere');
  const going = conversations.filter((c) => asked.has(c.id) || (c.mergedInto !== null && asked.has(c.mergedInto)));
  if (going.length === 0 || going.length === conversations.length) throw fail('cases.nothing_left');
  return going.map((c) => c.id);
}

interface Carried {
  moveId: string;
  from: CaseRow;
  into: CaseRow;
  conversationIds: string[];
  /** What of statements and hand-overs goes along. */
  only: Parameters<typeof moveContents>[3];
}

/** The move itself, on cases that are locked and checked; undoing is the same the other way round. */
export async function carryOver(ctx: Ctx, { moveId, from, into, conversationIds, only }: Carried): Promise<Moved> {
  const hadTeams = teamsOf(await linksOf(ctx.db, [from.id]));
  const contents = await moveContents(ctx.db, from.id, into.id, only);
  await moveLinks(ctx.db, conversationIds, into.id);
  await linkToCase(ctx, conversationIds, into.id);
  for (const { id } of [from, into]) await updateCase(ctx.db, id, { handoversCount: await acceptedHandovers(ctx.db, id) });
  await settleCases(ctx, [from.id, into.id], new Set([from.id, into.id]));

  // Who reads one of the two need not read the other: each is told to its own.
  const fromFacts = factsOf((await findCase(ctx.db, from.id)) ?? from, await linksOf(ctx.db, [from.id]));
  const facts = factsOf((await findCase(ctx.db, into.id)) ?? into, await linksOf(ctx.db, [into.id]));
  const left = hadTeams.filter((teamId) => !fromFacts.teamIds.includes(teamId));
  const [first, ...others] = left;
  ctx.emit('cases.changed', { ...fromFacts, what: 'teams', ...(first ? { leftTeamId: first } : {}) }, from.id);
  for (const leftTeamId of others) ctx.emit('cases.changed', { ...fromFacts, what: 'teams', leftTeamId }, from.id);
  const leftTeamIds = hadTeams.filter((teamId) => !facts.teamIds.includes(teamId));
  ctx.emit('cases.transferred', { ...facts, moveId, otherCaseId: from.id, ...contents, leftTeamIds }, into.id);
  return contents;
}

async function present(ctx: Ctx, id: string): Promise<{ row: CaseRow; shown: Case }> {
  const row = await findCase(ctx.db, id);
  if (!row) throw core('core.not_found');
  return { row, shown: await presentOne(ctx.db, row) };
}

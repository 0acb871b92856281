import type { Case } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { linkToCase } from '../../conversations/index.ts';
import { loadCase } from '../access/visible.ts';
import { factsOf } from '../facts.ts';
import { caseNumber, yearInBerlin } from '../opening/number.ts';
import { presentCases } from '../present.ts';
import { findCases, insertCases, nextRunningNumbers, updateCase } from '../queries/cases.ts';
import { linksOf, moveLinks } from '../queries/links.ts';
import { settleCases } from '../state/settle.ts';
import { assertNotBeingHandedOver } from './merge.ts';
import { acceptedHandovers, insertMove, moveContents } from './queries.ts';
import { whatGoes } from './transfer.ts';

export interface SplitInput {
  id: string;
  conversationIds: string[];
  subject?: string | undefined;
}

/** Moves conversations, and what was said in them, into a case of their own: two concerns must not wait for each other. */
export async function splitCase(ctx: Ctx, input: SplitInput): Promise<{ case: Case; newCase: Case; moveId: string }> {
  const { kase, conversations } = await loadCase(ctx, input.id, { right: 'claim', lock: true });
  if (!ctx.actor.id) throw core('core.forbidden');
  const conversationIds = whatGoes(conversations, input.conversationIds);
  const first = conversations.find((c) => conversationIds.includes(c.id));
  if (!first) throw core('core.not_found');
  await assertNotBeingHandedOver(ctx, kase.id, conversationIds);

  const newCaseId = newId(ctx.now.getTime());
  const [running = 0] = await nextRunningNumbers(ctx.db, 1);
  await insertCases(ctx.db, [
    {
      id: newCaseId,
      number: caseNumber(running, yearInBerlin(ctx.now)),
      customerId: first.ownCustomerId,
      subject: input.subject ?? (first.subject || kase.subject),
      priority: kase.priority,
      origin: first.visibility,
      at: ctx.now,
    },
  ]);
  const contents = await moveContents(ctx.db, kase.id, newCaseId, { conversationIds });
  await moveLinks(ctx.db, conversationIds, newCaseId);
  await linkToCase(ctx, conversationIds, newCaseId);
  for (const id of [kase.id, newCaseId]) await updateCase(ctx.db, id, { handoversCount: await acceptedHandovers(ctx.db, id) });
  const moveId = newId(ctx.now.getTime());
  await insertMove(ctx.db, {
    id: moveId,
    kind: 'split',
    fromId: kase.id,
    intoId: newCaseId,
    conversationIds,
    ...contents,
    taken: {},
    byId: ctx.actor.id,
    at: ctx.now,
  });
  await settleCases(ctx, [kase.id, newCaseId], new Set([kase.id, newCaseId]));
  const facts = factsOf(kase, await linksOf(ctx.db, [kase.id, newCaseId]));
  ctx.emit('cases.opened', { ...facts, caseId: newCaseId, ownerId: null, conversationId: first.id }, newCaseId);
  ctx.emit('cases.split', { ...facts, moveId, otherCaseId: newCaseId, ...contents }, kase.id);
  const rows = new Map((await findCases(ctx.db, [kase.id, newCaseId])).map((row) => [row.id, row]));
  const [before, after] = await presentCases(
    ctx.db,
    [kase.id, newCaseId].flatMap((id) => rows.get(id) ?? []),
  );
  if (!before || !after) throw core('core.not_found');
  return { case: before, newCase: after, moveId };
}

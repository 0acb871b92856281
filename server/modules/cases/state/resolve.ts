import type { Case, Informed } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { type ConversationRow, changeState, holderAt } from '../../conversations/index.ts';
import { loadCase } from '../access/visible.ts';
import { howTold } from '../commitments/informed.ts';
import { carryOver, statementsOf } from '../commitments/queries.ts';
import { fail } from '../errors.ts';
import { factsOf } from '../facts.ts';
import { isPending } from '../handovers/handover.ts';
import { handoversOf } from '../handovers/queries.ts';
import { isLeadOf } from '../policy.ts';
import { presentOne } from '../present.ts';
import { findCase, updateCase } from '../queries/cases.ts';
import { noteStates } from '../queries/links.ts';
import { lockConversation } from './lock-conversation.ts';
import { reasonsAgainst } from './resolution.ts';
import { settleCases } from './settle.ts';

export interface ResolveInput {
  id: string;
  summary: string;
  customerInformedBy?: Informed | undefined;
  carriedCommitmentIds: string[];
}

/** Resolves a case and its conversations, or says everything that stands against it. */
export async function resolveCase(ctx: Ctx, input: ResolveInput): Promise<{ case: Case; warnings: 'message_not_sent_yet'[] }> {
  if (!ctx.actor.id) throw core('core.forbidden');
  const { kase, conversations } = await loadCase(ctx, input.id, { right: 'claim', lock: true });
  const open: ConversationRow[] = [];
  for (const { id } of conversations.filter((c) => !ended.has(c.state)).toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    open.push(await lockConversation(ctx, id));

  const statements = await statementsOf(ctx.db, kase.id);
  const handovers = await handoversOf(ctx.db, kase.id);
  const told = await howTold(ctx, input.customerInformedBy, conversations);
  const reasons = reasonsAgainst({
    now: ctx.now,
    actorId: ctx.actor.id,
    isLead: isLeadOf(ctx.actor, conversations),
    informed: told.state,
    informingMessageId: told.messageId,
    commitments: statements.filter((s) => s.kind === 'commitment'),
    carriedIds: input.carriedCommitmentIds,
    pendingHandoverIds: handovers.filter((h) => isPending(h.state)).map((h) => h.id),
    conversations: open.map((c) => ({ id: c.id, state: c.state, holderId: holderAt(c, ctx.now) })),
  });
  if (reasons.length > 0) throw fail('cases.not_resolvable', { reasons });

  const own = new Set(statements.map((s) => s.id));
  await carryOver(
    ctx.db,
    input.carriedCommitmentIds.filter((id) => own.has(id)),
  );
  const rested: ConversationRow[] = [];
  for (const row of open) rested.push(await changeState(ctx, row, row.state === 'waiting_customer' ? 'silence' : 'resolve'));
  await noteStates(ctx.db, rested, ctx.now);
  await updateCase(ctx.db, kase.id, {
    resolution: { summary: input.summary, solvedById: ctx.actor.id, customerInformedAt: told.at.toISOString() },
  });
  await settleCases(ctx, [kase.id]);
  ctx.emit('cases.resolved', { ...factsOf(kase, conversations), byId: ctx.actor.id }, kase.id);
  const resolved = await findCase(ctx.db, kase.id);
  if (!resolved) throw core('core.not_found');
  return { case: await presentOne(ctx.db, resolved), warnings: told.pending ? ['message_not_sent_yet'] : [] };
}

const ended = new Set(['resolved', 'closed', 'spam', 'merged']);

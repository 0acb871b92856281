import type { Brief, Handover } from '../../../../contract/cases.ts';
import { mayAtAll } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { addSystemLine, type ConversationRow, changeState, grantAccess, holderAt } from '../../conversations/index.ts';
import { actorOf, teamOf } from '../../workspace/index.ts';
import { loadCase, type VisibleCase } from '../access/visible.ts';
import { fail } from '../errors.ts';
import { factsOf, handoverFacts } from '../facts.ts';
import { isLeadOf, mayHandOverAgain, seesMaskedOnly } from '../policy.ts';
import { presentHandover } from '../present.ts';
import { accessHours, handoverMaxPerCase } from '../state/kase.ts';
import { lockConversation } from '../state/lock-conversation.ts';
import { expiryOf } from './handover.ts';
import { insertHandover } from './queries.ts';

export interface HandOverInput {
  id: string;
  conversationId: string | null;
  to: { personId: string } | { teamId: string };
  mode: 'warm' | 'cold';
  brief: Brief;
}

/** Gives a case on with its brief. The conversation waits in `handover` until somebody has read the brief and accepted, or it comes back. */
export async function handOver(ctx: Ctx, input: HandOverInput): Promise<{ handover: Handover }> {
  const visible = await loadCase(ctx, input.id, { right: 'claim', lock: true });
  const { kase, conversations } = visible;
  if (!ctx.actor.id) throw core('core.forbidden');
  if (kase.handoversCount >= handoverMaxPerCase && !mayHandOverAgain(ctx.actor, kase, conversations)) {
    throw fail('cases.handover_limit', { ownerId: kase.ownerId, handoversCount: kase.handoversCount });
  }
  await assertReceiver(ctx, input.to);
  const conversation = await conversationToGive(ctx, visible, input.conversationId);

  const made = await insertHandover(ctx.db, {
    id: newId(ctx.now.getTime()),
    caseId: kase.id,
    conversationId: conversation?.id ?? null,
    fromId: ctx.actor.id,
    toPersonId: 'personId' in input.to ? input.to.personId : null,
    toTeamId: 'teamId' in input.to ? input.to.teamId : null,
    brief: input.brief,
    mode: input.mode,
    expiresAt: expiryOf(input.mode, ctx.now),
    createdAt: ctx.now,
  });
  if (!made) throw fail('cases.handover_pending');
  if (conversation) {
    await changeState(ctx, conversation, 'hand_over');
    await addSystemLine(ctx, conversation.id, { code: 'cases.handed_over', data: { handoverId: made.id, mode: made.mode, ...input.to } });
  }
  if (made.toPersonId) {
    const until = new Date(ctx.now.getTime() + accessHours * 3_600_000);
    await grantAccess(
      ctx,
      conversations.map((c) => c.id),
      made.toPersonId,
      until,
    );
  }
  ctx.emit('cases.handover_briefed', handoverFacts(factsOf(kase, conversations), made), kase.id);
  return { handover: presentHandover(made) };
}

async function assertReceiver(ctx: Ctx, to: HandOverInput['to']): Promise<void> {
  if ('teamId' in to) {
    if (!(await teamOf(ctx.db, to.teamId))) throw fail('cases.receiver_unknown', to);
    return;
  }
  if (to.personId === ctx.actor.id) throw fail('cases.receiver_is_sender');
  const person = await actorOf(ctx, to.personId);
  if (!person || !mayAtAll(person, 'claim') || seesMaskedOnly(person)) throw fail('cases.receiver_unknown', to);
}

/** The conversation named, or the one the giver holds; a case can also be handed over without any, when nobody is being talked to. */
async function conversationToGive(ctx: Ctx, { conversations }: VisibleCase, id: string | null): Promise<ConversationRow | undefined> {
  const mine = conversations.filter((c) => c.state === 'in_progress' && holderAt(c, ctx.now) === ctx.actor.id);
  const chosen = id ?? (mine.length === 1 ? mine[0]?.id : undefined);
  if (!chosen) return undefined;
  if (!conversations.some((c) => c.id === chosen)) throw fail('cases.conversation_elsewhere');
  const row = await lockConversation(ctx, chosen);
  const holder = holderAt(row, ctx.now);
  const mayGive = holder === ctx.actor.id || isLeadOf(ctx.actor, conversations);
  if (!mayGive) throw fail('cases.conversation_not_yours', { holderId: holder });
  return row;
}

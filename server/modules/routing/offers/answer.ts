import type { OutputOf } from '../../../../contract/core.ts';
import type { Offer, routingEndpoints } from '../../../../contract/routing.ts';
import type { Ctx } from '../../../platform/context.ts';
import { ownersOf } from '../../cases/index.ts';
import { loadConversation } from '../../conversations/index.ts';
import { fail } from '../errors.ts';
import { routingRules } from '../rules.ts';
import { end } from './give-out.ts';
import { acceptedBy, type OfferRow, openOfferOf } from './queries.ts';

export async function ownOffer({ db, actor, now }: Ctx): Promise<{ offer: Offer | null }> {
  const open = actor.id ? await openOfferOf(db, actor.id) : undefined;
  return { offer: open && open.until > now ? present(open) : null };
}

type Why = OutputOf<typeof routingEndpoints.whyMine>;

/** What *Next* says of whoever has it counts before an offer of theirs: it is of this taking. */
export async function whyMine(ctx: Ctx, { id }: { id: string }): Promise<Why> {
  const { claimedBy, nextReason, caseId } = await loadConversation(ctx, id);
  const me = ctx.actor.id;
  if (!me) return { next: null, offer: null };
  if (claimedBy === me && nextReason) {
    const queue = (await routingRules(ctx)).queues.find((one) => one.id === nextReason.queueId);
    const owner = caseId && (await ownersOf(ctx.db, [caseId])).get(caseId);
    return { next: { ...nextReason, queue: queue?.name ?? null, isKnown: owner === me }, offer: null };
  }
  const accepted = await acceptedBy(ctx.db, me, id);
  return { next: null, offer: accepted ? present(accepted) : null };
}

export async function declineOffer(ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> {
  const open = ctx.actor.id ? await openOfferOf(ctx.db, ctx.actor.id) : undefined;
  if (open?.id !== id || (await end(ctx, [id], 'declined')).length === 0) throw fail('routing.offer_over');
  return { done: true };
}

const present = ({ id, conversationId, at, until, why }: OfferRow): Offer => ({
  id,
  conversationId,
  at: at.toISOString(),
  until: until.toISOString(),
  // Offers of before there was help do not speak of it.
  why: { ...why, helps: why.helps ?? null },
});

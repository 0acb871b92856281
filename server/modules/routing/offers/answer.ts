import type { Offer } from '../../../../contract/routing.ts';
import type { Ctx } from '../../../platform/context.ts';
import { loadConversation } from '../../conversations/index.ts';
import { fail } from '../errors.ts';
import { end } from './give-out.ts';
import { acceptedBy, type OfferRow, openOfferOf } from './queries.ts';

export async function ownOffer({ db, actor, now }: Ctx): Promise<{ offer: Offer | null }> {
  const open = actor.id ? await openOfferOf(db, actor.id) : undefined;
  return { offer: open && open.until > now ? present(open) : null };
}

export async function acceptedOffer(ctx: Ctx, { id }: { id: string }): Promise<{ offer: Offer | null }> {
  await loadConversation(ctx, id);
  const accepted = ctx.actor.id ? await acceptedBy(ctx.db, ctx.actor.id, id) : undefined;
  return { offer: accepted ? present(accepted) : null };
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

import { on } from '../../../platform/events/subscribers.ts';
import { type FindNews, tellInBackground } from '../../workspace/index.ts';
import { offerSeconds } from './give-out.ts';
import { openOfferOf } from './queries.ts';

/** Whoever has the desk out of sight is told of an offer as long as it stands. */
export const tellOffer = on('routing.offered', 'routing.tell_offer', (ctx, { at, data }) =>
  tellInBackground(ctx, [
    {
      kind: 'offered',
      id: data.offerId,
      byId: null,
      at,
      until: new Date(at.getTime() + offerSeconds * 1_000),
      to: { personIds: [data.personId] },
    },
  ]),
);

export const findOffer: FindNews = async ({ db, actor, now }, id) => {
  const open = actor.id ? await openOfferOf(db, actor.id) : undefined;
  return open?.id === id && open.until > now ? `/inbox/open/${open.conversationId}` : undefined;
};

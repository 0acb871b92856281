import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type Conversation, conversationEndpoints } from '../../../../contract/conversations.ts';
import type { Offer } from '../../../../contract/routing.ts';
import type { StreamEvent } from '../../../../contract/stream.ts';
import { call } from '../../../platform/api/call.ts';
import { textOf } from '../../../platform/i18n/i18n.ts';
import { queries } from '../../../platform/realtime/live.ts';
import { refused } from '../../../platform/refused.ts';
import { records } from '../../../platform/store/app-store.ts';
import { notify, unnotify } from '../../../ui/overlay/notify.ts';
import { choosePresence, tellNews, useRight } from '../../workspace/index.ts';
import { on } from '../api.ts';
import { whyOf } from './why.ts';

const offerKey = ['routing', 'offer'];
const noticeId = ({ id }: Offer): string => `routing.offer ${id}`;

/** What is offered to whoever is signed in stands in the corner for as long as it is, in every window, and says why it is them. */
export function useOffers(go: (path: string) => void): void {
  const mayClaim = useRight('claim');
  const { data } = useQuery({ queryKey: offerKey, queryFn: () => call(on.ownOffer, {}), enabled: mayClaim });
  const offer = data?.offer ?? null;
  useEffect(() => {
    if (!offer) return;
    show(offer, go);
    return () => unnotify(noticeId(offer));
  }, [offer, go]);
}

/** Only the one whose offer it is hears of it. Who did not answer is away from then on, and is told how to be back. */
export function hearOffer({ type, subject, at }: StreamEvent): void {
  if (type !== 'routing.offered' && type !== 'routing.offer_ended') return;
  void queries.invalidateQueries({ queryKey: offerKey });
  const { offerId: id = '', conversationId = '' } = subject;
  if (type === 'routing.offered') void tellNews('offered', { id, path: `/inbox/open/${conversationId}`, at });
  if (subject['state'] !== 'timed_out') return;
  const t = textOf('routing');
  notify({
    title: t('offer.missed'),
    text: t('offer.nowAway'),
    milliseconds: 60_000,
    action: { label: t('offer.back'), run: () => void choosePresence('available') },
  });
}

function show(offer: Offer, go: (path: string) => void): void {
  const t = textOf('routing');
  const { queue } = offer.why;
  const subject = records.get<Conversation>('conversation', offer.conversationId)?.subject;
  notify({
    id: noticeId(offer),
    title: subject ? t('offer.title', { subject }) : t('offer.plain'),
    text: t('offer.text', { queue, because: whyOf(offer) }),
    milliseconds: Math.max(1_000, Date.parse(offer.until) - Date.now()),
    countdown: true,
    action: { label: t('offer.accept'), run: () => void accept(offer, go) },
    other: { label: t('offer.decline'), run: () => void decline(offer) },
  });
}

async function accept({ conversationId: id }: Offer, go: (path: string) => void): Promise<void> {
  try {
    const { conversation } = await call(conversationEndpoints.claim, { id });
    records.put('conversation', [conversation]);
    go(`/inbox/mine/${id}`);
  } catch (problem) {
    refused(problem);
  }
}

const decline = ({ id }: Offer): Promise<void> => call(on.declineOffer, { id }).then(() => {}, refused);

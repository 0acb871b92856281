import type { Times } from '../record.ts';
import type { Violations } from './check.ts';
import type { Evidence } from './evidence.ts';
import { lateness, realTime } from './timeline.ts';

/** Of the specification (2.5): somebody has so long to answer an offer. */
const offerMilliseconds = 20_000;
const goalMilliseconds = 5_000;

interface Open {
  conversationId: string;
  personId: string;
  customerId: string;
  at: number;
}

/**
 * Goes through the offers in the order in which they were written: a conversation, and a customer, is offered to one person at a time and a person has one offer;
 * each ends once, as accepted only when the person has taken the conversation, by itself not before its time and not long after; and nothing waits in the end.
 */
export function checkOffers(
  { events, conversations }: Pick<Evidence, 'events' | 'conversations'>,
  times: Times,
  offeredTeamId: string,
): Violations {
  const wrong: Violations = [];
  const customerOf = new Map(conversations.map(({ id, customerId }) => [id, customerId]));
  const open = new Map<string, Open>();
  const ended = new Set<string>();
  const taken = new Map<string, string>();
  for (const { type, at, data } of events) {
    const [conversationId, personId, offerId] = [data['conversationId'], data['personId'], data['offerId']].map(String) as [
      string,
      string,
      string,
    ];
    if (type === 'conversations.claimed') taken.set(conversationId, personId);
    else if (type === 'routing.offered') {
      const customerId = customerOf.get(conversationId) ?? '';
      for (const other of open.values()) {
        if (other.conversationId === conversationId)
          wrong.push(`conversation ${conversationId} was offered to ${personId} while it was to ${other.personId}`);
        else if (other.customerId === customerId)
          wrong.push(`customer ${customerId} was offered to ${personId} while they were to ${other.personId}`);
        if (other.personId === personId) wrong.push(`${personId} was offered ${conversationId} while they were ${other.conversationId}`);
      }
      if (open.has(offerId) || ended.has(offerId)) wrong.push(`offer ${offerId} was made twice`);
      open.set(offerId, { conversationId, personId, customerId, at });
    } else if (type === 'routing.offer_ended') {
      const offer = open.get(offerId);
      if (!offer) {
        wrong.push(`offer ${offerId} ended ${ended.has(offerId) ? 'twice' : 'and was never made'}`);
        continue;
      }
      open.delete(offerId);
      ended.add(offerId);
      if (data['state'] === 'accepted' && taken.get(conversationId) !== personId)
        wrong.push(`offer ${offerId} is called accepted, and ${personId} did not take the conversation`);
      if (data['state'] !== 'timed_out') continue;
      const due = offer.at + offerMilliseconds;
      if (at < due) wrong.push(`offer ${offerId} was over ${due - at} ms before its time`);
      const late = lateness(times, realTime(times, due), realTime(times, at));
      if (late > goalMilliseconds && !goesWrong(times, offer.at, at))
        wrong.push(`offer ${offerId} was over ${Math.round(late)} ms after its time`);
    }
  }
  for (const [offerId, { conversationId }] of open) wrong.push(`offer ${offerId} of conversation ${conversationId} never ended`);
  // What perhaps did not arrive is assigned to whoever wrote it, and so offered to nobody.
  for (const { id, teamId, state, claimedBy, assigneeId } of conversations)
    if (teamId === offeredTeamId && (state === 'new' || state === 'queued') && claimedBy === null && assigneeId === null)
      wrong.push(`conversation ${id} still waits to be offered`);
  return wrong;
}

/** A process by another time had a hand in it: made by a clock that is behind, it is over at once, and long after its time. */
const goesWrong = ({ wrong, ahead }: Times, from: number, to: number): boolean =>
  wrong.some((stretch) => realTime({ ahead }, from) <= stretch.to && realTime({ ahead }, to) >= stretch.from);

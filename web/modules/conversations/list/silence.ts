import type { Conversation } from '../../../../contract/conversations.ts';

/** From so many days on a list says that a customer does not answer; the case reminds at the same time (`server/modules/cases/state/kase.ts`). */
const silentDays = 3;

/** Since when the customer has been silent, once that is worth asking again; null before and whenever it is our turn. */
export const silentSince = ({ state, lastDirection, lastMessageAt }: Conversation, now: number): string | null =>
  state === 'waiting_customer' && lastDirection === 'out' && now - Date.parse(lastMessageAt) >= silentDays * 86_400_000
    ? lastMessageAt
    : null;

import type { Message } from '../../../../../contract/conversations.ts';

/** Came by a signed token alone, from somebody who had not taken part. */
const isNewcomers = (message: Message): boolean => message.direction === 'in' && message.facts.includes('stranger');
const lower = (address: string): string => address.toLowerCase();

/** What was really said, oldest first. */
const said = (messages: readonly Message[]): Message[] =>
  messages
    .filter(({ kind, delivery }) => kind === 'message' && delivery?.state !== 'cancelled')
    .toSorted((a, b) => a.at.localeCompare(b.at) || a.seq - b.seq);

/** Addresses, in lower case, that wrote here without taking part, and that since then neither an answer of ours nor a participant's mail has named. */
export function newcomersIn(messages: readonly Message[]): string[] {
  const found = new Set<string>();
  for (const message of said(messages)) {
    if (isNewcomers(message)) {
      if (message.from) found.add(lower(message.from.address));
    } else {
      for (const { address } of [...(message.from ? [message.from] : []), ...message.to, ...message.cc]) found.delete(lower(address));
    }
  }
  return [...found];
}

/** Addresses, in lower case, that ever wrote here as newcomers: what goes there is called by the address, not by the customer's name. */
export const everNewIn = (messages: readonly Message[]): string[] => [
  ...new Set(messages.filter(isNewcomers).flatMap(({ from }) => (from ? [lower(from.address)] : []))),
];

/** The last message, when a newcomer wrote it: whoever answers now may take it for the customer's. A machine's mail waits for no answer. */
export function lastOfNewcomer(messages: readonly Message[]): Message | undefined {
  const last = said(messages).at(-1);
  return last && isNewcomers(last) && last.author.kind !== 'system' ? last : undefined;
}

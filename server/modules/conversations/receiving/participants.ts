import type { InboundMessage } from '../../../../contract/channel.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { isForged } from '../../channels/index.ts';
import type { Envelope, MessageRow } from '../rows.ts';

/** Fact of a message that a signed token alone let in: its sender had not taken part in the conversation when it came. */
export const newHere = 'stranger';

export const isStrangers = (message: Pick<MessageRow, 'direction' | 'facts'>): boolean =>
  message.direction === 'in' && message.facts.includes(newHere);

/**
 * Who may go on with a conversation by a mere reference, after a mail of somebody who takes part. Reply-To names nobody: whoever forges a sender
 * writes the own address there, and would be let in by it the next time; it becomes a participant when somebody of ours answers to it. A forged
 * mail names nobody but its sender, a stranger's not even that one. Addresses of ours, with a token or without, never take part.
 */
export function participantsWith(known: string[], message: InboundMessage, isOwn: (address: string) => boolean): string[] {
  const all = new Set(known);
  if (message.from) all.add(clean(message.from.value));
  const named = isForged(message) ? [] : [...message.to.slice(0, 100), ...message.cc.slice(0, 100)];
  for (const { address } of [...named, ...(message.reachableAt ?? []).slice(0, 10)]) all.add(clean(address).toLowerCase());
  return [...all].filter((address) => !isOwn(address)).slice(0, 300);
}

/**
 * What was said among those who took part: without strangers' mails, and without ours that went to strangers alone. An answer goes to these people
 * and quotes them, whoever else has written in between.
 */
export function amongParticipants<M extends Pick<MessageRow, 'direction' | 'facts' | 'envelope'>>(messages: readonly M[]): M[] {
  const strangers = new Set(messages.filter(isStrangers).flatMap((m) => senderOf(m) ?? []));
  return messages.filter((m) => {
    if (m.direction !== 'out') return !isStrangers(m);
    const { to } = m.envelope;
    return to.length === 0 || !to.every((a) => strangers.has(a.address.toLowerCase()));
  });
}

export const senderOf = ({ envelope }: Pick<MessageRow, 'envelope'>): string | undefined => envelope.from?.address.toLowerCase();

/** Whom a message that was taken back alone had made participants: nothing of it has left, so that they are none again. */
export async function joinedByAlone(db: Db, message: MessageRow): Promise<string[]> {
  const { joined = [] } = message.envelope;
  if (joined.length === 0) return [];
  const later = await db.query<{ envelope: Envelope }>(sql`select envelope from messages where conversation_id = ${message.conversationId}
    and seq > ${message.seq} and kind = 'message' and not ${newHere} = any(facts) and (delivery is null or delivery->>'state' <> 'cancelled')`);
  const named = new Set(
    later.flatMap(({ envelope: { from, to, cc } }) => [...(from ? [from] : []), ...to, ...cc].map((a) => a.address.toLowerCase())),
  );
  return joined.filter((address) => !named.has(address));
}

/** PostgreSQL takes neither zero bytes nor halves of surrogate pairs. */
export const clean = (text: string): string => (text.includes('\u0000') ? text.replaceAll('\u0000', '') : text).toWellFormed();

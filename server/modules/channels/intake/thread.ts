import type { InboundMessage, ThreadDecision, ThreadKnowledge } from '../../../../contract/channel.ts';
import { channelOf } from '../registry/registry.ts';

/**
 * Where a message belongs, decided by its channel; by reference and thread key for channels that do not say. Pure. A sender whom the platform
 * says to be forged is nobody's participant, whatever name it bears: the channel sees a stranger, in every conversation.
 */
export function decideThread(kind: string, message: InboundMessage, known: ThreadKnowledge): ThreadDecision {
  const channel = channelOf(kind);
  const believed: ThreadKnowledge = isForged(message) ? { ...known, participants: () => [] } : known;
  return channel?.thread ? channel.thread(message, believed) : threadByReference(message, believed);
}

/** What we wrote elsewhere came through our own mailbox, which no check of senders looks at. */
export const isForged = (message: InboundMessage): boolean => message.authentic === 'fail' && !message.isOurs;

/**
 * The rule for channels without one of their own: a known id is a duplicate; a signed token, then the message answered, then the thread's key. All
 * but the token only for participants: an id can be learnt, and a stranger's words in somebody's conversation are a breach of privacy.
 */
export function threadByReference(message: InboundMessage, known: ThreadKnowledge): ThreadDecision {
  const sender = message.from?.value ?? null;
  const again = known.message(message.platformId);
  if (again && (again.from === null || again.from === sender))
    return { kind: 'duplicate', conversationId: again.conversationId, reason: 'id_seen', evidence: [message.platformId] };

  const evidence: string[] = [];
  const related: string[] = [];
  for (const candidate of candidates(message, known)) {
    const { conversationId, reason, parent } = candidate;
    evidence.push(`${reason} → ${conversationId}`);
    const isStranger = !message.isOurs && (sender === null || ![...known.participants(conversationId)].includes(sender));
    if (isStranger && reason !== 'token') {
      related.push(conversationId);
      continue;
    }
    const alsoRelated = related.filter((id) => id !== conversationId);
    return { kind: 'reply', conversationId, reason, parent, isStranger, alsoRelated, evidence };
  }
  return { kind: 'new', relatedTo: related[0] ?? null, reason: related.length > 0 ? 'stranger' : 'no_signal', evidence };
}

function* candidates(
  message: InboundMessage,
  known: ThreadKnowledge,
): Generator<{ conversationId: string; reason: string; parent: string | null }> {
  for (const token of message.threading.tokens) {
    const conversationId = known.token(token);
    if (conversationId) yield { conversationId, reason: 'token', parent: null };
  }
  for (const platformId of message.threading.platformIds) {
    const found = platformId === message.platformId ? null : known.message(platformId);
    if (found) yield { conversationId: found.conversationId, reason: 'reference', parent: platformId };
  }
  for (const key of message.threading.threadKeys)
    for (const conversationId of known.threadKey(key)) yield { conversationId, reason: 'thread_key', parent: null };
  for (const number of message.threading.caseNumbers)
    for (const conversationId of known.caseNumber(number)) yield { conversationId, reason: 'case_number', parent: null };
}

import type { InboundMessage, ThreadDecision, ThreadKnowledge } from '../../../../contract/channel.ts';
import { decideThread } from '../thread/thread.ts';

/** Where a mail belongs, by the rules of `thread.ts` on what `conversations` has looked up. */
export function threadMail(message: InboundMessage, known: ThreadKnowledge): ThreadDecision {
  const { platformIds, threadKeys, caseNumbers, tokens } = message.threading;
  // Form mailers give every mail the same id: such a mail repeats nothing.
  const isReused = message.facts.includes('id_reused');
  const decision = decideThread(
    {
      messageId: isReused ? null : message.platformId,
      inReplyTo: platformIds.filter((id) => id !== message.platformId),
      references: [],
      threadIndexRoot: threadKeys[0] ?? null,
      caseNumber: caseNumbers[0] ?? null,
      from: message.from ? [message.from.value] : [],
      // Verified already: each is the conversation itself.
      tokenPlaces: tokens,
    },
    {
      token: (conversationId) => known.token(conversationId),
      message: (id) => known.message(id),
      threadIndex: (root) => known.threadKey(root),
      caseNumber: (number) => known.caseNumber(number),
      // What we wrote ourselves elsewhere (the folder of sent mails, an archive) is no stranger's.
      participants: (conversationId) =>
        message.isOurs && message.from ? [...known.participants(conversationId), message.from.value] : known.participants(conversationId),
    },
  );
  if (decision.kind === 'new') return { kind: 'new', relatedTo: decision.relatedTo, reason: decision.reason, evidence: decision.evidence };
  return decision;
}

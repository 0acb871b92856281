/** The first hit of each conversation, in the order found, and how many more it holds: one long talk must not hide all others. */
export function hitsByConversation<Hit extends { conversation: { id: string }; more: number }>(hits: readonly Hit[]): Hit[] {
  const first = new Map<string, Hit>();
  for (const hit of hits) {
    const known = first.get(hit.conversation.id);
    first.set(hit.conversation.id, known ? { ...known, more: known.more + 1 + hit.more } : hit);
  }
  return [...first.values()];
}

/** Where a hit leads: to its conversation, and there to the message. */
export const addressOfHit = ({ conversation, message }: { conversation: { id: string }; message: { id: string } }): string =>
  `/inbox/open/${conversation.id}?message=${message.id}`;

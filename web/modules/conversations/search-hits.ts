/** The newest hit of each conversation, in the order found, and how many more it holds: one long talk must not hide all others. */
export function hitsByConversation<Hit extends { conversation: { id: string } }>(hits: readonly Hit[]): (Hit & { more: number })[] {
  const first = new Map<string, Hit & { more: number }>();
  for (const hit of hits) {
    const known = first.get(hit.conversation.id);
    if (known) known.more += 1;
    else first.set(hit.conversation.id, { ...hit, more: 0 });
  }
  return [...first.values()];
}

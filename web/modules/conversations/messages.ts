import { useCallback } from 'react';
import type { Message } from '../../../contract/conversations.ts';
import { shared, useRecords } from '../../platform/store/use-records.ts';

const byConversation = shared<Message, ReadonlyMap<string, readonly Message[]>>((all) =>
  Map.groupBy(all, ({ conversationId }) => conversationId),
);

/** What was said in some conversations, as far as it was read here, in no order; the same list until something in one of them changes. */
export function useMessages(conversationIds: readonly string[]): readonly Message[] {
  const ids = conversationIds.join(' ');
  const select = useCallback((all: readonly Message[]) => ids.split(' ').flatMap((id) => byConversation(all).get(id) ?? []), [ids]);
  return useRecords('message', select);
}

import { useSyncExternalStore } from 'react';
import { useReachable } from '../../../platform/api/connection.ts';
import type { Leaving } from './leaving.ts';
import { isWaitingForLine, leaving, onOutbox } from './outbox.ts';

/** Whether the text of a field is on its way, or on its way back: until that is settled its draft is not saved. */
export const useIsLeaving = (conversationId: string, kind: Leaving['kind']): boolean =>
  useSyncExternalStore(onOutbox, () =>
    leaving().some((entry) => entry.conversationId === conversationId && entry.kind === kind && entry.state !== 'recalled'),
  );

/** Whether a message waits for the line; false once it is on its way or stored. */
export function useWaitsForLine(messageId: string): boolean {
  useReachable();
  return useSyncExternalStore(
    onOutbox,
    () => isWaitingForLine() && leaving().some(({ id, state }) => id === messageId && state === 'waiting'),
  );
}

/** What came back of a conversation while its field was not open. */
export const useReturned = (conversationId: string): Leaving | undefined => {
  const id = useSyncExternalStore(
    onOutbox,
    () => leaving().find((entry) => entry.conversationId === conversationId && entry.state === 'returned')?.id,
  );
  return leaving().find((entry) => entry.id === id);
};

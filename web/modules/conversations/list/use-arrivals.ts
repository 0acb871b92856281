import { useEffect, useState } from 'react';
import { onEvents } from '../../../platform/realtime/live.ts';

/** Which rows are on screen, first and last. */
export type Shown = readonly [number, number];

/** Conversations of a list into which somebody wrote while it was open, and which were not on screen since: where they stand, nobody looks. */
export function useArrivals(ids: readonly string[], [first, last]: Shown): { id: string; isBelow: boolean }[] {
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set());
  useEffect(
    () =>
      onEvents((events) => {
        const written = events
          .filter(({ type }) => type === 'conversations.message_received')
          .flatMap(({ subject }) => subject.conversationId ?? []);
        if (written.length > 0) setArrived((before) => new Set([...before, ...written]));
      }),
    [],
  );
  if (arrived.size === 0) return [];
  const seen = ids.slice(first, last + 1).filter((id) => arrived.has(id));
  if (seen.length > 0) setArrived(new Set([...arrived].filter((id) => !seen.includes(id))));
  return ids.flatMap((id, i) => (arrived.has(id) && (i < first || i > last) ? [{ id, isBelow: i > last }] : []));
}

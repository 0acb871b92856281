import { useEffect, useState } from 'react';
import type { Conversation } from '../../../../contract/conversations.ts';
import { onEvents } from '../../../platform/realtime/live.ts';

/** Which rows are on screen, first and last. */
export type Shown = readonly [number, number];

/** Rows of a list into which somebody wrote while it was open, and which were not on screen since: where they stand, nobody looks. */
export function useArrivals(rows: readonly Conversation[], [first, last]: Shown): { row: Conversation; isBelow: boolean }[] {
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set());
  useEffect(
    () =>
      onEvents((events) => {
        const ids = events
          .filter(({ type }) => type === 'conversations.message_received')
          .flatMap(({ subject }) => subject.conversationId ?? []);
        if (ids.length > 0) setArrived((before) => new Set([...before, ...ids]));
      }),
    [],
  );
  const seen = rows.slice(first, last + 1).filter(({ id }) => arrived.has(id));
  if (seen.length > 0) setArrived(new Set([...arrived].filter((id) => !seen.some((row) => row.id === id))));
  return rows.flatMap((row, i) => (arrived.has(row.id) && (i < first || i > last) ? [{ row, isBelow: i > last }] : []));
}

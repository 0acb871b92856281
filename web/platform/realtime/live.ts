import { notifyManager, QueryClient } from '@tanstack/react-query';
import type { RecordEnvelope, StreamEvent } from '../../../contract/stream.ts';
import { tellSignedOut } from '../api/call.ts';
import { isProblem } from '../api/problem.ts';
import { records } from '../store/app-store.ts';
import { startStream } from './stream.ts';

// Draw in the same turn as the change came in; the default waits for the next timer.
notifyManager.setScheduler(queueMicrotask);

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && isProblem(error, 'client.offline', 'core.internal', 'core.storage_unavailable'),
    },
    mutations: { networkMode: 'always' },
  },
});

const resyncListeners = new Set<() => void>();
const eventListeners = new Set<(events: readonly StreamEvent[]) => void>();

/** Called when state must be read again because changes may have been missed. */
export function onResync(listener: () => void): () => void {
  resyncListeners.add(listener);
  return () => resyncListeners.delete(listener);
}

export function onEvents(listener: (events: readonly StreamEvent[]) => void): () => void {
  eventListeners.add(listener);
  return () => eventListeners.delete(listener);
}

type Route = (event: StreamEvent, records: readonly RecordEnvelope[]) => void;
let route: Route | null = null;

/**
 * Opens the line as soon as it is known who is there: what the page then reads is newer than the stream's beginning, and nothing need be read twice.
 * Until `goLive` nobody is told of events; records are kept up all the same. Returns how to close it.
 */
export const openLine = (): (() => void) =>
  startStream({
    // What was read before the cursor was known may be older than the stream's first frame: read it again.
    joined: resync,
    apply: (envelopes, events) => {
      records.apply(envelopes);
      for (const event of events) route?.(event, envelopes);
      for (const listener of eventListeners) listener(events);
    },
    reload: () => {},
    signedOut: tellSignedOut,
  });

/** Joins the stream with store, queries and lists. `to` hands each event to its room. */
export function goLive(to: Route): () => void {
  route = to;
  const close = openLine();
  return () => {
    route = null;
    close();
  };
}

function resync(): void {
  for (const listener of resyncListeners) listener();
  void queries.invalidateQueries();
}

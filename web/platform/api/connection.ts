import { useSyncExternalStore } from 'react';

/** How far requests come: to the server and what it keeps; to a server without its storage; nowhere. */
export type Reach = 'all' | 'no_storage' | 'nothing';

/** How far the last request came. Requests say so themselves; `navigator.onLine` only knows about the cable. */
let reach: Reach = 'all';
const listeners = new Set<() => void>();

export const isReachable = (): boolean => reach === 'all';

/** Called each time the server is reached again. */
export const whenReachable = (listener: () => void): (() => void) => listen(() => isReachable() && listener());

export const useReachable = (): boolean => useSyncExternalStore(listen, isReachable);
export const useReach = (): Reach => useSyncExternalStore(listen, () => reach);

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function reached(next: Reach): void {
  if (next === reach) return;
  reach = next;
  for (const listener of listeners) listener();
}

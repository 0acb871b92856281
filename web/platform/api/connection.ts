import { useSyncExternalStore } from 'react';

/** Whether the last request reached the server. Requests say so themselves; `navigator.onLine` only knows about the cable. */
let reached = true;
const listeners = new Set<() => void>();

export const reachable = (): void => change(true);
export const unreachable = (): void => change(false);
export const isReachable = (): boolean => reached;

/** Called each time the server is reached again. */
export const whenReachable = (listener: () => void): (() => void) => listen(() => reached && listener());

export const useReachable = (): boolean => useSyncExternalStore(listen, isReachable);

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(next: boolean): void {
  if (next === reached) return;
  reached = next;
  for (const listener of listeners) listener();
}

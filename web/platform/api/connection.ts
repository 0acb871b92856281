import { useSyncExternalStore } from 'react';

/** Whether the last request reached the server. Requests say so themselves; `navigator.onLine` only knows about the cable. */
let isReachable = true;
const listeners = new Set<() => void>();

export const reachable = (): void => change(true);
export const unreachable = (): void => change(false);

export const useReachable = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isReachable,
  );

function change(next: boolean): void {
  if (next === isReachable) return;
  isReachable = next;
  for (const listener of listeners) listener();
}

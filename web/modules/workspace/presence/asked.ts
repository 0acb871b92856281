import { useSyncExternalStore } from 'react';

let isAsked = false;
const listeners = new Set<() => void>();

function set(is: boolean): void {
  isAsked = is;
  for (const listener of listeners) listener();
}

/** Asks where one works today; from wherever one became available. */
export const askWhere = (): void => set(true);
export const wasAsked = (): void => set(false);

export const useAsked = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isAsked,
  );

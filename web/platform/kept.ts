import { useSyncExternalStore } from 'react';

/** What this browser alone has of a person: texts on their way, and texts not yet known to be on the server. Signing out asks about them and forgets them. */
const root = 'nahbar.kept.';
export const keptAt = (personId: string, what: 'outbox' | 'unsaved' | 'recalled'): string => `${root}${personId}.${what}.`;
export const keysFrom = (start: string): string[] => Object.keys(localStorage).filter((key) => key.startsWith(start));
/** Null where nothing is kept, or nothing that can be read. */
export function readKept<T>(key: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as T | null;
  } catch {
    return null;
  }
}

export const countKept = (personId: string): number =>
  keysFrom(keptAt(personId, 'outbox')).length + keysFrom(keptAt(personId, 'unsaved')).length;
export function forgetKept(personId: string): void {
  for (const key of keysFrom(`${root}${personId}.`)) localStorage.removeItem(key);
}

/** How many of them wait to leave. */
let leaving = 0;
const listeners = new Set<() => void>();
export function sayLeaving(count: number): void {
  leaving = count;
  for (const listener of listeners) listener();
}
export const useLeavingCount = (): number =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => leaving,
  );

import type { Change, RecordStore } from './records.ts';

/** How long a guess stays after the server agreed but its record has not come in yet. */
const graceMs = 3000;

/**
 * Shows `changes` at once, makes the call, and takes them away when the server's own record has arrived (or the call failed, which is thrown on).
 * While the call is under way newer records go in beneath the guess, so nothing that others did is lost.
 */
export async function optimistic<T>(
  store: RecordStore,
  changes: readonly Change[],
  request: () => Promise<T>,
  accept?: (reply: T) => void,
): Promise<T> {
  const before = changes.map(({ kind, id }) => store.versionOf(kind, id));
  const remove = store.overlay(changes);
  try {
    const reply = await request();
    accept?.(reply);
    const isBehind = (): boolean => changes.some(({ kind, id }, i) => store.versionOf(kind, id) <= (before[i] ?? 0));
    if (isBehind()) waitUntilKnown(store, isBehind, remove);
    else remove();
    return reply;
  } catch (error) {
    remove();
    throw error;
  }
}

function waitUntilKnown(store: RecordStore, isBehind: () => boolean, remove: () => void): void {
  const end = (): void => {
    clearTimeout(timer);
    stop();
    remove();
  };
  const timer = setTimeout(end, graceMs);
  const stop = store.onChange(() => {
    if (!isBehind()) queueMicrotask(end);
  });
}

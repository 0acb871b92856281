import type { AnyRecord } from './records.ts';

/** One list as the server ordered it, or as much of it as was read. */
export interface ListWindow {
  readonly ids: readonly string[];
  readonly nextCursor: string | null;
}

/** How the browser keeps a list true between reads: who belongs in it, and in which order. */
export interface ListRule<R extends AnyRecord> {
  /** `isIn`: whether the list shows it already, for lists whose rule only the server knows. */
  belongs: (record: R, isIn: boolean) => boolean;
  compare: (a: R, b: R) => number;
}

/**
 * Brings one changed record into a window. A record that sorts behind everything read so far stays out while there is more to read,
 * because the server will deliver it with a later page.
 */
export function patchWindow<R extends AnyRecord>(
  window: ListWindow,
  id: string,
  record: R | undefined,
  rule: ListRule<R>,
  get: (id: string) => R | undefined,
): ListWindow {
  const isIn = window.ids.includes(id);
  const belongs = record !== undefined && rule.belongs(record, isIn);
  if (!belongs) return isIn ? { ...window, ids: window.ids.filter((other) => other !== id) } : window;
  const rest = isIn ? window.ids.filter((other) => other !== id) : window.ids;
  const place = rest.findIndex((other) => {
    const neighbour = get(other);
    return neighbour !== undefined && rule.compare(record, neighbour) < 0;
  });
  if (place < 0 && !isIn && window.nextCursor !== null) return window;
  const ids = place < 0 ? [...rest, id] : [...rest.slice(0, place), id, ...rest.slice(place)];
  return sameOrder(ids, window.ids) ? window : { ...window, ids };
}

/** Adds a page, leaving out what live changes already brought in. */
export function extendWindow(window: ListWindow, ids: readonly string[], nextCursor: string | null): ListWindow {
  const known = new Set(window.ids);
  return { ids: [...window.ids, ...ids.filter((id) => !known.has(id))], nextCursor };
}

const sameOrder = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((id, i) => id === b[i]);

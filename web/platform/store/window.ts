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
  const index = window.ids.indexOf(id);
  const isIn = index >= 0;
  const belongs = record !== undefined && rule.belongs(record, isIn);
  if (!belongs) return isIn ? { ...window, ids: window.ids.filter((other) => other !== id) } : window;
  const isBefore = (other: string | undefined): boolean | undefined => {
    const neighbour = other === undefined ? undefined : get(other);
    return neighbour && rule.compare(record, neighbour) < 0;
  };
  // Most changes move nothing.
  if (isIn && isBefore(window.ids[index - 1]) !== true && isBefore(window.ids[index + 1]) !== false) return window;
  const rest = isIn ? window.ids.toSpliced(index, 1) : window.ids;
  const place = rest.findIndex(isBefore);
  if (place < 0 && !isIn && window.nextCursor !== null) return window;
  return { ...window, ids: rest.toSpliced(place < 0 ? rest.length : place, 0, id) };
}

/** Adds a page, leaving out what live changes already brought in. */
export function extendWindow(window: ListWindow, ids: readonly string[], nextCursor: string | null): ListWindow {
  const known = new Set(window.ids);
  return { ids: [...window.ids, ...ids.filter((id) => !known.has(id))], nextCursor };
}

import { useCallback, useRef, useSyncExternalStore } from 'react';
import { records } from './app-store.ts';
import type { LiveList } from './list.ts';
import type { AnyRecord } from './records.ts';

/** One record as shown now, undefined while unknown or gone. */
export function useRecord<R extends AnyRecord>(kind: string, id: string | null | undefined): R | undefined {
  const subscribe = useCallback((listener: () => void) => records.subscribe(kind, listener), [kind]);
  return useSyncExternalStore(subscribe, () => (id ? records.get<R>(kind, id) : undefined));
}

/** A selection over all records of a kind; draws again only when its result differs (by `equal`, default shallow for lists). */
export function useRecords<R extends AnyRecord, T>(
  kind: string,
  select: (all: readonly R[]) => T,
  equal: (a: T, b: T) => boolean = sameList,
): T {
  const last = useRef<{ all: readonly R[]; select: typeof select; value: T } | null>(null);
  const subscribe = useCallback((listener: () => void) => records.subscribe(kind, listener), [kind]);
  return useSyncExternalStore(subscribe, () => {
    const all = records.all<R>(kind);
    if (last.current?.all === all && last.current.select === select) return last.current.value;
    const selected = select(all);
    const value = last.current && equal(last.current.value, selected) ? last.current.value : selected;
    last.current = { all, select, value };
    return value;
  });
}

/** A selection made once for everybody who wants it, and anew only when a record of the kind changed. */
export function shared<R extends AnyRecord, T>(select: (all: readonly R[]) => T): (all: readonly R[]) => T {
  let last: { all: readonly R[]; value: T } | undefined;
  return (all) => {
    if (last?.all !== all) last = { all, value: select(all) };
    return last.value;
  };
}

export const useLiveList = (list: LiveList) => useSyncExternalStore(list.subscribe, list.state);

function sameList(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => item === b[i]);
  return Object.is(a, b);
}

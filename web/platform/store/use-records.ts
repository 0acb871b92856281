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
  const last = useRef<{ value: T } | null>(null);
  const subscribe = useCallback((listener: () => void) => records.subscribe(kind, listener), [kind]);
  return useSyncExternalStore(subscribe, () => {
    const value = select(records.all<R>(kind));
    if (last.current && equal(last.current.value, value)) return last.current.value;
    last.current = { value };
    return value;
  });
}

export const useLiveList = (list: LiveList) => useSyncExternalStore(list.subscribe, list.state);

function sameList(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => item === b[i]);
  return Object.is(a, b);
}

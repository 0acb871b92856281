import type { RecordEnvelope } from '../../../contract/stream.ts';
import { type Base, take } from './base.ts';

/** Anything with `recordHead`. */
export interface AnyRecord {
  id: string;
  version: number;
}

/** What an action will change, guessed before the server answers. `patch` gets the record as shown, or undefined, and returns how to show it; undefined hides it. */
export interface Change<R extends AnyRecord = AnyRecord> {
  kind: string;
  id: string;
  patch: (record: R | undefined) => R | undefined;
}

interface Layer {
  changes: readonly Change[];
}

export interface RecordStore {
  /** Applies what the server said; older or repeated envelopes do nothing. */
  apply(envelopes: readonly RecordEnvelope[]): void;
  /** Applies records read over HTTP. */
  put(kind: string, records: readonly AnyRecord[]): void;
  get<R extends AnyRecord>(kind: string, id: string): R | undefined;
  all<R extends AnyRecord>(kind: string): readonly R[];
  /** The version the server last gave, ignoring guesses; 0 when unknown. */
  versionOf(kind: string, id: string): number;
  /** Shows changes over the records until the returned function takes them away again; the records beneath are never touched. */
  overlay(changes: readonly Change[]): () => void;
  subscribe(kind: string, listener: () => void): () => void;
  /** Hears every change of a record, with the record as now shown. */
  onChange(listener: (kind: string, id: string, record: AnyRecord | undefined) => void): () => void;
  clear(): void;
}

export function createRecordStore(): RecordStore {
  const base: Base = new Map();
  const layers = new Set<Layer>();
  const listeners = new Map<string, Set<() => void>>();
  const changeListeners = new Set<(kind: string, id: string, record: AnyRecord | undefined) => void>();
  let lists = new Map<string, readonly AnyRecord[]>();
  let shown = new Map<string, Map<string, AnyRecord | undefined>>();

  const changesOf = (kind: string, id: string): Change[] =>
    [...layers].flatMap((layer) => layer.changes.filter((change) => change.kind === kind && change.id === id));

  const read = (kind: string, id: string): AnyRecord | undefined => {
    let own = shown.get(kind);
    if (!own) shown.set(kind, (own = new Map()));
    const known = own.get(id);
    if (known || own.has(id)) return known;
    let record = base.get(kind)?.get(id)?.data as AnyRecord | undefined;
    if (layers.size > 0) for (const change of changesOf(kind, id)) record = change.patch(record);
    own.set(id, record);
    return record;
  };

  const touched = (things: readonly { kind: string; id: string }[]): void => {
    const kinds = new Set<string>();
    for (const { kind, id } of things) {
      kinds.add(kind);
      shown.get(kind)?.delete(id);
      lists.delete(kind);
    }
    for (const { kind, id } of things) for (const listener of changeListeners) listener(kind, id, read(kind, id));
    for (const kind of kinds) for (const listener of listeners.get(kind) ?? []) listener();
  };

  const apply = (envelopes: readonly RecordEnvelope[]): void => {
    const taken = envelopes.filter((envelope) => take(base, envelope));
    if (taken.length > 0) touched(taken);
  };

  return {
    apply,
    put: (kind, records) => apply(records.map((data) => ({ kind, id: data.id, version: data.version, data: { ...data } }))),
    get: <R extends AnyRecord>(kind: string, id: string) => read(kind, id) as R | undefined,
    all: <R extends AnyRecord>(kind: string) => {
      let list = lists.get(kind);
      if (!list) {
        const ids = new Set(base.get(kind)?.keys());
        for (const layer of layers) for (const change of layer.changes) if (change.kind === kind) ids.add(change.id);
        list = [...ids].map((id) => read(kind, id)).filter((record) => record !== undefined);
        lists.set(kind, list);
      }
      return list as readonly R[];
    },
    versionOf: (kind, id) => base.get(kind)?.get(id)?.version ?? 0,
    overlay: (changes) => {
      const layer = { changes };
      layers.add(layer);
      touched(changes);
      return () => {
        if (layers.delete(layer)) touched(changes);
      };
    },
    subscribe: (kind, listener) => {
      const set = listeners.get(kind) ?? new Set();
      listeners.set(kind, set.add(listener));
      return () => set.delete(listener);
    },
    onChange: (listener) => {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    clear: () => {
      const things = [...base].flatMap(([kind, held]) => [...held.keys()].map((id) => ({ kind, id })));
      base.clear();
      lists = new Map();
      shown = new Map();
      touched(things);
    },
  };
}

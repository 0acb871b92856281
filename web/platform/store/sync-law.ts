import type { RecordEnvelope } from '../../../contract/stream.ts';
import { type AnyRecord, createRecordStore } from './records.ts';

export type Snapshot = Record<string, readonly AnyRecord[]>;

/**
 * The sync law: the old state with an action's records applied must equal the new state as read from the server.
 * Returns both sides, sorted by id, for a test to compare.
 */
export function bothSidesOfTheSyncLaw(
  before: Snapshot,
  records: readonly RecordEnvelope[],
  after: Snapshot,
): { applied: Snapshot; fetched: Snapshot } {
  const store = createRecordStore();
  for (const [kind, list] of Object.entries(before)) store.put(kind, list);
  store.apply(records);
  const kinds = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return {
    applied: Object.fromEntries(kinds.map((kind) => [kind, sorted(store.all(kind))])),
    fetched: Object.fromEntries(kinds.map((kind) => [kind, sorted(after[kind] ?? [])])),
  };
}

const sorted = (list: readonly AnyRecord[]): AnyRecord[] => list.toSorted((a, b) => a.id.localeCompare(b.id));

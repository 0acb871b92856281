import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLiveList } from './list.ts';
import { type AnyRecord, createRecordStore } from './records.ts';
import { patchWindow } from './window.ts';

interface Row extends AnyRecord {
  rank: number;
  open: boolean;
}
const rule = { belongs: (row: Row) => row.open, compare: (a: Row, b: Row) => a.rank - b.rank || a.id.localeCompare(b.id) };

test('patching any changes into a complete window gives what the server would send', () => {
  const anyRow = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), rank: fc.integer({ min: 0, max: 5 }), open: fc.boolean() });
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 30 }), (changes) => {
      const known = new Map<string, Row>();
      let window = { ids: [] as readonly string[], nextCursor: null as string | null };
      for (const [version, change] of changes.entries()) {
        const record = { ...change, version };
        known.set(record.id, record);
        window = patchWindow(window, record.id, record, rule, (id) => known.get(id));
      }
      const expected = [...known.values()]
        .filter((row) => rule.belongs(row))
        .toSorted(rule.compare)
        .map(({ id }) => id);
      expect(window.ids).toEqual(expected);
    }),
  );
});

test('leaves out what sorts behind the part read so far', () => {
  const a: Row = { id: 'a', version: 1, rank: 1, open: true };
  const late: Row = { id: 'z', version: 1, rank: 9, open: true };
  const window = { ids: ['a'], nextCursor: 'more' };
  expect(patchWindow(window, 'z', late, rule, () => a)).toBe(window);
});

test('does not lose a change that came while the page was on its way', async () => {
  const store = createRecordStore();
  const stale: Row = { id: 'a', version: 1, rank: 1, open: true };
  const list = createLiveList<Row>(store, {
    kind: 'row',
    rule,
    fetchPage: async () => {
      store.put('row', [{ ...stale, version: 2, open: false } as Row]);
      return { items: [stale], nextCursor: null };
    },
  });
  await list.refetch();
  expect(list.state().window.ids).toEqual([]);
});

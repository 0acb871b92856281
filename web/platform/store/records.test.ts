import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { RecordEnvelope } from '../../../contract/stream.ts';
import { optimistic } from './optimistic.ts';
import { type AnyRecord, createRecordStore } from './records.ts';
import { bothSidesOfTheSyncLaw } from './sync-law.ts';

interface Note extends AnyRecord {
  text: string;
}
const note = (id: string, version: number, text = `${id}@${version}`): RecordEnvelope => ({
  kind: 'note',
  id,
  version,
  data: { id, version, text },
});
const gone = (id: string, version: number): RecordEnvelope => ({ kind: 'note', id, version, gone: true });
/** The server gives each version of a thing one content. */
const envelope = fc
  .record({ id: fc.constantFrom('a', 'b', 'c'), version: fc.integer({ min: 1, max: 6 }), isGone: fc.boolean() })
  .map(({ id, version, isGone }) => (isGone ? gone(id, version) : note(id, version)));
const stateOf = (envelopes: readonly RecordEnvelope[]): readonly AnyRecord[] => {
  const store = createRecordStore();
  for (const one of envelopes) store.apply([one]);
  return store.all('note').toSorted((a, b) => a.id.localeCompare(b.id));
};

test('ends in the same state for every order and repetition of envelopes', () => {
  fc.assert(
    fc.property(
      fc
        .array(envelope, { maxLength: 20 })
        .chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 })),
        ),
      ([all, shuffled]) => {
        expect(stateOf(shuffled)).toEqual(stateOf(all));
      },
    ),
  );
});

test('rolls back exactly, whatever came in meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(envelope, { maxLength: 8 }), fc.array(envelope, { maxLength: 8 }), async (before, meanwhile) => {
      const store = createRecordStore();
      store.apply(before);
      const plain = createRecordStore();
      plain.apply(before);
      plain.apply(meanwhile);
      const change = {
        kind: 'note',
        id: 'a',
        patch: (record: AnyRecord | undefined) => record && ({ ...record, text: 'guess' } as AnyRecord),
      };
      const asked = optimistic(store, [change], () => {
        store.apply(meanwhile);
        return Promise.reject(new Error('refused'));
      });
      await expect(asked).rejects.toThrow('refused');
      expect(store.all('note')).toEqual(plain.all('note'));
    }),
  );
});

test('keeps a guess until the record that answers it has come, without flicker', async () => {
  const store = createRecordStore();
  store.apply([note('a', 1, 'old')]);
  const seen: (string | undefined)[] = [];
  store.subscribe('note', () => seen.push(store.get<Note>('note', 'a')?.text));
  const change = { kind: 'note', id: 'a', patch: (record: AnyRecord | undefined) => record && ({ ...record, text: 'new' } as AnyRecord) };
  await optimistic(store, [change], () => Promise.resolve('done'));
  expect(store.get<Note>('note', 'a')?.text).toBe('new');
  store.apply([note('a', 2, 'new')]);
  await Promise.resolve();
  expect(store.get<Note>('note', 'a')).toEqual({ id: 'a', version: 2, text: 'new' });
  expect(new Set(seen)).toEqual(new Set(['new']));
});

test('gives a guess up when its record never comes', async () => {
  vi.useFakeTimers();
  const store = createRecordStore();
  store.apply([note('a', 1, 'old')]);
  await optimistic(store, [{ kind: 'note', id: 'a', patch: () => undefined }], () => Promise.resolve());
  expect(store.get('note', 'a')).toBeUndefined();
  vi.advanceTimersByTime(3001);
  expect(store.get<Note>('note', 'a')?.text).toBe('old');
  vi.useRealTimers();
});

test('shows a thing made in the browser before the server knows it', () => {
  const store = createRecordStore();
  const remove = store.overlay([{ kind: 'note', id: 'n', patch: (record) => record ?? { id: 'n', version: 0 } }]);
  expect(store.all('note')).toHaveLength(1);
  remove();
  expect(store.all('note')).toHaveLength(0);
});

test('holds the sync law for records that come, change and go', () => {
  const { applied, fetched } = bothSidesOfTheSyncLaw({ note: [head('a', 1), head('b', 1)] }, [note('a', 2), gone('b', 2), note('c', 1)], {
    note: [head('a', 2), head('c', 1)],
  });
  expect(applied).toEqual(fetched);
});

test('loses what the server says is gone without a version, and has it back once it changed', () => {
  const store = createRecordStore();
  store.apply([note('a', 3), gone('a', 0)]);
  expect(store.get('note', 'a')).toBeUndefined();
  // A page that was read before it went arrives late.
  store.apply([note('a', 3)]);
  expect(store.get('note', 'a')).toBeUndefined();
  store.apply([note('a', 4)]);
  expect(store.get('note', 'a')?.version).toBe(4);
});

test('draws nothing again for an old envelope', () => {
  const store = createRecordStore();
  store.apply([note('a', 3)]);
  const listener = vi.fn<() => void>();
  store.subscribe('note', listener);
  store.apply([note('a', 3), note('a', 2)]);
  expect(listener).not.toHaveBeenCalled();
});

const head = (id: string, version: number) => ({ id, version, text: `${id}@${version}` });

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Conversation } from '../../../../../contract/conversations.ts';
import { conversationOf } from '../../testing.ts';
import { commonTags, type Each, requestsFor, sameFor, tagged, undoOf } from './bulk.ts';

const tag = fc.constantFrom<string>('a', 'b', 'c', 'd');
const tags = fc.uniqueArray(tag, { maxLength: 4 });
const rows = fc
  .array(fc.record({ tags, assigneeId: fc.constantFrom(null, 'kim', 'jana'), teamId: fc.constantFrom('t1', 't2') }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((all) => all.map((facts, i) => conversationOf({ id: `c${i}`, ...facts })));
const after = (all: readonly Conversation[], each: Each): Conversation[] => all.map((row) => ({ ...row, ...each.get(row.id) }));

test('tags come in everywhere and go only where all had them; what some have stays', () => {
  fc.assert(
    fc.property(rows, tags, (all, wanted) => {
      const dropped = commonTags(all).filter((one) => !wanted.includes(one));
      for (const [i, row] of after(all, tagged(all, wanted)).entries()) {
        expect(row.tags).toEqual(expect.arrayContaining([...wanted]));
        expect(new Set(row.tags)).toEqual(new Set([...(all[i]?.tags ?? []).filter((one) => !dropped.includes(one)), ...wanted]));
      }
    }),
  );
});

test('taking back leaves everything as it was', () => {
  const change = fc.oneof(
    fc.record({ assigneeId: fc.constantFrom(null, 'kim') }),
    fc.record({ assigneeId: fc.constant(null), teamId: fc.constant('t9') }),
    fc.record({ snoozedUntil: fc.constant('2026-12-01T08:00:00Z') }),
  );
  fc.assert(
    fc.property(rows, fc.oneof(change, tags), (all, wanted) => {
      const each = Array.isArray(wanted) ? tagged(all, wanted) : sameFor(all, wanted);
      expect(after(after(all, each), undoOf(all, each))).toEqual(all);
    }),
  );
});

test('what was called spam is no spam again, and nothing else is touched', () => {
  const all = [conversationOf({ id: 'c' })];
  expect(undoOf(all, sameFor(all, { step: 'classify_spam' })).get('c')).toEqual({ step: 'not_spam' });
});

test('asks once for what is alike, and never for more than two hundred', () => {
  const many = Array.from({ length: 450 }, (_, i) => conversationOf({ id: `c${i}`, tags: i === 7 ? ['x'] : [] }));
  const requests = requestsFor(tagged(many, ['y']));
  expect(requests.map(({ ids }) => ids.length).toSorted((a, b) => a - b)).toEqual([1, 49, 200, 200]);
  expect(requests.find(({ ids }) => ids.includes('c7'))?.change).toEqual({ tags: ['x', 'y'] });
});

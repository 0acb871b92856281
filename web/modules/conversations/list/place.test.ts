import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeOf } from './place.ts';

const ids = ['a', 'b', 'c'];

test.each([
  ['a', 0, { position: 1, previous: null, next: 'b' }],
  ['b', 0, { position: 2, previous: 'a', next: 'c' }],
  ['c', 2, { position: 3, previous: 'b', next: null }],
  // Gone from the middle, from the end, from the beginning.
  ['x', 1, { position: null, previous: 'a', next: 'b' }],
  ['x', 3, { position: null, previous: 'c', next: null }],
  ['x', 0, { position: null, previous: null, next: 'a' }],
  // Never in it.
  ['x', -1, { position: null, previous: null, next: 'a' }],
  [null, -1, { position: null, previous: null, next: 'a' }],
] as const)('%s, last at %d', (id, lastIndex, expected) => {
  expect(placeOf(ids, id, lastIndex)).toEqual(expected);
});

test('what is resolved on the way leaves out nobody and repeats nobody', () => {
  fc.assert(
    fc.property(
      fc
        .uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 12 })
        .chain((all) => fc.tuple(fc.constant(all), fc.subarray(all))),
      ([all, resolved]) => {
        let left = [...all];
        const visited: string[] = [];
        let at: string | null = all[0] ?? null;
        while (at !== null) {
          visited.push(at);
          const index = left.indexOf(at);
          const current: string = at;
          if (resolved.includes(current)) left = left.filter((id) => id !== current);
          at = placeOf(left, current, index).next;
        }
        expect(visited).toEqual(all);
      },
    ),
  );
});

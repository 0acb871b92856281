import { expect, test } from 'vitest';
import { nextIndex, nothingPicked, rangeOf, toggle } from './selection.ts';

const keys = ['a', 'b', 'c', 'd'];

test('picks and unpicks one row', () => {
  const once = toggle(nothingPicked, 'b');
  expect([...once.keys]).toEqual(['b']);
  expect([...toggle(once, 'b').keys]).toEqual([]);
});

test('extends a range in both directions and keeps its anchor', () => {
  const down = rangeOf(keys, 'b', 'd');
  expect([...down.keys]).toEqual(['b', 'c', 'd']);
  expect([...rangeOf(keys, down.anchor, 'a').keys]).toEqual(['a', 'b']);
});

test('starts at the row itself when the anchor is gone', () => {
  expect([...rangeOf(keys, 'gone', 'c').keys]).toEqual(['c']);
});

test.each([
  ['j', 0, 1],
  ['j', 3, 3],
  ['k', 0, 0],
  ['ArrowDown', -1, 0],
  ['End', 0, 3],
  ['q', 0, null],
])('moves with %s from %i', (key, from, to) => expect(nextIndex(key, from, 4)).toBe(to));

test('does not move in an empty list', () => expect(nextIndex('j', -1, 0)).toBeNull());

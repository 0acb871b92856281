import { expect, test } from 'vitest';
import { rank } from './rank.ts';

const entries = ['Go to inbox', 'Insert snippet', 'Language: English', 'Sign out'].map((label) => ({ label, group: 'a' }));

test('puts beginnings of words before letters in the middle', () => {
  expect(rank(entries, 'in').map(({ label }) => label)).toEqual(['Insert snippet', 'Go to inbox', 'Sign out']);
});
test('leaves out what does not fit', () => expect(rank(entries, 'zzz')).toEqual([]));
test('keeps groups together', () => {
  const mixed = [
    { label: 'alpha', group: 'x' },
    { label: 'beta a', group: 'y' },
    { label: 'also', group: 'x' },
  ];
  expect(rank(mixed, 'a').map(({ group }) => group)).toEqual(['x', 'x', 'y']);
});

import { expect, test } from 'vitest';
import { laterTimes } from './later.ts';

test('offers only what is still to come', () => {
  const evening = new Date(2026, 10, 22, 18);
  expect(laterTimes(evening).map(({ key }) => key)).toEqual(['soon', 'tomorrow', 'monday']);
});

test('means the next Monday, also on a Monday', () => {
  const monday = new Date(2026, 10, 23, 7);
  expect(laterTimes(monday).find(({ key }) => key === 'monday')?.at).toEqual(new Date(2026, 10, 30, 8));
});

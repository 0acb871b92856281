import { expect, test } from 'vitest';
import { laterTimes } from './later.ts';

test('offers only what is still to come', () => {
  const evening = new Date(2026, 10, 22, 18);
  expect(laterTimes(evening).map(({ key }) => key)).toEqual(['soon', 'tomorrow', 'monday']);
});

test('has the next morning of work among them where it is known', () => {
  const friday = new Date(2026, 10, 20, 18);
  const morning = new Date(2026, 10, 23, 8);
  expect(laterTimes(friday, morning.toISOString()).find(({ key }) => key === 'working')?.at).toEqual(morning);
  expect(laterTimes(friday, null).map(({ key }) => key)).toEqual(['soon', 'tomorrow', 'monday']);
});

test('means the next Monday, also on a Monday', () => {
  const monday = new Date(2026, 10, 23, 7);
  expect(laterTimes(monday).find(({ key }) => key === 'monday')?.at).toEqual(new Date(2026, 10, 30, 8));
});

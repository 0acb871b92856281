import { expect, expectTypeOf, it } from 'vitest';
import type { Location } from '../../../../contract/workspace.ts';
import { always, type Calendar } from '../../workspace/index.ts';
import { isAtWork } from './at-work.ts';

const day = [{ from: 480, to: 1_200 }];
const leipzig: Calendar = {
  kind: 'hours',
  zone: 'Europe/Berlin',
  land: 'SN',
  municipal: [],
  week: [day, day, day, day, day, [], []],
  special: new Map(),
};

it('knows where somebody said they work, the hours of their site and the time, and nothing else', () => {
  expectTypeOf<Parameters<typeof isAtWork>>().toEqualTypeOf<[location: Location | null, site: Calendar, now: Date]>();
});

it('in the office while the site is open, to the minute; elsewhere, and of who did not say, at any time', () => {
  const at = (time: string, location: Location | null, site: Calendar = leipzig) =>
    isAtWork(location, site, new Date(`2026-11-${time}+01:00`));
  expect(at('23T07:59:00', 'office')).toBe(false);
  expect(at('23T08:00:00', 'office')).toBe(true);
  expect(at('23T19:59:00', 'office')).toBe(true);
  expect(at('23T20:00:00', 'office')).toBe(false);
  // Sunday, and the day of prayer and repentance, which is one of the holidays of Saxony alone.
  for (const closed of ['29T12:00:00', '18T12:00:00', '23T22:00:00']) {
    expect(at(closed, 'office')).toBe(false);
    expect(at(closed, 'remote')).toBe(true);
    expect(at(closed, null)).toBe(true);
    expect(at(closed, 'office', always)).toBe(true);
  }
});

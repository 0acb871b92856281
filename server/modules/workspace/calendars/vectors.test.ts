import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import type { OpeningHours } from './calendar.ts';
import { afterWorkingDays } from './open-time.ts';

const weekday = [{ from: 480, to: 1_200 }];
const hamburg: OpeningHours = {
  kind: 'hours',
  zone: 'Europe/Berlin',
  land: 'HH',
  municipal: [],
  week: [weekday, weekday, weekday, weekday, weekday, [], []],
  special: new Map(),
};
/** So many working days from a date on, which counts itself. */
function workingDay(from: string, count: number): string {
  const before = Temporal.PlainDate.from(from).subtract({ days: 1 });
  return afterWorkingDays(hamburg, before.toZonedDateTime({ timeZone: hamburg.zone, plainTime: '12:00' }).epochMilliseconds, count);
}

it.each([
  ['2026-11-01', '2026-11-02 2026-11-03 2026-11-04 2026-11-05 2026-11-06', '2027-02-08'],
  ['2026-11-15', '2026-11-16 2026-11-17 2026-11-18 2026-11-19 2026-11-20', '2027-02-22'],
  ['2026-12-01', '2026-12-01 2026-12-02 2026-12-03 2026-12-04 2026-12-07', '2027-03-08'],
  ['2027-01-01', '2027-01-04 2027-01-05 2027-01-06 2027-01-07 2027-01-08', '2027-04-08'],
  ['2027-05-01', '2027-05-03 2027-05-04 2027-05-05 2027-05-07 2027-05-10', '2027-08-10'],
])('cohort vector (2.12): five working days from %s on in Hamburg, and the first three months after them', (nominal, days, daySix) => {
  const five = [1, 2, 3, 4, 5].map((count) => workingDay(nominal, count));
  expect(five.join(' ')).toBe(days);
  const later = Temporal.PlainDate.from(five.at(-1) ?? '').add({ months: 3 });
  expect(workingDay(later.toString(), 1)).toBe(daySix);
});

it.each([
  ['2026-11-06', '2026-11-20'],
  ['2026-11-07', '2026-11-23'],
  ['2026-12-11', '2026-12-28'],
])('withdrawal vector (2.12): fourteen days after a receipt on %s end on a working day', (receipt, end) => {
  expect(workingDay(Temporal.PlainDate.from(receipt).add({ days: 14 }).toString(), 1)).toBe(end);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OpenWindow } from '../../../../contract/workspace.ts';
import { always, type Calendar, type OpeningHours } from './calendar.ts';
import { afterOpen, afterWorkingDays, isOpenAt, openBetween, opensNext } from './open-time.ts';

const minute = 60_000;
const hour = 60 * minute;
const long: OpenWindow[] = [{ from: 8 * 60, to: 20 * 60 }];
const short: OpenWindow[] = [{ from: 9 * 60, to: 16 * 60 }];
const hours = (land: OpeningHours['land'], more: Partial<OpeningHours> = {}): OpeningHours => ({
  kind: 'hours',
  zone: 'Europe/Berlin',
  land,
  municipal: [],
  week: [long, long, long, long, long, short, []],
  special: new Map(),
  ...more,
});
const due = (calendar: Calendar, from: string, duration: number): string =>
  new Date(afterOpen(calendar, Date.parse(from), duration) ?? Number.NaN).toISOString();

describe('what is due', () => {
  it.each([
    ['Leipzig', hours('SN'), '2026-11-17T19:30+01:00', 4 * hour, '2026-11-19T11:30+01:00'],
    ['Erfurt', hours('TH'), '2026-11-17T19:30+01:00', 4 * hour, '2026-11-18T11:30+01:00'],
    ['Leipzig, over Christmas', hours('SN'), '2026-12-24T19:00+01:00', 2 * hour, '2026-12-28T09:00+01:00'],
    ['Erfurt, over Christmas', hours('TH'), '2026-12-24T19:00+01:00', 2 * hour, '2026-12-28T09:00+01:00'],
    ['Leipzig, into Saturday', hours('SN'), '2026-11-20T19:45+01:00', hour, '2026-11-21T09:45+01:00'],
    ['day and night', always, '2026-11-17T23:50+01:00', 30 * minute, '2026-11-18T00:20+01:00'],
    ['day and night, when an hour comes twice', always, '2026-10-25T02:45+02:00', 30 * minute, '2026-10-25T02:15+01:00'],
    ['day and night, when an hour is left out', always, '2027-03-28T01:50+01:00', 30 * minute, '2027-03-28T03:20+02:00'],
  ])('in %s, is as the specification has it (2.12)', (_, calendar, from, duration, then) => {
    expect(due(calendar, from, duration)).toBe(new Date(then).toISOString());
    expect(openBetween(calendar, Date.parse(from), Date.parse(then))).toBe(duration);
  });

  it('with the last minute of a day is due when the site closes, not when it opens again', () => {
    expect(due(hours('HH'), '2026-11-17T19:30+01:00', 30 * minute)).toBe('2026-11-17T19:00:00.000Z');
  });

  it('on a special day goes by that day, be it a holiday or a Sunday', () => {
    const special = new Map<string, OpenWindow[]>([
      ['2026-12-25', [{ from: 600, to: 660 }]],
      ['2026-11-18', []],
    ]);
    expect(due(hours('HH', { special }), '2026-12-24T19:30+01:00', hour)).toBe('2026-12-25T09:30:00.000Z');
    expect(due(hours('HH', { special }), '2026-11-17T19:30+01:00', hour)).toBe('2026-11-19T07:30:00.000Z');
  });

  it('is never due where nobody opens', () => {
    expect(afterOpen(hours('HH', { week: [] }), Date.parse('2026-11-17T19:30Z'), 1)).toBeNull();
    expect(opensNext(hours('HH', { week: [] }), Date.parse('2026-11-17T19:30Z'))).toBeNull();
  });

  it('opens next on the next day that is open', () => {
    const calendar = hours('SN');
    expect(new Date(opensNext(calendar, Date.parse('2026-11-17T21:00+01:00')) ?? 0).toISOString()).toBe('2026-11-19T07:00:00.000Z');
    expect(opensNext(calendar, Date.parse('2026-11-19T10:00+01:00'))).toBe(Date.parse('2026-11-19T10:00+01:00'));
  });
});

/** What each Land keeps beside the others in these weeks. */
const ownHolidays: Readonly<Record<string, string>> = {
  BW: '2026-06-04 2026-11-01 2027-01-06',
  BY: '2026-06-04 2026-11-01 2027-01-06',
  BE: '2026-03-08',
  BB: '2026-04-05 2026-05-24 2026-10-31',
  HB: '2026-10-31',
  HH: '2026-10-31',
  HE: '2026-06-04',
  MV: '2026-03-08 2026-10-31',
  NI: '2026-10-31',
  NW: '2026-06-04 2026-11-01',
  RP: '2026-06-04 2026-11-01',
  SL: '2026-06-04 2026-08-15 2026-11-01',
  SN: '2026-10-31 2026-11-18',
  ST: '2026-10-31 2027-01-06',
  SH: '2026-10-31',
  TH: '2026-10-31',
};

/** Hours as companies have them, and hours nobody has: up to three windows a day, on the nights when clocks change, too. */
const window = fc
  .uniqueArray(fc.oneof(fc.integer({ min: 0, max: 240 }), fc.integer({ min: 0, max: 1440 })), { minLength: 2, maxLength: 6 })
  .map((bounds) => bounds.toSorted((a, b) => a - b))
  .map((bounds) =>
    Array.from({ length: Math.floor(bounds.length / 2) }, (_, i) => ({ from: bounds[2 * i] ?? 0, to: bounds[2 * i + 1] ?? 0 })),
  );
const anyHours = fc
  .record({
    zone: fc.constantFrom(
      'Europe/Berlin',
      'Europe/Lisbon',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'Pacific/Kiritimati',
    ),
    land: fc.constantFrom(...Object.keys(ownHolidays)),
    municipal: fc.subarray(['assumption', 'augsburg_peace', 'corpus_christi']),
    week: fc.array(fc.oneof(fc.constant([]), fc.constant(long), window), { minLength: 7, maxLength: 7 }),
    special: fc
      .array(
        fc.tuple(
          fc.constantFrom('2026-03-29', '2026-10-25', '2026-10-04', '2026-04-05', '2026-03-08', '2026-11-01'),
          fc.oneof(fc.constant([]), window),
        ),
      )
      .map((days) => new Map(days)),
  })
  .map((given): OpeningHours => hours('HH', given as Partial<OpeningHours>));
/** Two weeks each, in which clocks change somewhere, and single days do not count in one Land or another. */
const periods = ['2026-03-05', '2026-03-27', '2026-05-23', '2026-08-03', '2026-10-01', '2026-10-22', '2026-11-08', '2026-12-24'].map(
  (date) => Date.parse(date),
);
const minutes = 14 * 24 * 60;

describe('open time, against an oracle that looks at the clock on the wall every minute', () => {
  it('is the same between any two instants, and so is when it has passed', () => {
    fc.assert(
      fc.property(
        anyHours,
        fc.constantFrom(...periods),
        fc.infiniteStream(fc.nat({ max: (minutes - 1) * minute })),
        (calendar, begin, instants) => {
          const opened = oracle(calendar, begin);
          const before = (at: number): number => {
            const whole = Math.floor((at - begin) / minute);
            return (opened.sums[whole] ?? 0) * minute + (opened.isOpen[whole] ? (at - begin) % minute : 0);
          };
          for (let n = 0; n < casesEach; n += 1) {
            const [a = 0, b = 0] = [instants.next().value, instants.next().value].map((at) => begin + (at ?? 0)).toSorted((x, y) => x - y);
            const open = before(b) - before(a);
            if (openBetween(calendar, a, b) !== open)
              expect({ calendar, a, b, open: openBetween(calendar, a, b) }).toEqual({ calendar, a, b, open });
            if (isOpenAt(calendar, a) !== Boolean(opened.isOpen[Math.floor((a - begin) / minute)]))
              expect({ calendar, a }).toBe('as on the wall');
            if (open === 0) continue;
            // The earliest instant at which so much has passed: so much at it, less a moment before.
            const then = afterOpen(calendar, a, open) ?? Number.NaN;
            if (!(before(then) - before(a) === open && before(then - 1) - before(a) === open - 1))
              expect({ calendar, a, open, then }).toBe('earliest');
          }
        },
      ),
      { numRuns: calendars },
    );
  }, 1_200_000);
});

/** A run of its own may ask for more: a million cases are a thousand calendars with a thousand pairs of instants each. */
const calendars = Number(process.env['NAHBAR_ORACLE_CALENDARS'] ?? 30);
const casesEach = Number(process.env['NAHBAR_ORACLE_CASES'] ?? 200);

/** Which minutes of a period are open, and how many were before each. */
function oracle(calendar: OpeningHours, begin: number): { isOpen: Uint8Array; sums: Uint32Array } {
  const wall = new Intl.DateTimeFormat('en-CA', {
    timeZone: calendar.zone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  const isOpen = new Uint8Array(minutes);
  const sums = new Uint32Array(minutes);
  const holidays = holidaysSeen(calendar);
  let [date, latest] = ['', -1];
  let sum = 0;
  for (let n = 0; n < minutes; n += 1) {
    const [shown = '', clock = ''] = wall.format(begin + n * minute).split(', ');
    const [hours = 0, minutes = 0] = clock.split(':').map(Number);
    if (shown !== date) [date, latest] = [shown, -1];
    // A clock that was put back shows what was there before: whoever has gone home has gone home.
    latest = Math.max(latest, hours * 60 + minutes);
    const weekday = new Date(`${shown}T12:00Z`).getUTCDay();
    const windows = calendar.special.get(shown) ?? (holidays.has(shown) ? [] : calendar.week[weekday === 0 ? 6 : weekday - 1]);
    sums[n] = sum;
    if (windows?.some(({ from, to }) => latest >= from && latest < to)) [isOpen[n], sum] = [1, sum + 1];
  }
  return { isOpen, sums };
}

/** As the calendar on the wall of a site has them in these weeks. */
function holidaysSeen({ land, municipal }: OpeningHours): Set<string> {
  const all = '2026-04-03 2026-04-06 2026-05-25 2026-10-03 2026-12-25 2026-12-26 2027-01-01';
  const seen = new Set(`${all} ${ownHolidays[land]}`.split(' '));
  if (land === 'BY' && municipal.includes('assumption')) seen.add('2026-08-15');
  if (land === 'BY' && municipal.includes('augsburg_peace')) seen.add('2026-08-08');
  if (['SN', 'TH'].includes(land) && municipal.includes('corpus_christi')) seen.add('2026-06-04');
  return seen;
}

describe('working days', () => {
  it.each([
    ['over a weekend that is open on Saturday', hours('HH'), '2026-11-19T12:00+01:00', 5, '2026-11-25'],
    ['over a day that is a holiday in Saxony only', hours('SN'), '2026-11-17T12:00+01:00', 2, '2026-11-20'],
    ['where that is none', hours('TH'), '2026-11-17T12:00+01:00', 2, '2026-11-19'],
    ['just after midnight where the site is', hours('TH'), '2026-11-18T00:10+01:00', 1, '2026-11-19'],
    ['without hours, Monday to Friday', always, '2026-11-20T12:00Z', 5, '2026-11-27'],
    ['none', hours('HH'), '2026-11-19T12:00+01:00', 0, '2026-11-19'],
  ])('are counted %s', (_, calendar, from, days, date) => expect(afterWorkingDays(calendar, Date.parse(from), days)).toBe(date));

  it('end for a site that never opens, too', () => {
    expect(afterWorkingDays(hours('HH', { week: [] }), Date.parse('2026-11-19T12:00Z'), 5) > '2027-11-01').toBe(true);
  });
});

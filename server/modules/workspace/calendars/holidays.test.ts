import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Land, laender } from '../../../../contract/workspace.ts';
import { holidaysOf } from './holidays.ts';

/** Specification 2.12: which days are holidays where, with the dates of two years written out. */
const everywhere = [
  ['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-01', '2026-05-14', '2026-05-25', '2026-10-03', '2026-12-25', '2026-12-26'],
  ['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-01', '2027-05-06', '2027-05-17', '2027-10-03', '2027-12-25', '2027-12-26'],
] as const;
const here: Record<Land, readonly [readonly string[], readonly string[]]> = {
  BW: [
    ['01-06', '06-04', '11-01'],
    ['01-06', '05-27', '11-01'],
  ],
  BY: [
    ['01-06', '06-04', '11-01'],
    ['01-06', '05-27', '11-01'],
  ],
  BE: [['03-08'], ['03-08']],
  BB: [
    ['04-05', '05-24', '10-31'],
    ['03-28', '05-16', '10-31'],
  ],
  HB: [['10-31'], ['10-31']],
  HH: [['10-31'], ['10-31']],
  HE: [['06-04'], ['05-27']],
  MV: [
    ['03-08', '10-31'],
    ['03-08', '10-31'],
  ],
  NI: [['10-31'], ['10-31']],
  NW: [
    ['06-04', '11-01'],
    ['05-27', '11-01'],
  ],
  RP: [
    ['06-04', '11-01'],
    ['05-27', '11-01'],
  ],
  SL: [
    ['06-04', '08-15', '11-01'],
    ['05-27', '08-15', '11-01'],
  ],
  SN: [
    ['10-31', '11-18'],
    ['10-31', '11-17'],
  ],
  ST: [
    ['01-06', '10-31'],
    ['01-06', '10-31'],
  ],
  SH: [['10-31'], ['10-31']],
  TH: [
    ['09-20', '10-31'],
    ['09-20', '10-31'],
  ],
};

const dates = (year: number, land: Land, ...more: Parameters<typeof holidaysOf>[2][]) =>
  [...holidaysOf(year, land, ...more).keys()].toSorted();

describe('holidays', () => {
  it.each(laender)('of %s are those of its law, in 2026 and 2027', (land) => {
    for (const [index, year] of [2026, 2027].entries())
      expect(dates(year, land)).toEqual(
        [...(everywhere[index] ?? []), ...(here[land][index] ?? []).map((day) => `${year}-${day}`)].toSorted(),
      );
  });

  it('of a municipality are added where the Land has such', () => {
    expect(dates(2026, 'BY', ['assumption', 'augsburg_peace'])).toEqual(expect.arrayContaining(['2026-08-08', '2026-08-15']));
    expect(dates(2026, 'SN', ['corpus_christi'])).toContain('2026-06-04');
    expect(dates(2026, 'HH', ['assumption', 'corpus_christi', 'augsburg_peace'])).toEqual(dates(2026, 'HH'));
  });

  it('of repentance fall on the Wednesday before 23 November, also when that is one', () => {
    for (const [year, day] of [
      [2022, '11-16'],
      [2023, '11-22'],
      [2028, '11-22'],
      [2033, '11-16'],
    ] as const)
      expect(holidaysOf(year, 'SN').get(`${year}-${day}`)).toBe('repentance');
  });

  it('follow Easter as the rule of Gauss has it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1583, max: 4000 }), (year) => {
        expect([...holidaysOf(year, 'BB')].find(([, holiday]) => holiday === 'easter_sunday')?.[0]).toBe(easterOfGauss(year));
      }),
    );
  });

  it('of a year without this calendar are refused', () => {
    expect(() => holidaysOf(1500, 'HH')).toThrow(RangeError);
    expect(() => holidaysOf(2026.5, 'HH')).toThrow(RangeError);
  });
});

/** The rule of Gauss with Lichtenberg's amendment, as the PTB prints it: the date as a day of March. */
function easterOfGauss(year: number): string {
  const k = Math.floor(year / 100);
  const m = 15 + Math.floor((3 * k + 3) / 4) - Math.floor((8 * k + 13) / 25);
  const s = 2 - Math.floor((3 * k + 3) / 4);
  const a = year % 19;
  const d = (19 * a + m) % 30;
  const r = Math.floor((d + Math.floor(a / 11)) / 29);
  const og = 21 + d - r;
  const sz = 7 - ((year + Math.floor(year / 4) + s) % 7);
  const oe = 7 - ((og - sz) % 7);
  return new Date(Date.UTC(year, 2, og + oe)).toISOString().slice(0, 10);
}

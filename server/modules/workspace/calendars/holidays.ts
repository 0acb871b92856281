import { type HolidayName, type Land, municipalLaender, type MunicipalHoliday } from '../../../../contract/workspace.ts';

type When = { month: number; day: number } | { afterEaster: number } | { wednesdayBefore: { month: number; day: number } };

interface Rule {
  holiday: HolidayName;
  when: When;
  /** Where it is one by the law of the Land; without it, everywhere. */
  laender?: readonly Land[];
}

/** The holiday laws of the sixteen Länder as of 2026. Single years, and days of single municipalities, are data: special days of a site. */
const rules: readonly Rule[] = [
  { holiday: 'new_year', when: { month: 1, day: 1 } },
  { holiday: 'epiphany', when: { month: 1, day: 6 }, laender: ['BW', 'BY', 'ST'] },
  { holiday: 'womens_day', when: { month: 3, day: 8 }, laender: ['BE', 'MV'] },
  { holiday: 'good_friday', when: { afterEaster: -2 } },
  { holiday: 'easter_sunday', when: { afterEaster: 0 }, laender: ['BB'] },
  { holiday: 'easter_monday', when: { afterEaster: 1 } },
  { holiday: 'labour_day', when: { month: 5, day: 1 } },
  { holiday: 'ascension', when: { afterEaster: 39 } },
  { holiday: 'whit_sunday', when: { afterEaster: 49 }, laender: ['BB'] },
  { holiday: 'whit_monday', when: { afterEaster: 50 } },
  { holiday: 'corpus_christi', when: { afterEaster: 60 }, laender: ['BW', 'BY', 'HE', 'NW', 'RP', 'SL'] },
  { holiday: 'assumption', when: { month: 8, day: 15 }, laender: ['SL'] },
  { holiday: 'childrens_day', when: { month: 9, day: 20 }, laender: ['TH'] },
  { holiday: 'unity_day', when: { month: 10, day: 3 } },
  { holiday: 'reformation', when: { month: 10, day: 31 }, laender: ['BB', 'HB', 'HH', 'MV', 'NI', 'SN', 'ST', 'SH', 'TH'] },
  { holiday: 'all_saints', when: { month: 11, day: 1 }, laender: ['BW', 'BY', 'NW', 'RP', 'SL'] },
  { holiday: 'repentance', when: { wednesdayBefore: { month: 11, day: 23 } }, laender: ['SN'] },
  { holiday: 'christmas_day', when: { month: 12, day: 25 } },
  { holiday: 'boxing_day', when: { month: 12, day: 26 } },
];

/**
 * What holds in parts of a Land only: most of Bavaria keeps 15 August, Augsburg 8 August, some places in Saxony and Thuringia Corpus Christi. A site
 * names which of them its municipality has.
 */
const municipalDays: Record<MunicipalHoliday, When> = {
  assumption: { month: 8, day: 15 },
  augsburg_peace: { month: 8, day: 8 },
  corpus_christi: { afterEaster: 60 },
};

/** The holidays of a year, by date (`2026-12-25`), where a site is. Years before 1583 have another calendar and are refused. */
export function holidaysOf(year: number, land: Land, municipal: readonly MunicipalHoliday[] = []): Map<string, HolidayName> {
  if (!Number.isInteger(year) || year < 1583 || year > 9999) throw new RangeError(`no calendar for the year ${year}`);
  const found = new Map<string, HolidayName>();
  for (const { holiday, when, laender } of rules) if (!laender || laender.includes(land)) found.set(dateOf(year, when), holiday);
  for (const holiday of municipal)
    if ((municipalLaender[holiday] as readonly Land[]).includes(land)) found.set(dateOf(year, municipalDays[holiday]), holiday);
  return found;
}

function dateOf(year: number, when: When): string {
  if ('afterEaster' in when) return isoDate(easter(year) + when.afterEaster);
  if ('month' in when) return isoDate(dayNumber(year, when.month, when.day));
  const before = dayNumber(year, when.wednesdayBefore.month, when.wednesdayBefore.day);
  // 1 January 1970 was a Thursday: a day number that leaves 6 when divided by seven is a Wednesday.
  const weekday = (((before - 6) % 7) + 7) % 7;
  return isoDate(before - (weekday || 7));
}

/** Days since 1 January 1970 of Easter Sunday: the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8). */
function easter(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const rest = year % 100;
  const moon = (19 * golden + century - Math.floor(century / 4) - Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) + 15) % 30;
  const sunday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - moon - (rest % 4)) % 7;
  const late = Math.floor((golden + 11 * moon + 22 * sunday) / 451);
  const march = moon + sunday - 7 * late + 114;
  return dayNumber(year, Math.floor(march / 31), (march % 31) + 1);
}

const dayLength = 86_400_000;
const dayNumber = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / dayLength;
const isoDate = (day: number): string => new Date(day * dayLength).toISOString().slice(0, 10);

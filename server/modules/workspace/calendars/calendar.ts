import type { HolidayName, Land, MunicipalHoliday, OpenWindow } from '../../../../contract/workspace.ts';
import { holidaysOf } from './holidays.ts';

/** When a site is open. Windows of a day are in order, none into another. */
export interface OpeningHours {
  kind: 'hours';
  /** IANA name. */
  zone: string;
  land: Land;
  municipal: readonly MunicipalHoliday[];
  /** Monday to Sunday. */
  week: readonly (readonly OpenWindow[])[];
  /** Days that are unlike others, by date: none of the rules says anything about them. An empty list is a day closed. */
  special: ReadonlyMap<string, readonly OpenWindow[]>;
}

/** What a clock runs by: the hours of a site, or every minute of every day. */
export type Calendar = { kind: 'always' } | OpeningHours;

export const always: Calendar = { kind: 'always' };

/** The windows of a date (`2026-11-18`): those of a special day, else none on a holiday, else those of the weekday. */
export function windowsOn(calendar: OpeningHours, date: string): readonly OpenWindow[] {
  const special = calendar.special.get(date);
  if (special) return special;
  if (holidayOn(calendar, date)) return [];
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return calendar.week[weekday] ?? [];
}

/** Calendars are never changed in place, so what was computed for one stays true. */
const known = new WeakMap<OpeningHours, Map<number, ReadonlyMap<string, HolidayName>>>();

/** The holiday that a date is where the site is, whatever a special day says of it. */
export function holidayOn(calendar: OpeningHours, date: string): HolidayName | undefined {
  const year = Number(date.slice(0, 4));
  let years = known.get(calendar);
  if (!years) known.set(calendar, (years = new Map()));
  let days = years.get(year);
  if (!days) years.set(year, (days = holidaysOf(year, calendar.land, calendar.municipal)));
  return days.get(date);
}

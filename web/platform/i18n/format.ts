import { useLanguage } from './i18n.ts';

/** The zone a company's clocks run in until the person's own settings say otherwise. */
const zone = 'Europe/Berlin';

export interface Formats {
  /** 14:05 */
  time: (at: string | number) => string;
  /** 22. November 2026, 14:05 */
  full: (at: string | number) => string;
  /** 22.11.2026 */
  date: (at: string | number) => string;
  /** 22.11.2026, 14:05, whatever day it is: where one line is compared with another. */
  dateTime: (at: string | number) => string;
  /** The shortest that is clear: 14:05 today, Mo 14:05 this week, 22.11. this year. */
  brief: (at: string | number, now?: number) => string;
  /** A point in time with its day, always: heute, 20:00; morgen, 09:00; Mo., 14:05. */
  when: (at: string | number, now?: number) => string;
  /** How long ago or how far ahead: 5 Min., 3 Std., 2 Tg.; in English 5m, 3h, 2d. */
  span: (at: string | number, now?: number) => string;
  /** How long somebody waits, where many stand below each other: as `span`, but no seconds that would change in every line. */
  age: (at: string | number, now?: number) => string;
  /** The day a line of time goes on with: Heute, Gestern, else the weekday and the date. */
  day: (at: string | number, now?: number) => string;
  number: (n: number) => string;
  size: (bytes: number) => string;
}

export function formatsFor(locale: string): Formats {
  const make = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
  const time = make({ hour: '2-digit', minute: '2-digit' });
  const full = make({ dateStyle: 'long', timeStyle: 'short' });
  const date = make({ dateStyle: 'medium' });
  const dateTime = make({ dateStyle: 'medium', timeStyle: 'short' });
  const weekday = make({ weekday: 'short', hour: '2-digit', minute: '2-digit' });
  const thisYear = make({ day: 'numeric', month: 'short' });
  const day = make({ year: 'numeric', month: '2-digit', day: '2-digit' });
  const units = Object.fromEntries(
    (['second', 'minute', 'hour', 'day'] as const).map((unit) => [
      unit,
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: locale.startsWith('de') ? 'short' : 'narrow' }),
    ]),
  );
  const near = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const longDay = make({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const justNow = locale.startsWith('de') ? 'eben' : 'now';
  const number = new Intl.NumberFormat(locale);
  const sizes = (['byte', 'kilobyte', 'megabyte'] as const).map(
    (unit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }),
  );
  const brief = (at: string | number, now = Date.now()): string => {
    const when = dateOf(at);
    if (day.format(when) === day.format(now)) return time.format(when);
    if (Math.abs(now - when.getTime()) < 6 * 86_400_000) return weekday.format(when);
    return when.getFullYear() === new Date(now).getFullYear() ? thisYear.format(when) : date.format(when);
  };
  const span = (at: string | number, now = Date.now()): string => {
    const seconds = Math.abs(now - dateOf(at).getTime()) / 1000;
    if (seconds < 60) return units.second?.format(Math.round(seconds)) ?? '';
    if (seconds < 3600) return units.minute?.format(Math.floor(seconds / 60)) ?? '';
    if (seconds < 48 * 3600) return units.hour?.format(Math.floor(seconds / 3600)) ?? '';
    return units.day?.format(Math.floor(seconds / 86_400)) ?? '';
  };
  return {
    time: (at) => time.format(dateOf(at)),
    full: (at) => full.format(dateOf(at)),
    date: (at) => date.format(dateOf(at)),
    dateTime: (at) => dateTime.format(dateOf(at)),
    brief,
    when: (at, now = Date.now()) => {
      const then = dateOf(at);
      const days = [-1, 0, 1].find((n) => day.format(then) === day.format(now + n * 86_400_000));
      return days === undefined ? brief(at, now) : `${near.format(days, 'day')}, ${time.format(then)}`;
    },
    span,
    age: (at, now = Date.now()) => (Math.abs(now - dateOf(at).getTime()) < 60_000 ? justNow : span(at, now)),
    day: (at, now = Date.now()) => {
      const then = dateOf(at);
      const days = [-1, 0].find((n) => day.format(then) === day.format(now + n * 86_400_000));
      const name = days === undefined ? longDay.format(then) : near.format(days, 'day');
      return name.charAt(0).toUpperCase() + name.slice(1);
    },
    number: (n) => number.format(n),
    size: (bytes) => {
      const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
      return sizes[step]?.format(bytes / 1000 ** step) ?? '';
    },
  };
}

/** Formats in the language now chosen. */
export function useFormats(): Formats {
  const locale = useLanguage() === 'en' ? 'en-GB' : 'de-DE';
  let formats = made.get(locale);
  if (!formats) made.set(locale, (formats = formatsFor(locale)));
  return formats;
}

/** They are dear to make, and every line of a list uses them. */
const made = new Map<string, Formats>();

const dateOf = (at: string | number): Date => new Date(at);

import { dateFormat } from '../platform/date-format.ts';

const zone = 'Europe/Berlin';
const day = 86_400_000;
// Made once: making one takes a hundred times as long as using it.
const dates = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
const clocks = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const hours = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' });
const weekdays = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short' });

/** The instant at which clocks in Berlin show `clock` so many days before `now`; never later than a minute before `now`. */
export function atClock(now: Date, daysAgo: number, clock: string): Date {
  return new Date(Math.min(inBerlin(dayFrom(now, -daysAgo), clock).getTime(), now.getTime() - 60_000));
}

/** The same for a day to come; at least an hour away. */
export function dueAt(now: Date, days: number, clock: string): Date {
  return new Date(Math.max(inBerlin(dayFrom(now, days), clock).getTime(), now.getTime() + 3_600_000));
}

/** The next time clocks in Berlin show that; at least an hour away. */
export function nextAt(now: Date, clock: string): Date {
  const today = onDayOf(now, clock);
  return today.getTime() >= now.getTime() + 3_600_000 ? today : dueAt(now, 1, clock);
}

/** On the day that it is then. */
export const onDayOf = (at: Date, clock: string): Date => inBerlin(dayFrom(at, 0), clock);

/** The calendar's day in Berlin, `days` after the one of `now`: not hours later, because days have 23 to 25 of them. */
function dayFrom(now: Date, days: number): string {
  const today = dates.format(now);
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * day).toISOString().slice(0, 10);
}

function inBerlin(date: string, clock: string): Date {
  const wanted = Date.parse(`${date}T${clock}:00Z`);
  // Berlin is one or two hours ahead. On the day the clocks change that is known only at the instant itself.
  const found = [2, 1].map((hours) => wanted - hours * 3_600_000).find((at) => clocks.format(at) === clock);
  return new Date(found ?? wanted - 3_600_000);
}

export const berlinHour = (at: Date): number => Number(hours.format(at));

/** Adds days of which Saturday and Sunday are none. */
export function workingDaysAfter(at: Date, count: number): Date {
  let found = at;
  for (let left = count; left > 0; ) {
    found = new Date(found.getTime() + day);
    const weekday = weekdays.format(found);
    if (weekday !== 'Sat' && weekday !== 'Sun') left -= 1;
  }
  return found;
}

export interface Slots {
  name: string;
  first: string;
  last: string;
  order: string;
  number: string;
  street: string;
  city: string;
}

const locales = { de: 'de-DE', en: 'en-GB', tr: 'tr-TR', pl: 'pl-PL' } as const;
export type Language = keyof typeof locales;

/** Fills the places of a text; dates are counted from `at`, in an answer (`ahead` working days) forwards only. */
export function fill(text: string, slots: Slots, at: Date, language: Language = 'de'): string {
  const shown = (days: number, options: Intl.DateTimeFormatOptions) =>
    dateFormat(locales[language], { timeZone: zone, ...options }).format(
      days >= 0 ? workingDaysAfter(at, days) : new Date(at.getTime() + days * day),
    );
  return text
    .replace(/\{w([+-]\d+)\}/g, (_, days: string) => shown(Number(days), { weekday: 'long' }))
    .replace(/\{d([+-]\d+)\}/g, (_, days: string) =>
      shown(Number(days), language === 'de' ? { day: '2-digit', month: '2-digit' } : { day: 'numeric', month: 'long' }).replace(
        /^(\d\d)\.(\d\d)$/,
        '$1.$2.',
      ),
    )
    .replace(/\{(name|first|last|order|number|street|city)\}/g, (_, key: keyof Slots) => slots[key]);
}

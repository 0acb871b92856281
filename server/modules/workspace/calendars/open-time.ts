import { Temporal } from 'temporal-polyfill';
import { type Calendar, type OpeningHours, windowsOn } from './calendar.ts';

/** What is open from one instant to before another; both are milliseconds since 1970. */
interface Span {
  from: number;
  to: number;
}

/** A site that is not open within so many days is taken for closed for good. */
const horizon = 400;
const day = 86_400_000;

/**
 * Milliseconds between two instants in which the calendar is open; 0 when the second is not later.
 * A window begins and ends when the site's clocks show its minute for the first time, or skip it: an hour that comes twice is open once, unless both are inside.
 */
export function openBetween(calendar: Calendar, from: number, to: number): number {
  if (to <= from) return 0;
  if (calendar.kind === 'always') return to - from;
  let sum = 0;
  for (let date = dateAt(calendar.zone, from); startOf(calendar.zone, date) < to; date = nextDate(date))
    for (const span of spansOn(calendar, date)) sum += Math.max(0, Math.min(span.to, to) - Math.max(span.from, from));
  return sum;
}

/**
 * The instant at which so many open milliseconds have passed since `from`: the inverse of `openBetween`. The earliest one, so that what is due with the last
 * minute of a day is due when the site closes, not when it opens again; with nothing left to pass, it is `from`.
 * Null for a calendar that does not open often enough within the next four hundred days.
 */
export function afterOpen(calendar: Calendar, from: number, duration: number): number | null {
  if (duration <= 0) return from;
  if (calendar.kind === 'always') return from + duration;
  let left = duration;
  let date = dateAt(calendar.zone, from);
  for (let days = 0; days <= horizon; days += 1, date = nextDate(date)) {
    for (const span of spansOn(calendar, date)) {
      const begin = Math.max(span.from, from);
      if (span.to <= begin) continue;
      if (left <= span.to - begin) return begin + left;
      left -= span.to - begin;
    }
  }
  return null;
}

/** Whether the calendar is open at an instant. */
export function isOpenAt(calendar: Calendar, at: number): boolean {
  if (calendar.kind === 'always') return true;
  return spansOn(calendar, dateAt(calendar.zone, at)).some((span) => span.from <= at && at < span.to);
}

/** The next instant from `at` on at which the calendar is open: `at` itself when it is. Null when it stays closed. */
export function opensNext(calendar: Calendar, at: number): number | null {
  if (isOpenAt(calendar, at)) return at;
  const first = afterOpen(calendar, at, 1);
  return first === null ? null : first - 1;
}

/** The next instant after `at` at which an open calendar closes. Null for one that never does, or not within the horizon. */
export function closesNext(calendar: Calendar, at: number): number | null {
  if (calendar.kind === 'always') return null;
  let end = at;
  for (let date = dateAt(calendar.zone, at), days = 0; days <= horizon; days += 1, date = nextDate(date)) {
    for (const span of spansOn(calendar, date)) {
      if (span.to <= end) continue;
      if (span.from > end) return end;
      end = span.to;
    }
    if (end < startOf(calendar.zone, nextDate(date))) return end;
  }
  return null;
}

/** The date on which so many working days have passed, that of `at` not counted; a day on which nobody has opened is none. Without hours Monday to Friday are. */
export function afterWorkingDays(calendar: Calendar, at: number, days: number): string {
  const isAlways = calendar.kind === 'always';
  const works = (date: string) => (isAlways ? new Date(date).getUTCDay() % 6 !== 0 : windowsOn(calendar, date).length > 0);
  let date = dateAt(isAlways ? 'UTC' : calendar.zone, at);
  let left = days;
  for (let looked = 0; left > 0 && looked < horizon; looked += 1) {
    date = nextDate(date);
    if (works(date)) left -= 1;
  }
  return date;
}

/** When the so-manieth working day after that of `at` begins and ends; null for a calendar with too few. */
export function workingDayAfter(calendar: Calendar, at: number, days: number): Span | null {
  const date = afterWorkingDays(calendar, at, days);
  if (calendar.kind === 'always') return { from: Date.parse(date), to: Date.parse(nextDate(date)) };
  const spans = spansOn(calendar, date);
  const [first] = spans;
  const last = spans.at(-1);
  return first && last ? { from: first.from, to: last.to } : null;
}

/** Spans of a date, remembered: a hundred thousand clocks ask for the same few hundred days. */
const spans = new WeakMap<OpeningHours, Map<string, readonly Span[]>>();

function spansOn(calendar: OpeningHours, date: string): readonly Span[] {
  let dates = spans.get(calendar);
  if (!dates) spans.set(calendar, (dates = new Map()));
  let found = dates.get(date);
  if (!found) {
    found = windowsOn(calendar, date).map(({ from, to }) => ({
      from: instantOf(calendar.zone, date, from),
      to: instantOf(calendar.zone, date, to),
    }));
    dates.set(date, found);
  }
  return found;
}

/** When clocks of the zone show that minute of the date for the first time; where they skip it, when they skip. */
function instantOf(zone: string, date: string, minute: number): number {
  const shown = Temporal.PlainDate.from(date).toPlainDateTime().add({ minutes: minute });
  const found = shown.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const isSkipped = !found.toPlainDateTime().equals(shown);
  return ((isSkipped && found.getTimeZoneTransition('next')) || found).epochMilliseconds;
}

const starts = new Map<string, number>();

/** The first instant of a date in a zone. */
function startOf(zone: string, date: string): number {
  const key = `${zone} ${date}`;
  let found = starts.get(key);
  if (found === undefined) {
    // Only as many as some years of nine centres need.
    if (starts.size > 20_000) starts.clear();
    starts.set(key, (found = instantOf(zone, date, 0)));
  }
  return found;
}

/** The date on the zone's clocks at an instant. No zone is more than a day away from UTC. */
function dateAt(zone: string, at: number): string {
  let date = new Date(at - day).toISOString().slice(0, 10);
  for (let next = nextDate(date); startOf(zone, next) <= at; next = nextDate(date)) date = next;
  return date;
}

const nextDate = (date: string): string => new Date(Date.parse(date) + day).toISOString().slice(0, 10);

import { Temporal } from 'temporal-polyfill';

export interface Week {
  /** Its Monday, as a date. */
  monday: string;
  from: Date;
  /** When the next one begins. */
  to: Date;
}

/** The last week that is over at an instant, by the clocks of a zone. */
export function lastWeek(zone: string, now: Date): Week {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate();
  const next = today.subtract({ days: today.dayOfWeek - 1 });
  const monday = next.subtract({ weeks: 1 });
  const begin = (date: Temporal.PlainDate): Date => new Date(date.toZonedDateTime(zone).epochMilliseconds);
  return { monday: monday.toString(), from: begin(monday), to: begin(next) };
}

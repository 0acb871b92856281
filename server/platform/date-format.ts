/** The calendar day at an instant in an IANA zone, as 2026-11-30. */
export const dayIn = (zone: string, at: Date): string => dateFormat('sv-SE', { timeZone: zone }).format(at);

const made = new Map<string, Intl.DateTimeFormat>();

/** How instants are written: one for each locale and options (IANA zone included), because to make one takes a hundred times as long as to use it. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options]);
  const format = made.get(key) ?? new Intl.DateTimeFormat(locale, options);
  made.set(key, format);
  return format;
}

const zone = 'Europe/Berlin';
const day = 86_400_000;

/** The instant at which clocks in Berlin show `clock` so many days before `now`; never later than a minute before `now`. */
export function atClock(now: Date, daysAgo: number, clock: string): Date {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date(now.getTime() - daysAgo * day));
  const found = inBerlin(date, clock);
  return new Date(Math.min(found.getTime(), now.getTime() - 60_000));
}

/** The same for a day to come; at least an hour away. */
export function dueAt(now: Date, days: number, clock: string): Date {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date(now.getTime() + days * day));
  return new Date(Math.max(inBerlin(date, clock).getTime(), now.getTime() + 3_600_000));
}

function inBerlin(date: string, clock: string): Date {
  const assumed = new Date(`${date}T${clock}:00Z`);
  const shown = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(assumed);
  const [h = 0, m = 0] = shown.split(':').map(Number);
  const [wantedH = 0, wantedM = 0] = clock.split(':').map(Number);
  // Berlin is one or two hours ahead, so the difference is small and may pass midnight.
  const ahead = ((h * 60 + m - (wantedH * 60 + wantedM) + 1_440) % 1_440) * 60_000;
  return new Date(assumed.getTime() - ahead);
}

/** Adds days of which Saturday and Sunday are none. */
export function workingDaysAfter(at: Date, count: number): Date {
  let found = at;
  for (let left = count; left > 0; ) {
    found = new Date(found.getTime() + day);
    const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short' }).format(found);
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
    new Intl.DateTimeFormat(locales[language], { timeZone: zone, ...options }).format(
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

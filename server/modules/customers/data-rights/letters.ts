/** § 257 HGB, § 147 AO: letters of commerce are kept for six years from the end of the calendar year. */
const years = 6;

const yearInBerlin = (at: Date): number => Number(new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: 'Europe/Berlin' }).format(at));

/** Letters from before this instant need not be kept any more: that of March 2026 may go from the first of January 2033 on. */
export const lettersFreeBefore = (now: Date): Date => newYear(yearInBerlin(now) - years);

/** When the last letter written up to an instant may go. */
export const keptUntil = (at: Date): string => `${yearInBerlin(at) + years + 1}-01-01`;

// In winter Berlin is an hour ahead of Greenwich.
const newYear = (year: number): Date => new Date(Date.UTC(year, 0, 1) - 3_600_000);

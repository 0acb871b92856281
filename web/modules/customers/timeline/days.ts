import type { CustomerMoment } from '../../../../contract/cases.ts';

/** What belongs to one concern without another in between. */
export interface PartOfDay {
  kase: CustomerMoment['case'];
  moments: CustomerMoment[];
}

export interface DayOfMoments {
  /** 2026-11-23, where the company's clocks run. */
  day: string;
  parts: PartOfDay[];
}

const format = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' });
export const dayOf = (at: string | number): string => format.format(new Date(at));

/** Lines as they come, gathered by day and within it by concern. */
export function daysOf(moments: readonly CustomerMoment[]): DayOfMoments[] {
  const days: DayOfMoments[] = [];
  for (const moment of moments) {
    const day = dayOf(moment.at);
    let last = days.at(-1);
    if (last?.day !== day) days.push((last = { day, parts: [] }));
    const part = last.parts.at(-1);
    if (part && part.kase?.id === moment.case?.id) part.moments.push(moment);
    else last.parts.push({ kase: moment.case, moments: [moment] });
  }
  return days;
}

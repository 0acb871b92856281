import type { Order, Shipment } from '../../../contract/orders.ts';
import type { Formats } from '../../platform/i18n/format.ts';

/** 89,90 €: the smallest unit is a hundredth for most currencies, but not for all. */
export function money({ amount, currency }: Order['total'], language: 'de' | 'en'): string {
  const format = new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'de-DE', { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** The window of a promise: one day is named once. Without a beginning it is only an end. */
export function promisedWindow(
  { from, to }: NonNullable<Shipment['promised']>,
  { when, time, day }: Pick<Formats, 'when' | 'time' | 'day'>,
  now: number,
): { from: string | null; to: string } {
  if (from === null) return { from: null, to: when(to, now) };
  return { from: when(from, now), to: day(from, now) === day(to, now) ? time(to) : when(to, now) };
}

/** What was promised for a time that is over, and has not come. */
export const isLate = ({ promised, status }: Shipment, now: number): boolean =>
  promised !== null && status !== 'delivered' && status !== 'returned' && Date.parse(promised.to) < now;

import { useLanguage } from '../../../platform/i18n/i18n.ts';

/** So many minutes in words: 30 minutes; 4 hours; 1 hour, 30 minutes. */
export function useMinutes(): (minutes: number) => string {
  const locale = useLanguage() === 'en' ? 'en-GB' : 'de-DE';
  const unit = (n: number, name: 'hour' | 'minute') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(n);
  return (minutes) => {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    return [hours > 0 ? unit(hours, 'hour') : '', rest > 0 ? unit(rest, 'minute') : ''].filter(Boolean).join(', ');
  };
}

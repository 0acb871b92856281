import { useLanguage } from '../../../platform/i18n/i18n.ts';

/** So many minutes in words: 30 minutes; 4 hours; 1 hour, 30 minutes. Short, where they stand in columns: 30 min; 1 hr, 30 min. */
export function useMinutes(unitDisplay: 'long' | 'short' = 'long'): (minutes: number) => string {
  const locale = useLanguage() === 'en' ? 'en-GB' : 'de-DE';
  const unit = (n: number, name: 'hour' | 'minute') => new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay }).format(n);
  return (minutes) => {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    return [hours > 0 ? unit(hours, 'hour') : '', rest > 0 ? unit(rest, 'minute') : ''].filter(Boolean).join(', ');
  };
}

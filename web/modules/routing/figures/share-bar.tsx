import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';

/** A share of 1 with the interval in which it lies, as a bar and in words. */
export function ShareBar({ share, low, high }: { share: number; low: number; high: number }) {
  const t = useText('routing');
  const { number } = useFormats();
  const percent = (part: number): string => number(Math.round(1_000 * part) / 10);
  return (
    <span className="flex min-w-44 flex-col gap-1">
      <span aria-hidden="true" className="relative h-2.5 overflow-hidden rounded-sm bg-sunken">
        <span className="absolute inset-y-0 left-0 bg-accent" style={{ width: `${100 * share}%` }} />
        <span
          className="absolute inset-y-0 border-x border-text bg-text/20"
          style={{ left: `${100 * low}%`, width: `${100 * (high - low)}%` }}
        />
      </span>
      <span className="text-xs">
        <span className="font-medium">{t('figures.percent', { share: percent(share) })}</span>{' '}
        <span className="text-muted">{t('figures.interval', { low: percent(low), high: percent(high) })}</span>
      </span>
    </span>
  );
}

import { useText } from '../../../platform/i18n/i18n.ts';

/** How those who wait stand to their time, as lengths beside each other and in words. */
export function DueBar({ overdue, near, rest, most }: { overdue: number; near: number; rest: number; most: number }) {
  const t = useText('routing');
  const part = (n: number) => `${(100 * n) / Math.max(1, most)}%`;
  return (
    <span className="flex min-w-48 flex-col gap-1">
      <span aria-hidden="true" className="flex h-2.5 overflow-hidden rounded-sm bg-sunken">
        <span className="bg-warn-text" style={{ width: part(overdue) }} />
        <span className="bg-warn-text opacity-50" style={{ width: part(near) }} />
        <span className="bg-accent" style={{ width: part(rest) }} />
      </span>
      <span className="text-xs text-muted">{t('standing.bar', { overdue, near, rest })}</span>
    </span>
  );
}

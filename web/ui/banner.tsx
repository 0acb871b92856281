import CircleAlert from 'lucide-react/icons/circle-alert';
import Info from 'lucide-react/icons/info';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

const looks = {
  info: ['bg-info-soft text-info-text', Info],
  warn: ['bg-warn-soft text-warn-text', TriangleAlert],
  problem: ['bg-danger-soft text-danger-text', CircleAlert],
} as const;

/** A calm strip that says what is the matter; `live` has it read aloud when it appears. */
export function Banner({
  tone = 'info',
  live,
  action,
  children,
  className,
}: {
  tone?: keyof typeof looks;
  live?: boolean;
  action?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  const [look, Sign] = looks[tone];
  return (
    <div
      role={live ? (tone === 'problem' ? 'alert' : 'status') : undefined}
      className={cx('flex flex-wrap items-start gap-2 rounded-md px-3 py-2', look, className)}
    >
      <Sign aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 basis-40">{children}</div>
      {action}
    </div>
  );
}

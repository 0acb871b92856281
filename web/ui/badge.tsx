import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import type { Icon } from './icon.ts';

export type Tone = 'neutral' | 'accent' | 'info' | 'success' | 'warn' | 'danger' | 'internal' | 'public';

const tones: Record<Tone, string> = {
  neutral: 'bg-sunken text-muted border-line',
  accent: 'bg-accent-soft text-accent-text border-transparent',
  info: 'bg-info-soft text-info-text border-transparent',
  success: 'bg-success-soft text-success-text border-transparent',
  warn: 'bg-warn-soft text-warn-text border-transparent',
  danger: 'bg-danger-soft text-danger-text border-transparent',
  internal: 'bg-note-soft text-note-text border-dashed border-note-line',
  public: 'bg-public-soft text-public-text border-public-line',
};

export function Badge({
  tone = 'neutral',
  icon: Sign,
  children,
  title,
}: {
  tone?: Tone;
  icon?: Icon;
  children: ReactNode;
  title?: string;
}) {
  return (
    <span
      title={title}
      className={cx('inline-flex max-w-full items-center gap-1 rounded-sm border px-1.5 text-xs leading-[1.125rem]', tones[tone])}
    >
      {Sign && <Sign aria-hidden="true" className="size-3 shrink-0" />}
      <span className="truncate">{children}</span>
    </span>
  );
}

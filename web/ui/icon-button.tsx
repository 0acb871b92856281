import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import type { Icon } from './icon.ts';
import { Tip } from './overlay/tooltip.tsx';

interface Props extends Omit<ComponentProps<'button'>, 'children'> {
  /** Read aloud and shown as a tip. */
  label: string;
  icon: Icon;
  keys?: string;
  small?: boolean;
  pressed?: boolean;
  badge?: ReactNode;
}

export function IconButton({ label, icon: Sign, keys, small, pressed, badge, className, ...rest }: Props) {
  return (
    <Tip text={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={cx(
          'relative inline-flex shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text disabled:opacity-50',
          'aria-pressed:bg-accent-soft aria-pressed:text-accent-text',
          small ? 'size-6' : 'size-8',
          className,
        )}
        {...rest}
      >
        <Sign aria-hidden="true" className="size-4" />
        {badge}
      </button>
    </Tip>
  );
}

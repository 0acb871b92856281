import LoaderCircle from 'lucide-react/icons/loader-circle';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import type { Icon } from './icon.ts';

export type ButtonLook = 'primary' | 'secondary' | 'ghost' | 'danger';

const looks: Record<ButtonLook, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover border-transparent font-medium',
  secondary: 'bg-surface text-text border-line-strong hover:bg-hover',
  ghost: 'bg-transparent text-text border-transparent hover:bg-hover',
  danger: 'bg-danger text-on-danger border-transparent hover:opacity-90 font-medium',
};

/** Of one quiet look in both themes: a dimmed strong colour would still call for a press. */
const disabled = [
  'disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:font-normal disabled:text-faint disabled:opacity-100',
  'aria-disabled:border-line aria-disabled:bg-sunken aria-disabled:font-normal aria-disabled:text-faint',
].join(' ');

export const buttonClass = (look: ButtonLook = 'secondary', small = false): string =>
  cx(
    'inline-flex items-center justify-center gap-1.5 rounded-md border whitespace-nowrap select-none transition-colors',
    disabled,
    small ? 'min-h-6 px-2 text-xs' : 'min-h-8 px-3 text-sm',
    looks[look],
  );

interface Props extends ComponentProps<'button'> {
  look?: ButtonLook;
  small?: boolean;
  icon?: Icon;
  /** Shows that the press is being worked on; the button keeps its focus. */
  busy?: boolean;
}

export function Button({ look, small, icon: Sign, busy, className, children, type = 'button', onClick, ...rest }: Props) {
  const Shown = busy ? LoaderCircle : Sign;
  return (
    <button
      type={type}
      className={cx(buttonClass(look, small), className)}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {Shown && <Shown aria-hidden="true" className={cx('size-4 shrink-0', busy && 'motion-safe:animate-spin')} />}
      {children}
    </button>
  );
}

import type { ComponentProps } from 'react';
import { cx } from '../cx.ts';
import { fromLocalInput, toLocalInput } from './local-time.ts';

interface Props extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type' | 'min'> {
  /** ISO instant or null. */
  value: string | null;
  onChange: (instant: string | null) => void;
  min?: string;
}

/** The browser's own picker: known to everybody, works on phones and with screen readers. */
export function DateTimeInput({ value, onChange, min, className, ...rest }: Props) {
  return (
    <input
      type="datetime-local"
      className={cx('control', className)}
      value={value ? toLocalInput(new Date(value)) : ''}
      min={min ? toLocalInput(new Date(min)) : undefined}
      onChange={(event) => onChange(fromLocalInput(event.target.value))}
      {...rest}
    />
  );
}

import type { ComponentProps } from 'react';
import { cx } from '../cx.ts';

/** Grows with its text (`field-sizing`), up to `max-h`. */
export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea dir="auto" className={cx('control field-sizing-content max-h-96 min-h-20 resize-y leading-6', className)} {...rest} />;
}

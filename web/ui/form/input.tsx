import type { ComponentProps } from 'react';
import { cx } from '../cx.ts';

/** Kinds that take words; numbers, dates and addresses run one way everywhere. */
const directed = new Set(['text', 'search']);

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input dir={directed.has(rest.type ?? 'text') ? 'auto' : undefined} className={cx('control', className)} {...rest} />;
}

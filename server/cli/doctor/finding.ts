import type { Config } from '../../platform/config/config.ts';

/** What doctor found: the fact, and for anything but ok what to do. */
export type Finding = { verdict: 'ok' | 'note' | 'wrong'; what: string; todo?: string };

export type Checks = (config: Config) => Promise<Finding[]>;

export const ok = (what: string): Finding => ({ verdict: 'ok', what });
export const note = (what: string, todo: string): Finding => ({ verdict: 'note', what, todo });
export const wrong = (what: string, todo: string): Finding => ({ verdict: 'wrong', what, todo });

export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, code } = error as NodeJS.ErrnoException;
  return message || code || error.name;
}

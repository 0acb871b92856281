import type { Typed } from './offers.ts';

/** What was typed after a `/` at the start of a word right before the cursor, blanks too, because titles have some. */
export function beginsSnippet(before: string): Typed | null {
  const found = /(?:^|\s)\/((?:[^\s/][^\n/]{0,39})?)$/u.exec(before);
  return found ? { query: found[1] ?? '', from: before.length - (found[1] ?? '').length - 1 } : null;
}

import { fail } from '../../../platform/errors.ts';

/** The sort key of the last row of a page as an opaque text, and back. */
export const cursorOf = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

export function readCursor(text: string | undefined, length: number): string[] | undefined {
  if (text === undefined) return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(key) && key.length === length && key.every((part) => typeof part === 'string')) return key;
  } catch {
    // Told below.
  }
  throw fail('core.cursor_invalid');
}

/** One page of rows read with one row more than asked for. */
export function pageOf<Row, Item>(rows: readonly Row[], limit: number, keyOf: (row: Row) => string[], present: (row: Row) => Item) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(present), nextCursor: rows.length > limit && last ? cursorOf(keyOf(last)) : null };
}

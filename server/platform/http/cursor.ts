import { fail } from '../errors.ts';

/** Where a page ended, in a list ordered by an instant and an id. */
export interface Place {
  at: Date;
  id: string;
}

/** A place as an opaque text. */
export const writeCursor = (at: Date, id: string): string => Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');

/** The place a text stands for; `core.cursor_invalid` for one that was not given out here. */
export function readCursor(text: string): Place {
  const [at = '', id = '', ...more] = Buffer.from(text, 'base64url').toString().split(' ');
  const instant = new Date(at);
  if (more.length > 0 || Number.isNaN(instant.getTime()) || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
    throw fail('core.cursor_invalid');
  return { at: instant, id };
}

import { fail as core } from '../../../platform/errors.ts';

/** A place in a list ordered by an instant and an id, as an opaque text and back. */
export const writeCursor = (at: Date, id: string): string => Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');

export function readCursor(text: string): { at: Date; id: string } {
  const [at = '', id = '', ...more] = Buffer.from(text, 'base64url').toString().split(' ');
  const instant = new Date(at);
  if (more.length > 0 || Number.isNaN(instant.getTime()) || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
    throw core('core.cursor_invalid');
  return { at: instant, id };
}

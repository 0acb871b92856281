import type { Platform } from '../context.ts';
import { dbOf } from '../database/sql.ts';
import { type NewEvent, writtenEvents } from './event.ts';

/** Gathered this long, so that a crowd of people refused at once costs one statement. */
const gatherMilliseconds = 20;

interface Book {
  noted: NewEvent[];
  /** Ends when what has been noted so far is written. */
  written: Promise<void>;
}

const books = new WeakMap<Platform, Book>();

/**
 * Notes events that stand although the transaction they come from was undone. Nobody waits for them: they are counted, and nothing else comes of them. A
 * process that is killed within the moment in which they are gathered takes them along.
 */
export function noteRefusals(platform: Platform, events: readonly NewEvent[]): void {
  const book = books.get(platform) ?? { noted: [], written: Promise.resolve() };
  books.set(platform, book);
  if (book.noted.length === 0) book.written = book.written.then(() => writeSoon(platform, book));
  book.noted.push(...events);
}

/** Until what has been noted so far is written: for whoever ends a process, or wants to see the events. */
export async function refusalsWritten(platform: Platform): Promise<void> {
  await books.get(platform)?.written;
}

async function writeSoon({ database, log, poke }: Platform, book: Book): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, gatherMilliseconds));
  const events = book.noted;
  book.noted = [];
  try {
    await dbOf(database.pool).exec(writtenEvents(events));
    poke();
  } catch (error) {
    log.warn({ err: error, events: events.length }, 'refusals could not be noted');
  }
}

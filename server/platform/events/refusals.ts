import type { Database } from '../database/database.ts';
import { dbOf } from '../database/sql.ts';
import { type NewEvent, writtenEvents } from './event.ts';

const writers = new WeakMap<Database, (events: readonly NewEvent[]) => Promise<unknown>>();

/**
 * Writes events that stand although the transaction they come from was undone. One statement at a time: what comes meanwhile goes together with the
 * next, so that a crowd of people refused at once costs little more than one of them. Never inside a transaction: it would wait for a second connection.
 */
export function writeRefusals(database: Database, events: readonly NewEvent[]): Promise<unknown> {
  let write = writers.get(database);
  if (!write) writers.set(database, (write = gathering((all) => dbOf(database.pool).exec(writtenEvents(all)))));
  return write(events);
}

/** Calls `write` with everything handed in since the last call; each caller learns how the call fared that carried its part. */
function gathering<T>(write: (all: T[]) => Promise<unknown>): (some: readonly T[]) => Promise<unknown> {
  let underWay: Promise<unknown> = Promise.resolve();
  let next: { all: T[]; written: Promise<unknown> } | undefined;
  return (some) => {
    if (!next) {
      const batch = { all: [] as T[], written: Promise.resolve<unknown>(undefined) };
      batch.written = underWay.then(() => {
        next = undefined;
        return write(batch.all);
      });
      underWay = batch.written.catch(() => {});
      next = batch;
    }
    next.all.push(...some);
    return next.written;
  };
}

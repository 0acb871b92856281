import type { Pool } from 'pg';
import { type Changed, written } from '../database/change.ts';
import { sideBySide } from '../database/packets.ts';
import { dbOf, type Sql, sql } from '../database/sql.ts';
import { isDatabaseAway } from '../database/transaction.ts';
import { type NewEvent, writtenEvents } from '../events/event.ts';
import { together } from './together.ts';

/** What a unit of work leaves to be written when everything in it is decided. */
export interface Writes {
  readonly changes: readonly Changed[];
  readonly events: readonly NewEvent[];
}

/** One statement: the changes, those of one kind together and the kinds in the order they came, each of one row or all is undone; and the events. */
export function statementOf(all: readonly Writes[]): Sql | undefined {
  const events = all.flatMap((writes) => writes.events);
  const told = events.length > 0 ? writtenEvents(events) : undefined;
  const kinds = Map.groupBy(
    all.flatMap((writes) => writes.changes),
    ({ change }) => change,
  );
  if (kinds.size === 0) return told;
  const parts = [...kinds.values()].map((changes, n) => written(sql.quoted(`change${n}`), changes));
  const steps = parts.map(({ step }) => step);
  if (told) steps.push(sql`told as (${told})`);
  return sql`with ${sql.join(steps)} select ${sql.join(parts.map(({ check }) => check))}`;
}

type Outcome = { error: unknown } | undefined;

const writers = new WeakMap<Pool, (writes: Writes) => Promise<Outcome>>();

/**
 * Commits what units of work wrote that needed no transaction of their own: those that end while another commit is under way are committed together, for
 * a crowd costs the database little more than one. When that fails, each is tried alone, so nobody fails for what somebody else wanted.
 */
export async function commit(pool: Pool, writes: Writes): Promise<void> {
  let write = writers.get(pool);
  if (!write) writers.set(pool, (write = together((all) => outcomes(pool, all))));
  const outcome = await write(writes);
  if (outcome) throw outcome.error;
}

async function outcomes(pool: Pool, all: readonly Writes[]): Promise<Outcome[]> {
  const statement = statementOf(all);
  if (!statement) return all.map(() => undefined);
  try {
    // On a connection of its own that outlives a refusal: the pool's own `query` would throw it away, and a crowd refuses a lot.
    await dbOf(sideBySide(pool)).exec(statement);
    return all.map(() => undefined);
  } catch (error) {
    // A database that went away may have committed: trying again is for those who know what they wanted.
    if (all.length === 1 || isDatabaseAway(error)) return all.map(() => ({ error }));
    return (await Promise.all(all.map((writes) => outcomes(pool, [writes])))).flat();
  }
}

import type { Pool } from 'pg';
import { inPackets } from './packets.ts';
import { type Db, dbOf, type Queryable } from './sql.ts';

export type TransactionOptions = {
  /** Run again, at most three times in all, when PostgreSQL asks for it (40001, 40P01); `fn` must then have no effect but on `db`. */
  retry?: boolean;
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readOnly?: boolean;
  /** Statements after everything in `fn`, sent together with the commit: what it asks, it must ask before it waits for anything. */
  last?: (db: Db) => Promise<unknown> | undefined;
};

/**
 * Runs `fn` in one transaction: committed when it returns, rolled back when it throws (the error is passed on). It begins with the first statement
 * on `db`; what `peek` asks before that is a look of its own, and whoever turns back after it has cost no transaction.
 * Both are of no use after that: a forgotten await throws instead of writing outside the transaction.
 */
export async function inTransaction<T>(pool: Pool, fn: (db: Db, peek: Db) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(pool, fn, options);
    } catch (error) {
      if (!options.retry || attempt >= 3 || !asksForRetry(error)) throw error;
      // Rivals that failed together must not meet again.
      await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** attempt * (0.5 + Math.random())));
    }
  }
}

/** A serialization failure or a deadlock: nothing was written, and the same work may succeed now. */
export function asksForRetry(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === '40001' || code === '40P01';
}

async function once<T>(pool: Pool, fn: (db: Db, peek: Db) => Promise<T>, options: TransactionOptions): Promise<T> {
  const client = await pool.connect();
  const send = inPackets(client);
  let broken: Error | undefined;
  let open = true;
  let begun: Promise<unknown> | undefined;
  const whileOpen: Queryable['query'] = (config) => {
    if (!open) throw new Error('This transaction has ended; an await is missing.');
    return send(config);
  };
  const within: Queryable['query'] = (config) => {
    if (open && !begun) {
      // Goes out with the first statement. Should it fail, that one fails too and tells.
      begun = send(begin(options));
      begun.catch(() => {});
    }
    return whileOpen(config);
  };
  try {
    const db = dbOf({ query: within });
    const result = await fn(db, dbOf({ query: whileOpen }));
    const finishing = options.last?.(db);
    open = false;
    if (!begun) return result;
    const committing = send('commit');
    committing.catch(() => {});
    await finishing;
    const { command } = await committing;
    // After a swallowed error inside, PostgreSQL answers a commit with ROLLBACK, and nobody would know.
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back, because a statement in it had failed.');
    return result;
  } catch (error) {
    open = false;
    broken = begun && (await rollback(send));
    throw error;
  } finally {
    client.release(broken);
  }
}

function begin({ isolation = 'read committed', readOnly = false }: TransactionOptions): string {
  if (isolation === 'read committed' && !readOnly) return 'begin';
  return `begin isolation level ${isolation}${readOnly ? ' read only' : ''}`;
}

/** The error when even the rollback fails: such a connection is thrown away. */
async function rollback(send: ReturnType<typeof inPackets>): Promise<Error | undefined> {
  try {
    await send('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

import type { Pool, PoolClient } from 'pg';
import { inPackets, type Send } from './packets.ts';
import { compile, type Db, dbOf, type Sql } from './sql.ts';

/** Among thirty people who reach for the same few things from two processes, three times did not do for one in some thousand. */
const attempts = 6;

export type TransactionOptions = {
  /** Run again, at most six times in all, when PostgreSQL asks for it (40001, 40P01); `fn` must then have no effect but on `db`. */
  retry?: boolean;
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readOnly?: boolean;
  /** What is written after everything in `fn`: a statement that goes out together with the commit, or, when it would be the only one, `alone`. */
  last?: { statement: () => Sql | undefined; alone: () => Promise<void> };
};

/**
 * Runs `fn` in one transaction: committed when it returns, rolled back when it throws (the error is passed on). It takes a connection and begins with
 * the first statement, so whoever turns back before it has cost nothing.
 * `db` is of no use after that: a forgotten await throws instead of writing outside the transaction.
 */
export async function inTransaction<T>(pool: Pool, fn: (db: Db) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(pool, fn, options);
    } catch (error) {
      if (!options.retry || attempt >= attempts || !asksForRetry(error)) throw error;
      // Whoever was faster is there by now, and the next look most often finds just that. Rivals that fail together once more must not meet again.
      if (attempt > 1) await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** (attempt - 1) * (0.5 + Math.random())));
    }
  }
}

/** Thrown by work that finds that somebody was faster: everything is undone and begins again with a new look. */
export class Overtaken extends Error {
  readonly code = '40001';
}

/** A serialization failure or a deadlock: nothing was written, and the same work may succeed now. */
export function asksForRetry(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === '40001' || code === '40P01';
}

async function once<T>(pool: Pool, fn: (db: Db) => Promise<T>, options: TransactionOptions): Promise<T> {
  let lent: Promise<{ client: PoolClient; send: Send }> | undefined;
  let broken: Error | undefined;
  let committing: ReturnType<Send> | undefined;
  let open = true;
  const send: Send = async (config) => (await (lent ??= lend(pool, options))).send(config);
  const db = dbOf({
    query(config) {
      if (!open) throw new Error('This transaction has ended; an await is missing.');
      return send(config);
    },
  });
  try {
    const result = await fn(db);
    open = false;
    if (!lent) {
      await options.last?.alone();
      return result;
    }
    const last = options.last?.statement();
    const finishing = last && send(compile(last));
    committing = send('commit');
    committing.catch(() => {});
    await finishing;
    const { command } = await committing;
    // After a swallowed error inside, PostgreSQL answers a commit with ROLLBACK, and nobody would know.
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back, because a statement in it had failed.');
    return result;
  } catch (error) {
    open = false;
    // A commit ends it either way.
    broken = lent && (await failed(committing ?? send('rollback')));
    throw error;
  } finally {
    await lent?.then(
      ({ client }) => client.release(broken),
      () => {},
    );
  }
}

/** A connection in which a transaction begins: that goes out with the first statement, and should it fail, that one fails too and tells. */
async function lend(pool: Pool, options: TransactionOptions): Promise<{ client: PoolClient; send: Send }> {
  const client = await pool.connect();
  const send = inPackets(client);
  send(begin(options)).catch(() => {});
  return { client, send };
}

function begin({ isolation = 'read committed', readOnly = false }: TransactionOptions): string {
  if (isolation === 'read committed' && !readOnly) return 'begin';
  return `begin isolation level ${isolation}${readOnly ? ' read only' : ''}`;
}

/** The error when not even the end succeeds: such a connection is thrown away. */
async function failed(ending: ReturnType<Send>): Promise<Error | undefined> {
  try {
    await ending;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Connection trouble, for which nobody's work is to blame: classes 08, 53, 57, a transaction that stood still for too long, and node's socket errors. */
export function isDatabaseAway(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && code !== '55000')
    return /^(08|53|57|25P03)/.test(code) || ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT'].includes(code);
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not currently accepting connections/.test(
      error.message,
    )
  );
}

import type { Writable } from 'node:stream';
import type { Pool, PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';
import type { Queryable } from './sql.ts';

export type Send = (config: string | QueryConfig) => Promise<QueryResult<QueryResultRow>>;

/**
 * Sends what is asked in one turn as one packet, answered in order; a turn ends when Node has nothing left to run before it looks for input again, or,
 * with `setImmediate`, when all input at hand has been looked at. Each packet wakes a process of PostgreSQL and each answer wakes
 * ours; that costs more than most of our statements do. Needs connections with `pipeline`.
 */
export function inPackets(client: PoolClient, atEnd: (send: () => void) => void = process.nextTick): Send {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  let isGathering = false;
  return (config) => {
    if (!isGathering) {
      isGathering = true;
      stream.cork();
      atEnd(() => {
        isGathering = false;
        stream.uncork();
      });
    }
    return client.query(config);
  };
}

/** Statements outside a transaction: those asked while another is under way go to the same connection, those of one turn as one packet. */
export function sideBySide(pool: Pool, atEnd?: (send: () => void) => void): Queryable {
  let lent: Promise<{ client: PoolClient; send: Send }> | undefined;
  let waiting = 0;
  return {
    async query(config) {
      waiting += 1;
      const mine = (lent ??= pool.connect().then((client) => ({ client, send: inPackets(client, atEnd) })));
      try {
        return await (await mine).send(config);
      } finally {
        waiting -= 1;
        if (waiting === 0) {
          lent = undefined;
          // The pool throws away by itself what is broken.
          await mine.then(
            ({ client }) => client.release(),
            () => {},
          );
        }
      }
    },
  };
}

import { type ClientConfig, Client, type Pool } from 'pg';
import type { Log } from '../log.ts';
import { type Db, dbOf, sql } from './sql.ts';
import { inTransaction, isDatabaseAway } from './transaction.ts';
import { DatabaseUnfit } from './unfit.ts';

/**
 * Why the primary answers although a replica is set. `away`: it gives no answer; `behind`: by more than a report may be old; `promoted`: it takes
 * writes of its own now; `foreign`: it is no copy of this database.
 */
export type WhyUnused = 'away' | 'behind' | 'promoted' | 'foreign';

export interface ReplicaState {
  /** Null: reports are read from it. */
  unused: WhyUnused | null;
  /** By how many milliseconds it is behind the primary; null where that is not known. */
  behind: number | null;
}

/** Where whatever may be a little old is read. */
export interface Reports {
  /**
   * Reads in one read-only transaction, and so of one instant: of the replica where one is set and fit, else of the primary. `behind` says how old
   * that instant is at most, in milliseconds. Whatever goes wrong on the replica is asked again of the primary, so `work` must have no effect.
   */
  read<T>(work: (db: Db) => Promise<T>): Promise<{ value: T; behind: number }>;
  /** How the replica is; undefined where none is set. */
  look(): Promise<ReplicaState | undefined>;
  /** How many reports were read where since this process began. */
  readonly counts: Readonly<Record<'replica' | 'primary', number>>;
}

/** Older than this no report is read from a replica. */
export const oldestMilliseconds = 60_000;
/** How long a replica may think about how it is, and rests when it gave no answer; and how long a report may take there before the primary is asked. */
const patience = { look: 1_000, rest: 5_000, report: 60_000 };

const readOnly = { readOnly: true, isolation: 'repeatable read' } as const;

/** Reports of the primary: there is no replica. */
export function reportsOfPrimary(pool: Pool): Reports {
  const counts = { replica: 0, primary: 0 };
  return {
    counts,
    async read(work) {
      counts.primary += 1;
      return { value: await inTransaction(pool, work, readOnly), behind: 0 };
    },
    look: async () => undefined,
  };
}

/** Reports of a streaming replica while it is fit, else of the primary. */
export function reportsOfReplica(primary: Pool, replica: Pool, log: Log, oldest = oldestMilliseconds): Reports {
  const ofPrimary = reportsOfPrimary(primary);
  const counts = { replica: 0, primary: 0 };
  let restsUntil = 0;
  let said: WhyUnused | null = null;
  const say = (unused: WhyUnused | null): void => {
    if (unused === said) return;
    said = unused;
    if (unused) log.warn({ why: unused }, 'The replica is not used; the primary answers reports.');
    else log.info('The replica answers reports again.');
  };

  const look = async (): Promise<ReplicaState> => {
    if (performance.now() < restsUntil) return away;
    const state = await looked(primary, replica, oldest);
    if (state === away) restsUntil = performance.now() + patience.rest;
    say(state.unused);
    return state;
  };

  return {
    counts,
    look,
    async read(work) {
      const { unused, behind } = await look();
      if (unused === null && behind !== null) {
        try {
          const value = await within(patience.report, inTransaction(replica, work, readOnly));
          counts.replica += 1;
          return { value, behind };
        } catch (error) {
          // Replaying may cancel what is read, a table may be missing there still; what is wrong with the question itself shows on the primary again.
          log.warn({ err: error }, 'A report failed on the replica; the primary is asked.');
          if (isDatabaseAway(error) || error instanceof NoAnswer) restsUntil = performance.now() + patience.rest;
        }
      }
      counts.primary += 1;
      return ofPrimary.read(work);
    },
  };
}

const away: ReplicaState = { unused: 'away', behind: null };

/** What may be compared of two servers: of which cluster they are, and which database of it this is. */
const whose = `(select system_identifier::text from pg_control_system()) || ' ' || current_database()`;

/**
 * How far a replica is. What the primary had made safe before it was asked is on the replica, or the replica is as old as the last commit it knows; a primary on
 * which nothing happens makes no replica old. Asked before the report begins, so the report sees at least that.
 */
async function looked(primary: Pool, replica: Pool, oldest: number): Promise<ReplicaState> {
  const there = await dbOf(primary).one<{ lsn: string; at: string; whose: string }>(
    sql`select pg_current_wal_flush_lsn()::text as lsn, clock_timestamp()::text as at, ${sql.raw(whose)} as whose`,
  );
  const asked = dbOf(replica).one<{ isReplica: boolean; whose: string; behind: number | null }>(sql`
    select pg_is_in_recovery() as "isReplica", ${sql.raw(whose)} as whose,
      case when pg_last_wal_replay_lsn() >= ${there.lsn}::pg_lsn then 0
        else (extract(epoch from ${there.at}::timestamptz - pg_last_xact_replay_timestamp()) * 1000)::float8 end as behind`);
  try {
    const here = await within(patience.look, asked);
    const behind = here.behind === null ? null : Math.max(0, here.behind);
    if (here.whose !== there.whose) return { unused: 'foreign', behind: null };
    if (!here.isReplica) return { unused: 'promoted', behind: null };
    return { unused: behind === null || behind > oldest ? 'behind' : null, behind };
  } catch {
    return away;
  }
}

class NoAnswer extends Error {}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  work.catch(() => {});
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NoAnswer('The replica gave no answer in time.')), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/**
 * Throws when DATABASE_REPLICA_URL can't be meant: it refuses us, or is a copy of something else. One that gives no answer is no reason not to start,
 * nor is one that was promoted: that is what an outage looks like, and the primary answers then.
 */
export async function checkReplica(primary: ClientConfig, replica: ClientConfig): Promise<void> {
  const ours = await askWhose(primary);
  const theirs = await askWhose(replica).catch((error: Error & { code?: string }) => {
    if (isWrong(error)) throw new DatabaseUnfit(`DATABASE_REPLICA_URL can't be used: ${error.message}.`, { cause: error });
  });
  if (theirs !== undefined && theirs !== ours)
    throw new DatabaseUnfit(
      'DATABASE_REPLICA_URL is no replica of DATABASE_URL: it is another database. Make one with pg_basebackup (docs/operations.md), or unset it.',
    );
}

/** Refused by the server itself: account, password, database, encryption. While it starts (57P03) it says nothing of the kind. */
const isWrong = ({ code }: { code?: string }): boolean => /^(28|3D|42)/.test(code ?? '');

async function askWhose(connection: ClientConfig): Promise<string> {
  const client = new Client({ ...connection, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ whose: string }>(`select ${whose} as whose`);
    return rows[0]?.whose ?? '';
  } finally {
    await client.end().catch(() => {});
  }
}

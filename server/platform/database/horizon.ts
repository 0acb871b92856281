import { type Db, sql } from './sql.ts';

/**
 * Which transactions have ended. A snapshot of PostgreSQL knows the oldest that runs on the whole server, so a long one in another database of the same
 * server would hold back what is written here for as long as it takes. Once something is held back for a while, this asks whose transaction that is.
 */
export interface Horizon {
  /** Every transaction of this database with a lower number has ended, and any statement that begins now sees what it did. 0 until that was asked. */
  bound(): bigint;
  /** Told after each look whether something is held back. */
  note(isHeldBack: boolean): Promise<void>;
}

/** As long as most transactions of our own take; asking is dearer than looking again. */
const patienceMilliseconds = 100;

export function createHorizon(db: Db, patience = patienceMilliseconds): Horizon {
  let bound = 0n;
  let since: number | undefined;
  return {
    bound: () => bound,
    async note(isHeldBack) {
      if (!isHeldBack) {
        since = undefined;
        return;
      }
      since ??= performance.now();
      if (performance.now() - since < patience) return;
      since = performance.now();
      const found = await oldestHere(db);
      if (found > bound) bound = found;
    },
  };
}

/**
 * The number of the oldest transaction that runs in this database, or else of the next one; 0 where this cannot be told. The statement's snapshot comes
 * first and the list of who runs what after it: a transaction whose number was given out before the snapshot either stands in the list or has ended before
 * it was read. What a later statement reads below the number is therefore complete.
 */
async function oldestHere(db: Db): Promise<bigint> {
  const { next, running, isUnclear } = await db.one<{ next: string; running: string[]; isUnclear: boolean }>(sql`
    with here as materialized (select backend_xid, query from pg_stat_activity
      where datid = (select oid from pg_database where datname = current_database()))
    select pg_snapshot_xmax(pg_current_snapshot())::text as next,
      array(select backend_xid::text from here where backend_xid is not null) as running,
      -- Other people's transactions are hidden from a role without pg_read_all_stats, prepared ones from everybody.
      exists (select from here where query = '<insufficient privilege>') or current_setting('max_prepared_transactions')::int > 0 as "isUnclear"`);
  if (isUnclear) return 0n;
  const end = BigInt(next);
  return running.map((xid) => widened(BigInt(xid), end)).reduce((least, xid) => (xid < least ? xid : least), end);
}

/** The list holds the lower 32 bits of a number; it lies within two thousand million of `near`, before or after it. */
function widened(xid: bigint, near: bigint): bigint {
  const behind = BigInt.asIntN(32, near - xid);
  return near - behind;
}

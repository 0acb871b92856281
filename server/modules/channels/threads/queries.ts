import { type Db, sql } from '../../../platform/database/sql.ts';

/** A thread as its channel names it. */
export interface ThreadName {
  accountId: string;
  threadKey: string;
}

/** A line that broke unheard counts as open that long; each process repeats more often which ones it has. */
export const hereSeconds = 30;
/** Whoever loads the page anew is gone for a moment only. */
export const leavingSeconds = 5;

export const noteOf = async (db: Db, { accountId, threadKey }: ThreadName): Promise<unknown> =>
  (await db.maybe<{ note: unknown }>(sql`select note from channel_threads where account_id = ${accountId} and thread_key = ${threadKey}`))
    ?.note ?? null;

/** Gives the note with its row locked, which there is from here on. */
export async function lockNote(db: Db, { accountId, threadKey }: ThreadName, at: Date): Promise<unknown> {
  await db.exec(
    sql`insert into channel_threads (account_id, thread_key, at) values (${accountId}, ${threadKey}, ${at}) on conflict do nothing`,
  );
  const row = await db.one<{ note: unknown }>(
    sql`select note from channel_threads where account_id = ${accountId} and thread_key = ${threadKey} for update`,
  );
  return row.note;
}

export const putNote = (db: Db, { accountId, threadKey }: ThreadName, note: unknown, at: Date): Promise<number> =>
  db.exec(
    sql`update channel_threads set note = ${sql.json(note)}, at = ${at} where account_id = ${accountId} and thread_key = ${threadKey}`,
  );

export async function isHere(db: Db, { accountId, threadKey }: ThreadName, now: Date): Promise<boolean> {
  const row = await db.maybe(sql`select from channel_threads where account_id = ${accountId} and thread_key = ${threadKey}
    and here_until > ${now}`);
  return row !== undefined;
}

/**
 * When whoever was at each of these threads left, in their order: null while somebody is there, undefined where nothing is known (any more).
 * A line that broke unheard counts as open for half a minute.
 */
export async function leftAtOf(db: Db, threads: readonly ThreadName[], now: Date): Promise<(Date | null | undefined)[]> {
  const rows = await db.query<{ until: Date | null }>(sql`select t.here_until as until
    from unnest(${threads.map((one) => one.accountId)}::uuid[], ${threads.map((one) => one.threadKey)}::text[]) with ordinality as k (account_id, thread_key, n)
      left join channel_threads t on t.account_id = k.account_id and t.thread_key = k.thread_key order by k.n`);
  return rows.map(({ until }) => (until === null ? undefined : until > now ? null : new Date(until.getTime() - leavingSeconds * 1_000)));
}

/** Says of any number of threads that somebody is there; in one order, so that two processes never wait for each other. */
export const markHere = (db: Db, threads: readonly ThreadName[], now: Date): Promise<number> =>
  db.exec(sql`insert into channel_threads (account_id, thread_key, here_until, at)
    select k.account_id, k.thread_key, ${new Date(now.getTime() + hereSeconds * 1_000)}::timestamptz, ${now}::timestamptz
    from unnest(${threads.map((one) => one.accountId)}::uuid[], ${threads.map((one) => one.threadKey)}::text[]) as k (account_id, thread_key)
      join channel_accounts a on a.id = k.account_id order by 1, 2
    on conflict (account_id, thread_key) do update set here_until = excluded.here_until`);

/** The last line of this process is gone; another one that has some repeats that it is there. */
export const markLeaving = (db: Db, { accountId, threadKey }: ThreadName, now: Date): Promise<number> =>
  db.exec(sql`update channel_threads set here_until = least(here_until, ${new Date(now.getTime() + leavingSeconds * 1_000)})
    where account_id = ${accountId} and thread_key = ${threadKey}`);

/** Of pages that were open and said nothing nothing is kept. */
export const sweepThreads = (db: Db, now: Date): Promise<number> =>
  db.exec(sql`delete from channel_threads where note is null and here_until < ${new Date(now.getTime() - 3_600_000)}`);

/** Erased threads leave nothing behind. */
export async function eraseThreadNotes(ctx: { db: Db }, threads: readonly ThreadName[]): Promise<void> {
  if (threads.length === 0) return;
  await ctx.db.exec(sql`delete from channel_threads t using
    unnest(${threads.map((one) => one.accountId)}::uuid[], ${threads.map((one) => one.threadKey)}::text[]) as k (account_id, thread_key)
    where t.account_id = k.account_id and t.thread_key = k.thread_key`);
}

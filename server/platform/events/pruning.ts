import { type Db, dbOf, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Platform } from '../context.ts';
import type { Job } from '../jobs/jobs.ts';
import type { Module } from '../module.ts';
import type { NewEvent } from './event.ts';

/** An event as it is kept outside the table. */
export interface OldEvent extends NewEvent {
  seq: string;
  xid: string;
}

/** How many months events may be kept: the period of the class `metadata`, of which who did something is. */
export const mostMonths = 12;
const batchSize = 5_000;

export const monthsBefore = (now: Date, months: number): Date => {
  const then = new Date(now);
  then.setUTCMonth(then.getUTCMonth() - months);
  return then;
};

/**
 * Batches of events that are older than an instant and that nobody needs any more, oldest first. A concern (`correlationId`) goes as a whole or not at all,
 * since clocks and causes are read from all that was told of it: not while anything newer was, and not while a room needs it. What a subscriber has not
 * heard yet stays, with all that came after it.
 */
export async function* oldEvents(db: Db, modules: readonly Module[], before: Date): AsyncGenerator<OldEvent[], void> {
  const end = await heardBefore(db, modules, before);
  const gone = new Set<string>();
  for (let after: string | undefined; ; ) {
    const looked = await db.query<{
      seq: string;
      at: Date;
      concern: string | null;
    }>(sql`select seq::text, at, correlation_id as concern from events
      ${after === undefined ? sql.empty : sql`where events.seq > ${after}::bigint`} order by events.seq limit ${batchSize}`);
    const old = looked.filter(({ at }) => at < end);
    if (old.length === 0) return;
    after = looked.at(-1)?.seq;
    const concerns = new Set(old.flatMap(({ concern }) => (concern === null || gone.has(concern) ? [] : concern)));
    for (const needed of await neededOf(db, modules, [...concerns], end)) concerns.delete(needed);
    for (const concern of concerns) gone.add(concern);
    const alone = old.flatMap(({ seq, concern }) => (concern === null ? seq : []));
    const events = await db.query<OldEvent>(sql`select ${columns} from events where events.correlation_id = any(${[...concerns]}::uuid[])
      union all select ${columns} from events where events.seq = any(${alone}::bigint[])`);
    if (events.length > 0) yield events.toSorted((a, b) => (BigInt(a.seq) < BigInt(b.seq) ? -1 : 1));
  }
}

const columns = sql`events.seq::text as seq, events.xid::text as xid, events.id, events.type, events.at, events.actor_kind as "actorKind", events.actor_id as "actorId",
  events.causation_id as "causationId", events.correlation_id as "correlationId", events.data`;

/** The instant up to which every subscriber has heard what is for it, at most `before`. A cursor alone tells nothing: where nothing is for it, it stays. */
export async function heardBefore(db: Db, modules: readonly Module[], before: Date): Promise<Date> {
  const listening = modules.flatMap(({ subscribers }) => subscribers ?? []);
  const rows = listening.map(({ name, on }) => ({ name, types: on === '*' ? null : on }));
  const { waiting } = await db.one<{ waiting: Date | null }>(sql`select min(next.at) as waiting
    from jsonb_to_recordset(${sql.json(rows)}) as l(name text, types text[]) join event_cursors c on c.subscriber = l.name
    cross join lateral (select at from events where (events.xid, events.seq) > (c.xid, c.seq) and (l.types is null or type = any(l.types))
      order by events.xid, events.seq limit 1) as next`);
  return waiting && waiting < before ? waiting : before;
}

async function neededOf(db: Db, modules: readonly Module[], concerns: readonly string[], end: Date): Promise<string[]> {
  if (concerns.length === 0) return [];
  const goOn = await db.query<{ concern: string }>(sql`select distinct correlation_id as concern from events
    where correlation_id = any(${concerns}::uuid[]) and at >= ${end}`);
  const needed = goOn.map(({ concern }) => concern);
  for (const module of modules) needed.push(...((await module.needsEvents?.(db, concerns)) ?? []));
  return needed;
}

/** Takes events out of the table, and remembers up to where: whoever comes back from before it reads everything anew. */
export async function removeEvents(db: Db, events: readonly Pick<OldEvent, 'seq'>[]): Promise<void> {
  for (let from = 0; from < events.length; from += batchSize) {
    const seqs = events.slice(from, from + batchSize).map(({ seq }) => seq);
    const last = await db.maybe<Place>(sql`with gone as (delete from events where events.seq = any(${seqs}::bigint[]) returning xid, seq)
      select xid::text, seq::text from gone order by gone.xid desc, gone.seq desc limit 1`);
    if (last) await missedUpTo(db, last);
  }
}

type Place = { xid: string; seq: string };

/** Whoever comes back from before this place has missed something (`isPruned`). */
export const missedUpTo = (db: Db, { xid, seq }: Place): Promise<unknown> =>
  db.exec(sql`insert into events_pruned (xid, seq) values (${xid}::xid8, ${seq}::bigint)
    on conflict (is_only) do update set xid = excluded.xid, seq = excluded.seq where (events_pruned.xid, events_pruned.seq) < (excluded.xid, excluded.seq)`);

/** Each night what may not be kept any longer goes, whether somebody has archived it or not. */
export const pruneEvents = (modules: readonly Module[]): Job => ({
  name: 'platform.prune_events',
  cron: '15 4 * * *',
  run: ({ platform, reading }) => prune(platform, modules, monthsBefore(reading.now, mostMonths)),
});

async function prune({ database }: Platform, modules: readonly Module[], before: Date): Promise<void> {
  for await (const events of oldEvents(dbOf(database.pool), modules, before))
    await inTransaction(database.pool, (db) => removeEvents(db, events));
}

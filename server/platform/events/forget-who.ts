import type { Platform } from '../context.ts';
import { type Db, dbOf, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Job } from '../jobs/jobs.ts';
import type { Module } from '../module.ts';
import { heardBefore, missedUpTo } from './pruning.ts';
import { redeliverJob } from './subscribers.ts';

/** For so many days an event says who had a hand in it: a shift, and seven days (WC-02; BAG 25.04.2017, 1 ABR 46/15). */
const namedDays = 8;
/** Up to here nothing says any more who had a hand in it. */
export const namedUntil = (now: Date): Date => new Date(now.getTime() - namedDays * 86_400_000);
/** Where this has come to is kept as the place of a subscriber is. */
const name = 'platform.forget_who';
const batchSize = 1_000;

/**
 * Each night, events older than that stop saying who did something and for whom it was meant: in place of a person stands what the rooms give for them
 * (`pseudonyms`), so that nobody can put together any more who worked at what and for how long. What a subscriber has not heard yet waits, as does what was
 * set aside to be heard again.
 */
export const forgetWho = (modules: readonly Module[]): Job => ({
  name,
  cron: '45 3 * * *',
  run: ({ platform, reading }) => forget(platform, modules, reading.now),
});

/** The next night begins at the first event again: others have come in front of it. */
export const forgetWhoAnew = (db: Db): Promise<unknown> => db.exec(sql`delete from event_cursors where subscriber = ${name}`);

interface Row {
  xid: string;
  seq: string;
  id: string;
  at: Date;
  actorId: string | null;
  data: unknown;
}

async function forget({ database, jobs }: Platform, modules: readonly Module[], now: Date): Promise<void> {
  const db = dbOf(database.pool);
  const others = await pseudonymsOf(db, modules);
  const end = await heardBefore(db, modules, namedUntil(now));
  const aside = new Set((await jobs.waiting(redeliverJob)).map(({ eventId }) => eventId));
  let from = await db.maybe<{ xid: string; seq: string }>(sql`select xid::text, seq::text from event_cursors where subscriber = ${name}`);
  // What was left behind is looked at again in the next night, with all that came after it.
  let isWhole = true;
  for (;;) {
    const rows =
      await db.query<Row>(sql`select events.xid::text as xid, events.seq::text as seq, events.id, at, actor_id as "actorId", data from events
      where (events.xid, events.seq) > (${from?.xid ?? '0'}::xid8, ${from?.seq ?? '0'}::bigint) order by events.xid, events.seq limit ${batchSize}`);
    // What is said to lie ahead was written by a wrong clock, and holds nothing up.
    const recent = rows.findIndex(({ at }) => at >= end && at <= now);
    const old = recent < 0 ? rows : rows.slice(0, recent);
    const last = old.at(-1);
    if (!last) return;
    const changed = old.flatMap(({ seq, id, actorId, data }) => {
      const row = { seq, actor_id: withOthers(actorId, others), data: withOthers(data, others) };
      return aside.has(id) || JSON.stringify([row.actor_id, row.data]) === JSON.stringify([actorId, data]) ? [] : [row];
    });
    isWhole &&= !old.some(({ id }) => aside.has(id));
    await inTransaction(database.pool, async (tx) => {
      await tx.exec(sql`update events e set actor_id = n.actor_id, data = n.data
        from jsonb_to_recordset(${sql.json(changed)}) as n(seq bigint, actor_id uuid, data jsonb) where e.seq = n.seq`);
      // Streams tell by the person whom an event concerns: whoever comes back from before reads everything anew.
      await missedUpTo(tx, last);
      if (isWhole)
        await tx.exec(sql`insert into event_cursors (subscriber, xid, seq) values (${name}, ${last.xid}::xid8, ${last.seq}::bigint)
          on conflict (subscriber) do update set xid = excluded.xid, seq = excluded.seq`);
    });
    if (recent >= 0 || rows.length < batchSize) return;
    from = last;
  }
}

async function pseudonymsOf(db: Db, modules: readonly Module[]): Promise<ReadonlyMap<string, string>> {
  const all = await Promise.all(modules.map(async (module) => [...((await module.pseudonyms?.(db)) ?? [])]));
  return new Map(all.flat());
}

/** A value as it is, with another in place of each text that has one, however deep it lies. */
function withOthers<T>(value: T, others: ReadonlyMap<string, string>): T {
  if (typeof value === 'string') return (others.get(value) ?? value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => withOthers(one, others)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withOthers(one as unknown, others)])) as T;
}

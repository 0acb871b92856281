import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanDatabase } from '../../testing/database.ts';
import type { Database } from '../database/database.ts';
import { dbOf, sql } from '../database/sql.ts';
import { anyHeldBack, eventsHeldBack, lastPositionUpTo, readEvents, takeWaiting } from './event.ts';

describe('in a log of fifty thousand events', () => {
  let database: Database;
  beforeAll(async () => {
    database = await cleanDatabase();
    const db = dbOf(database.pool);
    await db.exec(sql`insert into events (id, type, at, actor_kind, data)
      select gen_random_uuid(), 'made_up.often', now(), 'system', jsonb_build_object('as long as events are', repeat('x', 400)) from generate_series(1, 50000)`);
    await db.exec(
      sql`insert into event_cursors (subscriber, xid, seq) select 'made_up.hears', xid, seq from events order by events.xid desc, events.seq desc limit 1`,
    );
    await db.exec(sql`analyze events`);
  });
  afterAll(() => database.close());

  // A connection plans a statement for its values the first five times: what is rarely heard must not look to it as if the whole log were cheaper than its end.
  it.each(['made_up.seldom', 'made_up.often'])('what comes after a place is found there, on a new connection, too: %s', async (type) => {
    const client = new Client(database.connection);
    await client.connect();
    // As PostgreSQL comes: an index looks dearer to it than on the disks of today.
    await client.query('set random_page_cost = 4');
    // It gives these up by itself once the log is larger than this one.
    await client.query('set enable_bitmapscan = off');
    await client.query('begin');
    const db = dbOf(client);
    const { xid, seq } = await db.one<{ xid: string; seq: string }>(sql`select xid::text, seq::text from event_cursors`);
    const end = { xid: BigInt(xid), seq: BigInt(seq) };
    for (const types of [[type], undefined]) {
      expect((await takeWaiting(db, 0n, 'made_up.hears', types, 100))?.events).toEqual([]);
      expect(await readEvents(db, 0n, end, 100, types)).toEqual([]);
    }
    await eventsHeldBack(db, end);
    await anyHeldBack(db, 0n);
    expect(await lastPositionUpTo(db, end)).toBeDefined();
    const scanned = await db.one(sql`select pg_stat_get_xact_numscans('events'::regclass)::int as times`);
    await client.end();
    expect(scanned).toEqual({ times: 0 });
  });
});

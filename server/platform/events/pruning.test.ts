import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cleanDatabase } from '../../testing/database.ts';
import { jobWork } from '../jobs/jobs.ts';
import type { Database } from '../database/database.ts';
import { type Db, dbOf, sql } from '../database/sql.ts';
import type { Module } from '../module.ts';
import { emptyHouse, madeUp, newEvent } from '../testing.ts';
import { archiveEvents, restoreEvents } from './archive.ts';
import { isPruned, type Position, readLogs, writtenEvents } from './event.ts';
import { monthsBefore, pruneEvents } from './pruning.ts';
import { on } from './subscribers.ts';

const now = new Date('2026-11-23T09:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const before = daysAgo(90);

let database: Database;
let db: Db;
let folder: string;
let needed: string[] = [];
/** A room that needs what it is told to need, with a subscriber that has heard everything. */
const room: Module = {
  name: 'made_up',
  subscribers: [{ name: 'made_up.listens', on: '*', handle: async () => {} }],
  needsEvents: async (_db, concerns) => concerns.filter((concern) => needed.includes(concern)),
};
beforeAll(async () => {
  database = await cleanDatabase();
  db = dbOf(database.pool);
});
afterAll(() => database.close());
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nahbar-archive-'));
  needed = [];
  await db.exec(sql`delete from events`);
  await db.exec(sql`delete from events_pruned`);
  await heard();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const heard = () =>
  db.exec(sql`insert into event_cursors (subscriber, xid, seq) values ('made_up.listens', pg_current_xact_id(), 9000000000)
    on conflict (subscriber) do update set xid = excluded.xid, seq = excluded.seq`);
interface Told {
  days: number;
  concern: string | null;
}
const tell = async (all: readonly Told[]) => {
  const events = all.map(({ days, concern }, n) => ({
    ...newEvent('made_up.told', { n }),
    at: daysAgo(days),
    correlationId: concern,
    actorId: crypto.randomUUID(),
  }));
  // One a statement, as in life: each has a transaction of its own.
  for (const event of events) await db.exec(writtenEvents([event]));
  await heard();
};
const positions = async (): Promise<Position[]> =>
  (await db.query<{ xid: string; seq: string }>(sql`select xid::text, seq::text from events order by events.xid, events.seq`)).map(
    ({ xid, seq }) => ({
      xid: BigInt(xid),
      seq: BigInt(seq),
    }),
  );
type Row = { id: string; at: Date; concern: string | null };
const table = () =>
  db.query<Row & { seq: number }>(sql`select id, seq, at, correlation_id as concern, actor_id, data from events order by seq`);
const withoutSeq = (rows: readonly (Row & { seq: number })[]) =>
  rows.map(({ seq: _seq, ...row }) => row).toSorted((a, b) => (a.id < b.id ? -1 : 1));
const archive = (more: Partial<Parameters<typeof archiveEvents>[2]> = {}) =>
  archiveEvents(database.pool, [room], { folder, before, now, ...more });
/** The newest first, so that all lie in their order again. */
const restoreAll = async () => {
  let count = 0;
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.gz'));
  for (const name of names.toSorted().toReversed()) count += await restoreEvents(database.pool, path.join(folder, name), now);
  return count;
};

describe('old events', () => {
  it('leave with all of their concern or not at all, and come back as they were, in their order', async () => {
    const concerns: string[] = Array.from({ length: 4 }, () => crypto.randomUUID());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ days: fc.constantFrom(400, 360, 200, 91, 89, 1), concern: fc.constantFrom(null, ...concerns) }), {
          maxLength: 25,
        }),
        fc.subarray(concerns),
        async (told, kept) => {
          fs.rmSync(folder, { recursive: true });
          needed = kept;
          await db.exec(sql`delete from events`);
          // The table is in the order in which things happened.
          await tell(told.toSorted((a, b) => b.days - a.days));
          const whole = await table();
          const logs = async () =>
            Promise.all(
              concerns.map(async (concern) => ((await readLogs(db, [concern], ['made_up.told'])).get(concern) ?? []).map(({ id }) => id)),
            );
          const logsBefore = await logs();
          const last = ({ id, concern }: Row) =>
            new Date(
              Math.max(
                ...whole
                  .filter((other) => other.id === id || (concern !== null && other.concern === concern))
                  .map(({ at }) => at.getTime()),
              ),
            );
          // No file may hold what ended before December 2025: a file of November might be kept some days too long.
          const stays = (row: Row) =>
            last(row) >= before || (row.concern !== null && kept.includes(row.concern)) || last(row) < new Date('2025-12-01T00:00:00Z');
          const { files } = await archive();
          expect(await table()).toEqual(whole.filter(stays));
          expect(files.reduce((sum, { events }) => sum + events, 0)).toBe(whole.filter((row) => !stays(row)).length);
          await restoreAll();
          expect(withoutSeq(await table())).toEqual(withoutSeq(whole));
          expect(await logs()).toEqual(logsBefore);
          expect(await restoreAll()).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('wait for the slowest subscriber', async () => {
    await tell([
      { days: 300, concern: null },
      { days: 200, concern: null },
    ]);
    const [first] = await positions();
    await db.exec(sql`update event_cursors set xid = ${String(first?.xid)}::xid8, seq = ${String(first?.seq)}::bigint`);
    await archive();
    expect((await table()).map(({ at }) => at)).toEqual([daysAgo(200)]);
  });

  it('do not wait for one that hears of something else', async () => {
    await tell([{ days: 300, concern: null }]);
    const idle: Module = { name: 'idle', subscribers: [on(madeUp('made_up.else'), 'idle.listens', async () => {})] };
    await db.exec(sql`insert into event_cursors (subscriber, xid, seq) values ('idle.listens', '3', 0)`);
    await archiveEvents(database.pool, [room, idle], { folder, before, now });
    expect(await table()).toEqual([]);
  });

  it('are told to whoever comes back from before them, and to nobody else', async () => {
    const open = crypto.randomUUID();
    needed = [open];
    await tell([
      { days: 300, concern: open },
      { days: 200, concern: null },
      { days: 100, concern: open },
    ]);
    const [first, second] = await positions();
    if (!first || !second) throw new Error('There are three events');
    expect(await isPruned(db, { xid: 3n, seq: 0n })).toBe(false);
    await archive();
    // The oldest is still there, so its place alone would tell nothing.
    expect(await table()).toHaveLength(2);
    expect(await isPruned(db, first)).toBe(true);
    expect(await isPruned(db, second)).toBe(false);
  });

  it('go by themselves after twelve months, archived or not', async () => {
    await tell([
      { days: 366, concern: null },
      { days: 364, concern: null },
    ]);
    const house = await emptyHouse([room], { database: { ...database, close: async () => {} } });
    const { platform } = house;
    await pruneEvents([room]).run({ ...jobWork(platform), once: async () => {} }, {});
    expect((await table()).map(({ at }) => at)).toEqual([daysAgo(364)]);
    await house.close();
  });
});

describe('the archive', () => {
  it('is JSON lines with a checksum that other tools know, and readable by its owner only', async () => {
    await tell([{ days: 120, concern: null }]);
    const [event] = await table();
    const [file] = (await archive()).files;
    expect(file).toEqual({ name: expect.stringMatching(/^events-2026-07-[0-9a-f-]{36}\.jsonl\.gz$/), events: 1 });
    const whole = path.join(folder, file?.name ?? '');
    expect(JSON.parse(gunzipSync(fs.readFileSync(whole)).toString())).toMatchObject({
      id: event?.id,
      type: 'made_up.told',
      data: { n: 0 },
    });
    expect(fs.readFileSync(`${whole}.sha256`, 'utf8')).toMatch(new RegExp(`^[0-9a-f]{64}  ${file?.name}\n$`));
    expect(fs.statSync(whole).mode & 0o077).toBe(0);
  });

  it('is whole before anything leaves the table: what is ended in between is done again, and nothing is there twice', async () => {
    await tell([
      { days: 200, concern: null },
      { days: 150, concern: null },
    ]);
    const whole = await table();
    await database.pool.query(`create function never() returns trigger language plpgsql as $$ begin raise exception 'ended here'; end $$;
      create trigger never before delete on events for each row execute function never()`);
    await expect(archive()).rejects.toThrow('ended here');
    await database.pool.query('drop trigger never on events; drop function never()');
    expect(await table()).toEqual(whole);
    await archive();
    expect(await table()).toEqual([]);
    expect(fs.readdirSync(folder).filter((name) => name.endsWith('.gz'))).toHaveLength(4);
    expect(await restoreAll()).toBe(2);
    expect(withoutSeq(await table())).toEqual(withoutSeq(whole));
  });

  it('is not read when it is damaged, has no checksum, or holds what may not be kept any longer', async () => {
    await tell([{ days: 120, concern: null }]);
    const [{ name } = { name: '' }] = (await archive()).files;
    const file = path.join(folder, name);
    const content = fs.readFileSync(file);
    fs.writeFileSync(file, Buffer.concat([content.subarray(0, -1), Buffer.from([(content.at(-1) ?? 0) ^ 1])]));
    await expect(restoreEvents(database.pool, file, now)).rejects.toThrow('its checksum differs');
    fs.writeFileSync(file, content);
    fs.renameSync(`${file}.sha256`, `${file}.aside`);
    await expect(restoreEvents(database.pool, file, now)).rejects.toThrow('is missing');
    fs.renameSync(`${file}.aside`, `${file}.sha256`);
    await expect(restoreEvents(database.pool, file, new Date(now.getTime() + 300 * 86_400_000))).rejects.toThrow(
      'may not be kept any longer',
    );
    expect(await table()).toEqual([]);
    expect(await restoreEvents(database.pool, file, now)).toBe(1);
  });

  it('loses each file before anything in it has been kept for twelve months after its last event', async () => {
    await tell([
      { days: 300, concern: null },
      { days: 100, concern: null },
    ]);
    const [january, august] = (await archive()).files.map(({ name }) => name);
    expect([january?.slice(0, 14), august?.slice(0, 14)]).toEqual(['events-2026-01', 'events-2026-08']);
    fs.writeFileSync(path.join(folder, 'notes.txt'), 'of somebody else');
    const on = (day: string) => archive({ now: new Date(`${day}T03:00:00Z`) });
    expect((await on('2026-12-31')).removed).toEqual([]);
    expect((await on('2027-01-01')).removed).toEqual([january]);
    expect((await on('2027-08-01')).removed).toEqual([august]);
    expect(fs.readdirSync(folder)).toEqual(['notes.txt']);
  });

  it('can be brought back into a database that was itself restored, and that one be restored again', async () => {
    await tell([
      { days: 120, concern: null },
      { days: 110, concern: null },
      { days: 1, concern: null },
    ]);
    const whole = (await table()).map(({ id }) => id);
    await archive();
    const renumber = () => db.query(sql`select renumber_events_after_restore()`);
    await renumber();
    expect(await isPruned(db, { xid: 3n, seq: 0n })).toBe(false);
    expect(await restoreAll()).toBe(2);
    expect((await table()).map(({ seq }) => seq)).toEqual([-1, 0, 1]);
    // Nobody hears them again.
    expect(await db.query(sql`select id from events where (xid, seq) > ('3'::xid8, 0)`)).toEqual([{ id: whole[2] }]);
    await renumber();
    expect((await table()).map(({ id, seq }) => [id, seq])).toEqual(whole.map((id, n) => [id, n + 1]));
    await db.exec(writtenEvents([newEvent('made_up.told')]));
    expect((await table()).at(-1)?.seq).toBe(4);
  });
});

it('months go back to the same day', () => {
  expect(monthsBefore(new Date('2026-11-23T09:00:00Z'), 12)).toEqual(new Date('2025-11-23T09:00:00Z'));
});

import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cleanDatabase } from '../../testing/database.ts';
import { system } from '../actor.ts';
import { transaction } from '../context.ts';
import type { Database } from '../database/database.ts';
import { createHorizon } from '../database/horizon.ts';
import { dbOf } from '../database/sql.ts';
import { silentLog } from '../log.ts';
import { emptyHouse, madeUp, newEvent } from '../testing.ts';
import { presentPosition, readEvents, writtenEvents } from './event.ts';
import { startTail } from './tail.ts';

describe('a transaction that takes long', () => {
  let ours: Database;
  let theirs: Database;
  const open: Client[] = [];
  beforeAll(async () => {
    [ours, theirs] = await Promise.all([cleanDatabase({ max: 4 }), cleanDatabase({ max: 1 })]);
  });
  afterEach(async () => {
    for (const client of open.splice(0)) await client.end();
  });
  afterAll(() => Promise.all([ours.close(), theirs.close()]));

  /** Begins one that has a number, and leaves it open. */
  async function begins(database: Database, role?: string): Promise<Client> {
    const client = new Client(database.connection);
    await client.connect();
    open.push(client);
    if (role) await client.query(`set session authorization ${role}`);
    await client.query('begin');
    await client.query('select pg_current_xact_id()');
    return client;
  }

  it('in another database of the server holds nothing back, be it for screens or for subscribers', async () => {
    await begins(theirs);
    const heard: string[] = [];
    const tail = await startTail(ours, silentLog, async (events) => void heard.push(...events.map(({ type }) => type)));
    await dbOf(ours.pool).exec(writtenEvents([newEvent('made_up.beside')]));
    tail.poke();
    await expect.poll(() => heard).toContain('made_up.beside');
    await tail.stop();

    const handled: string[] = [];
    const house = await emptyHouse(
      [
        {
          name: 'things',
          subscribers: [
            {
              name: 'things.hear',
              on: [madeUp('things.made')],
              handle: async (_, events) => void handled.push(...events.map(({ type }) => type)),
            },
          ],
        },
      ],
      { database: { ...ours, close: async () => {} }, mode: 'run' },
    );
    await transaction(house.platform, system, async (ctx) => ctx.emit(madeUp('things.made'), {} as never));
    await expect.poll(() => handled).toEqual(['things.made']);
    await house.close();
  });

  it('in ours holds back what came after it, until it has ended', async () => {
    const db = dbOf(ours.pool);
    const horizon = createHorizon(db, 0);
    const from = await presentPosition(db);
    const seen = async () => {
      await horizon.note(true);
      return (await readEvents(db, horizon.bound(), from, 100)).map(({ type }) => String(type));
    };
    const slow = await begins(ours);
    await dbOf(slow).exec(writtenEvents([newEvent('made_up.slow')]));
    await db.exec(writtenEvents([newEvent('made_up.quick')]));
    expect(await seen()).not.toContain('made_up.quick');
    await slow.query('commit');
    expect(await seen()).toEqual(expect.arrayContaining(['made_up.slow', 'made_up.quick']));
  });

  it('whose number is hidden from us counts as ours, until we may see it', async () => {
    const [reader, writer] = [`reader_${Date.now()}`, `writer_${Date.now()}`];
    for (const role of [reader, writer]) await ours.pool.query(`create role ${role}`);
    const slow = await begins(ours, writer);
    const { rows } = await slow.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
    const us = await begins(ours, reader);
    await us.query('rollback');
    const horizon = createHorizon(dbOf(us), 0);
    await horizon.note(true);
    expect(horizon.bound()).toBe(0n);
    await ours.pool.query(`grant pg_read_all_stats to ${reader}`);
    await horizon.note(true);
    expect(horizon.bound()).toBe(BigInt(rows[0]?.xid ?? 0));
    await slow.query('rollback');
    await horizon.note(true);
    expect(horizon.bound()).toBeGreaterThan(BigInt(rows[0]?.xid ?? 0));
    for (const client of open.splice(0)) await client.end();
    for (const role of [reader, writer]) await ours.pool.query(`drop role ${role}`);
  });
});

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanDatabase } from '../../testing/database.ts';
import { system } from '../actor.ts';
import { transaction } from '../context.ts';
import type { Database } from '../database/database.ts';
import { createHorizon } from '../database/horizon.ts';
import { type Db, dbOf, sql } from '../database/sql.ts';
import { emptyHouse, madeUp, newEvent } from '../testing.ts';
import { cursorOf, eventsHeldBack, isAfter, type Position, presentPosition, readCursor, readEvents, writtenEvents } from './event.ts';
import { refusalsWritten } from './refusals.ts';
import type { Subscriber } from './subscribers.ts';

/** Reads until nothing is held back: here, where nobody asks the horizon, transactions of other databases on the same server count too. */
async function settled(db: Db, position: () => Position, read: () => Promise<void>): Promise<void> {
  for (await read(); await eventsHeldBack(db, position()); await read()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('the order of events', () => {
  let database: Database;
  beforeAll(async () => {
    database = await cleanDatabase({ max: 12 });
  });
  afterAll(() => database.close());

  it.each(['as the snapshot knows it', 'as the horizon knows it'])(
    'lets no reader skip an event, in whatever order transactions commit: %s',
    async (how) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.record({ commitAfter: fc.nat(5), fails: fc.boolean(), count: fc.integer({ min: 1, max: 3 }) }), {
            minLength: 2,
            maxLength: 6,
          }),
          async (plan) => {
            const db = dbOf(database.pool);
            const type = `made_up.run_${crypto.randomUUID()}`;
            let position = await presentPosition(db);
            const seen: number[] = [];
            const horizon = createHorizon(db, 0);
            const read = async () => {
              await horizon.note(how === 'as the horizon knows it');
              for (const event of await readEvents(db, horizon.bound(), position, 500)) {
                position = event.position;
                // The present is where the oldest running transaction began, so events of the run before may come again.
                if (String(event.type) === type) seen.push((event.data as unknown as { n: number }).n);
              }
            };
            // All transactions write first; they end in the order of `commitAfter`, with reads in between.
            const open = [];
            let n = 0;
            const expected = new Set<number>();
            for (const step of plan) {
              const client = await database.pool.connect();
              await client.query('begin');
              const mine = Array.from({ length: step.count }, () => (n += 1));
              await dbOf(client).exec(writtenEvents(mine.map((i) => newEvent(type, { n: i }))));
              if (!step.fails) for (const i of mine) expected.add(i);
              open.push({ client, step });
            }
            for (const { client, step } of open.sort((a, b) => a.step.commitAfter - b.step.commitAfter)) {
              await client.query(step.fails ? 'rollback' : 'commit');
              client.release();
              await read();
            }
            await settled(db, () => position, read);
            expect(new Set(seen)).toEqual(expected);
            expect(seen).toHaveLength(expected.size);
          },
        ),
        { numRuns: 40 },
      );
    },
    // The snapshot waits for transactions of other tests, too, of which some last half a minute.
    120_000,
  );

  it('writes the events of one transaction in the order they were emitted', async () => {
    const db = dbOf(database.pool);
    // While somebody else's transaction on this server is open, that is a place before what the tests above wrote.
    let position = await presentPosition(db);
    await db.exec(writtenEvents(Array.from({ length: 50 }, (_, i) => newEvent('made_up.ordered', { n: i }))));
    const seen: number[] = [];
    // It may take as long as another test keeps a transaction open on this server; so the horizon is asked.
    const horizon = createHorizon(db, 0);
    const read = async () => {
      await horizon.note(true);
      const events = await readEvents(db, horizon.bound(), position, 100);
      position = events.at(-1)?.position ?? position;
      for (const { type, data } of events) if (String(type) === 'made_up.ordered') seen.push((data as unknown as { n: number }).n);
      return events.length;
    };
    while ((await read()) > 0 || (await eventsHeldBack(db, position))) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(seen).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });
});

describe('a cursor', () => {
  it('survives its way through a browser, and order is kept', () => {
    const position = fc.record({ xid: fc.bigInt(0n, 2n ** 62n), seq: fc.bigInt(0n, 2n ** 62n) });
    fc.assert(fc.property(position, (p) => void expect(readCursor(cursorOf(p))).toEqual(p)));
    fc.assert(fc.property(position, position, (a, b) => void expect(isAfter(a, b) && isAfter(b, a)).toBe(false)));
  });

  it.each(['', 'x', '1.', '.1', '1.2.3', 'zz zz', '1.2; drop table events', '9'.repeat(40)])('that cannot be read is none: %j', (text) => {
    expect(readCursor(text)).toBeUndefined();
  });
});

describe('a subscriber', () => {
  const counter = (name: string, onEvent: (n: number) => unknown): Subscriber => ({
    name,
    on: [madeUp('made_up.counted')],
    async handle(ctx, events) {
      for (const event of events) {
        const { n } = event.data as unknown as { n: number };
        await onEvent(n);
        await ctx.db.exec(sql`insert into effects (subscriber, n) values (${name}, ${n})`);
      }
    },
  });
  const emit = (house: Awaited<ReturnType<typeof emptyHouse>>, numbers: number[]) =>
    transaction(house.platform, system, async (ctx) => {
      for (const n of numbers) ctx.emit(madeUp('made_up.counted'), { n } as never);
    });
  const effects = async (house: Awaited<ReturnType<typeof emptyHouse>>, name: string) =>
    (await dbOf(house.platform.database.pool).query<{ n: number }>(sql`select n from effects where subscriber = ${name} order by n`)).map(
      (r) => r.n,
    );
  const withEffects = async () => {
    const database = await cleanDatabase({ max: 12 });
    await database.pool.query('create table effects (subscriber text, n int)');
    return database;
  };

  it('gets every event once, in order, and each subscriber for itself', async () => {
    const order: number[] = [];
    const house = await emptyHouse([{ name: 'a', subscribers: [counter('a.one', (n) => order.push(n)), counter('a.two', () => {})] }], {
      database: await withEffects(),
    });
    await emit(house, [1, 2, 3]);
    await emit(house, [4]);
    await house.drain();
    await house.drain();
    expect(order).toEqual([1, 2, 3, 4]);
    expect(await effects(house, 'a.one')).toEqual([1, 2, 3, 4]);
    expect(await effects(house, 'a.two')).toEqual([1, 2, 3, 4]);
    await house.close();
  });

  it('sets a failing event aside, goes on with the others, and tries it again until it is visible as failed', async () => {
    let heal = false;
    const house = await emptyHouse(
      [
        {
          name: 'a',
          subscribers: [
            counter('a.flaky', (n) => {
              if (n === 2 && !heal) throw new Error('does not like two');
            }),
          ],
        },
      ],
      { database: await withEffects() },
    );
    await emit(house, [1, 2, 3]);
    await house.drain();
    expect(await effects(house, 'a.flaky')).toEqual([1, 3]);
    // Its retries are jobs; when all are used up, it is listed for people.
    const db = dbOf(house.platform.database.pool);
    for (let i = 0; i < 12; i += 1) {
      await db.exec(sql`update pgboss.job set start_after = now() where state in ('created', 'retry')`);
      await house.drain();
    }
    const [failed] = await house.platform.jobs.failed(10);
    expect(failed).toMatchObject({ job: 'events.redeliver' });
    heal = true;
    expect(await house.platform.jobs.retry(failed?.id ?? '')).toBe(true);
    await house.drain();
    expect(await effects(house, 'a.flaky')).toEqual([1, 2, 3]);
    await house.close();
  });

  it('tried again by a process that was taken for dead meanwhile has its effects once', async () => {
    const database = await withEffects();
    const db = dbOf(database.pool);
    const due = sql`update pgboss.job set start_after = now() where state in ('created', 'retry')`;
    let tries = 0;
    const house = await emptyHouse(
      [
        {
          name: 'a',
          subscribers: [
            counter('a.late', async () => {
              tries += 1;
              // With its batch and alone: then it is set aside.
              if (tries <= 2) throw new Error('does not like it yet');
              // What pg-boss does when it has not heard of a process: the job is there for the next one.
              if (tries === 3) await db.exec(sql`update pgboss.job set state = 'retry' where state = 'active'`);
            }),
          ],
        },
      ],
      { database },
    );
    await emit(house, [1]);
    for (const expected of [
      [2, []],
      [4, [1]],
      [4, [1]],
    ]) {
      await house.drain();
      expect([tries, await effects(house, 'a.late')]).toEqual(expected);
      await db.exec(due);
    }
    expect(await house.platform.jobs.failed(10)).toEqual([]);
    expect(await db.query(sql`select state from pgboss.job`)).toEqual([{ state: 'completed' }]);
    await house.close();
  });

  it.each([false, true])(
    'is drained of what another one wrote, and keeps what is owed while its cursor is held; side by side: %s',
    async (sideBySide) => {
      const database = await withEffects();
      const echo: Subscriber = {
        name: 'a.echo',
        on: [madeUp('made_up.asked')],
        async handle(ctx, events) {
          for (const { data } of events) ctx.emit(madeUp('made_up.counted'), data as never);
        },
      };
      // The one who hears the echo stands before it.
      const house = await emptyHouse([{ name: 'a', subscribers: [counter('a.counts', () => {}), echo] }], { database });
      const ask = (n: number) => transaction(house.platform, system, async (ctx) => ctx.emit(madeUp('made_up.asked'), { n } as never));
      await house.drain({ sideBySide });
      await ask(1);
      await house.drain({ sideBySide });
      expect(await effects(house, 'a.counts')).toEqual([1]);

      await emit(house, [2]);
      const holder = await database.pool.connect();
      await holder.query(`begin; select from event_cursors where subscriber = 'a.counts' for update`);
      await house.drain({ sideBySide });
      expect(await effects(house, 'a.counts')).toEqual([1]);
      await holder.query('commit');
      holder.release();
      await house.drain({ sideBySide });
      expect(await effects(house, 'a.counts')).toEqual([1, 2]);
      await house.close();
    },
  );

  it('running in two processes at once still has each effect once', async () => {
    const database = await withEffects();
    const module = () => [{ name: 'a', subscribers: [counter('a.shared', () => {})] }];
    const one = await emptyHouse(module(), { database, mode: 'run' });
    const two = await emptyHouse(module(), { database: { ...database, close: async () => {} }, mode: 'run' });
    const numbers = Array.from({ length: 200 }, (_, i) => i);
    await Promise.all(numbers.map((n) => emit(n % 2 ? one : two, [n])));
    await expect.poll(() => effects(one, 'a.shared'), { timeout: 15_000 }).toEqual(numbers);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await effects(one, 'a.shared')).toHaveLength(numbers.length);
    await two.close();
    await one.close();
  });
});

describe('a refusal', () => {
  it('is remembered although its transaction is undone', async () => {
    const house = await emptyHouse([]);
    const db = dbOf(house.platform.database.pool);
    await db.exec(sql`create table effects (subscriber text, n int)`);
    const attempt = transaction(house.platform, system, async (ctx) => {
      await ctx.db.exec(sql`insert into effects values ('x', 1)`);
      ctx.emit(madeUp('made_up.done'), {} as never);
      ctx.emitEvenIfRefused(madeUp('made_up.refused'), { n: 1 } as never);
      throw new Error('no');
    });
    await expect(attempt).rejects.toThrow('no');
    await refusalsWritten(house.platform);
    expect(await db.query(sql`select type from events`)).toEqual([{ type: 'made_up.refused' }]);
    expect(await db.query(sql`select n from effects`)).toEqual([]);
    await house.close();
  });

  it('is written with others of the same moment', async () => {
    const house = await emptyHouse([]);
    const refused = () =>
      transaction(house.platform, system, async (ctx) => {
        ctx.emitEvenIfRefused(madeUp('made_up.refused_at_the_end'), {} as never);
        throw new Error('no');
      }).catch(() => {});
    await Promise.all(Array.from({ length: 50 }, refused));
    await refusalsWritten(house.platform);
    const written = await dbOf(house.platform.database.pool).one<{ events: number; statements: number }>(
      sql`select count(*) as events, count(distinct xid) as statements from events where type = 'made_up.refused_at_the_end'`,
    );
    expect(written.events).toBe(50);
    expect(written.statements).toBeLessThan(10);
    await house.close();
  });
});

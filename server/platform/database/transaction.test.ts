import type { PoolClient } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cleanDatabase } from '../../testing/database.ts';
import type { Database } from './database.ts';
import { type Db, dbOf, sql } from './sql.ts';
import { inTransaction, isDatabaseAway } from './transaction.ts';

describe('a transaction', () => {
  let database: Database;
  const values = async () => (await dbOf(database.pool).query<{ n: number }>(sql`select n from tally order by id`)).map(({ n }) => n);

  beforeAll(async () => {
    database = await cleanDatabase();
    await dbOf(database.pool).exec(sql`create table tally (id int primary key, n int not null)`);
  });
  beforeEach(() => database.pool.query('truncate tally; insert into tally values (1, 0), (2, 0)'));
  afterAll(() => database.close());

  it('commits what its function did', async () => {
    expect(await inTransaction(database.pool, (db) => db.exec(sql`update tally set n = 5`))).toBe(2);
    expect(await values()).toEqual([5, 5]);
  });

  it('undoes everything when its function throws, and gives the connection back', async () => {
    for (let i = 0; i < 20; i += 1) {
      const work = inTransaction(database.pool, async (db) => {
        await db.exec(sql`update tally set n = 5`);
        throw new Error('no');
      });
      await expect(work).rejects.toThrow('no');
    }
    expect(await values()).toEqual([0, 0]);
    expect(database.pool.idleCount).toBe(database.pool.totalCount);
  });

  it('does not pretend to have committed after a swallowed error', async () => {
    const work = inTransaction(database.pool, async (db) => {
      await db.exec(sql`update tally set n = 5`);
      await db.exec(sql`select 1 / 0`).catch(() => {});
    });
    await expect(work).rejects.toThrow('rolled back');
    expect(await values()).toEqual([0, 0]);
  });

  it('ends once: what its last statement undid is not rolled back again, which PostgreSQL would complain about', async () => {
    const complaints: string[] = [];
    database.pool.once('acquire', (client: PoolClient) => void client.on('notice', ({ message }) => void complaints.push(String(message))));
    const work = inTransaction(database.pool, (db) => db.exec(sql`update tally set n = 5`), {
      last: { statement: () => sql`select 1 / 0`, alone: async () => {} },
    });
    await expect(work).rejects.toThrow('division by zero');
    expect(await values()).toEqual([0, 0]);
    expect(complaints).toEqual([]);
    expect(database.pool.idleCount).toBe(database.pool.totalCount);
  });

  it('can not be used after its end', async () => {
    let kept: Db | undefined;
    await inTransaction(database.pool, async (db) => {
      kept = db;
    });
    await expect(kept?.exec(sql`select 1`)).rejects.toThrow('an await is missing');
  });

  it('lets those who wait for it go on when it stands still, and is undone', async () => {
    const [locked, awake] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const still = inTransaction(database.pool, async (db) => {
      await db.exec(sql`update tally set n = 9 where id = 1`);
      locked.resolve();
      await awake.promise;
      await db.exec(sql`update tally set n = 9 where id = 2`);
    }).catch((error: unknown) => error);
    await locked.promise;
    await inTransaction(database.pool, (db) => db.exec(sql`update tally set n = n + 1 where id = 1`));
    awake.resolve();
    // Nobody's work is to blame: it is repeated, not given up.
    expect(isDatabaseAway(await still)).toBe(true);
    expect(await values()).toEqual([1, 0]);
  });

  it('is repeated after a deadlock when asked to', async () => {
    const both = Promise.withResolvers<void>();
    let arrived = 0;
    let runs = 0;
    const cross = (first: number, second: number) =>
      inTransaction(
        database.pool,
        async (db) => {
          runs += 1;
          await db.exec(sql`update tally set n = n + 1 where id = ${first}`);
          arrived += 1;
          if (arrived === 2) both.resolve();
          await both.promise;
          await db.exec(sql`update tally set n = n + 1 where id = ${second}`);
        },
        { retry: true },
      );
    await Promise.all([cross(1, 2), cross(2, 1)]);
    expect(await values()).toEqual([2, 2]);
    // Whoever is repeated may be the faster one once more, before the other has woken: then they meet again.
    expect(runs).toBeGreaterThanOrEqual(3);
  });

  it('is repeated when serializable rivals collide', async () => {
    const add = () => inTransaction(database.pool, addOne, { retry: true, isolation: 'serializable' });
    await Promise.all([add(), add()]);
    expect(await values()).toEqual([2, 0]);
  });

  it('is not repeated unasked, and refuses to write when read-only', async () => {
    await expect(inTransaction(database.pool, (db) => db.exec(sql`update tally set n = 1`), { readOnly: true })).rejects.toThrow(
      'read-only',
    );
  });
});

async function addOne(db: Db): Promise<void> {
  const { total } = await db.one<{ total: number }>(sql`select sum(n) as total from tally`);
  await db.exec(sql`update tally set n = ${total + 1} where id = 1`);
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { system } from './actor.ts';
import { type Ctx, transaction } from './context.ts';
import type { Change } from './database/change.ts';
import { type Db, dbOf, sql } from './database/sql.ts';
import type { House } from './house/house.ts';
import { emptyHouse, madeUp } from './testing.ts';

describe('a change of one row', () => {
  let house: House;
  let db: Db;
  beforeAll(async () => {
    house = await emptyHouse([]);
    db = dbOf(house.platform.database.pool);
    await db.exec(sql`create table doors (id int primary key, version int not null, owner text)`);
  });
  afterAll(() => house.close());

  const takes: Change<{ id: number; version: number; owner: string }> = {
    columns: { id: 'int', version: 'int', owner: 'text' },
    statement: (given) =>
      sql`update doors set version = doors.version + 1, owner = given.owner from ${given} where doors.id = given.id and doors.version = given.version`,
  };

  /** Takes a door for the one who finds it free; `looked` runs between look and change. */
  const take = (id: number, owner: string, looked?: () => Promise<unknown>) =>
    transaction(house.platform, system, async (ctx: Ctx) => {
      const { version, owner: other } = await ctx.peek.one<{ version: number; owner: string | null }>(
        sql`select version, owner from doors where id = ${id}`,
      );
      if (other) throw new Error(`${other} has it`);
      await looked?.();
      ctx.changeOne(takes, { id, version, owner });
      ctx.emit(madeUp('made_up.taken'), { id, owner } as never);
      return owner;
    });
  const events = async (id: number) =>
    (await db.query<{ owner: string }>(sql`select data->>'owner' as owner from events where (data->>'id')::int = ${id}`)).map(
      (e) => e.owner,
    );

  it('is written with its event', async () => {
    await db.exec(sql`insert into doors values (1, 0, null)`);
    expect(await take(1, 'Kim')).toBe('Kim');
    expect(await db.one(sql`select owner, version from doors where id = 1`)).toEqual({ owner: 'Kim', version: 1 });
    expect(await events(1)).toEqual(['Kim']);
  });

  it('that finds its row changed is undone with everything beside it, and the work looks again', async () => {
    await db.exec(sql`insert into doors values (2, 0, null)`);
    let looks = 0;
    let thrownAway = 0;
    house.platform.database.pool.on('remove', () => (thrownAway += 1));
    const late = take(2, 'Olaf', async () => {
      looks += 1;
      await take(2, 'Kim');
    });
    await expect(late).rejects.toThrow('Kim has it');
    expect(looks).toBe(1);
    expect(await events(2)).toEqual(['Kim']);
    // A new connection, which knows no statement yet, costs more than all of this.
    expect(thrownAway).toBe(0);
  });

  it('succeeds on another attempt when what came between does not matter', async () => {
    await db.exec(sql`insert into doors values (3, 0, null)`);
    let looks = 0;
    const taken = take(3, 'Olaf', async () => {
      looks += 1;
      if (looks === 1) await db.exec(sql`update doors set version = version + 1 where id = 3`);
    });
    expect(await taken).toBe('Olaf');
    expect(looks).toBe(2);
    expect(await events(3)).toEqual(['Olaf']);
  });

  it('undoes what the same work did before it', async () => {
    await db.exec(sql`insert into doors values (4, 0, null)`);
    const attempt = transaction(house.platform, system, async (ctx) => {
      await ctx.db.exec(sql`update doors set owner = 'nobody' where id = 4`);
      ctx.changeOne(takes, { id: 4, version: 0, owner: 'Kim' });
      ctx.changeOne(takes, { id: -1, version: 0, owner: 'Kim' });
      ctx.emit(madeUp('made_up.taken'), { id: 4, owner: 'Kim' } as never);
    });
    await expect(attempt).rejects.toMatchObject({ code: '40001' });
    expect(await db.one(sql`select owner from doors where id = 4`)).toEqual({ owner: null });
    expect(await events(4)).toEqual([]);
  });

  it('of any number who want the same goes to one', async () => {
    await db.exec(sql`insert into doors values (5, 0, null)`);
    const tries = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => take(5, `adviser ${n}`)));
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1);
    expect(await events(5)).toHaveLength(1);
  });

  it('is committed together with others, and fails for nobody but the one who was overtaken', async () => {
    await db.exec(sql`insert into doors select n, 0, null from generate_series(10, 29) n`);
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => take(10 + n, `adviser ${n}`, n === 7 ? () => take(17, 'Kim') : undefined)),
    );
    expect(tries.flatMap((t, n) => (t.status === 'rejected' ? [n] : []))).toEqual([7]);
    expect(await db.query(sql`select id, version from doors where id between 10 and 29 and (version <> 1 or owner is null)`)).toEqual([]);
    for (let n = 0; n < 20; n += 1) expect(await events(10 + n)).toEqual([n === 7 ? 'Kim' : `adviser ${n}`]);
    const { commits } = await db.one<{ commits: number }>(
      sql`select count(distinct xid)::int as commits from events where (data->>'id')::int between 10 and 29`,
    );
    expect(commits).toBeLessThan(20);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanDatabase } from '../../testing/database.ts';
import type { Database } from './database.ts';
import { compile, type Db, dbOf, sql } from './sql.ts';

describe('the sql tag', () => {
  it('keeps values apart from the text', () => {
    expect(compile(sql.unprepared(sql`select ${1} where a = ${"'; drop table x"}`))).toEqual({
      text: 'select $1 where a = $2',
      values: [1, "'; drop table x"],
    });
  });

  it('weaves fragments in and numbers through', () => {
    const where = sql.join([sql`a = ${1}`, sql`b = ${2}`], sql` and `);
    expect(compile(sql`select ${0} from t where ${where} or c = ${3}${sql.empty}`)).toMatchObject({
      text: 'select $1 from t where a = $2 and b = $3 or c = $4',
      values: [0, 1, 2, 3],
    });
  });

  it('takes no object for a fragment only because it looks like one', () => {
    const forged = { parts: ['drop table x'], values: [], prepared: false };
    expect(compile(sql`select ${forged}`)).toMatchObject({ text: 'select $1', values: [forged] });
  });

  it('refuses undefined', () => {
    expect(() => sql`select ${undefined}`).toThrow('say null when null is meant');
  });

  it('gives the same text the same name, unless it is not to be prepared', () => {
    expect(compile(sql`select ${1}`).name).toBe(compile(sql`select ${2}`).name);
    expect(compile(sql`select ${1}`).name).not.toBe(compile(sql`select ${1} `).name);
    expect(compile(sql`${sql.unprepared(sql`select 1`)}`).name).toBeUndefined();
  });

  it('quotes names and joins nothing to nothing', () => {
    expect(compile(sql`select ${sql.quoted('a"b')}${sql.join([])}`).text).toBe('select "a""b"');
  });
});

describe('statements on the database', () => {
  let database: Database;
  let db: Db;
  beforeAll(async () => {
    database = await cleanDatabase();
    db = dbOf(database.pool);
    await db.exec(sql`create table thing (id int primary key, tags text[], facts jsonb)`);
  });
  afterAll(() => database.close());

  it('reads counts as numbers, days as text, instants as dates and too large numbers as text', async () => {
    const row = await db.one(sql`select count(*) as n, date '2026-03-29' as day, timestamptz '2026-03-29 12:00+02' as at,
      9007199254740993 as big, array[1, null, 3]::int8[] as list, array['2026-01-01'::date] as days, 1.10::numeric as amount`);
    expect(row).toEqual({
      n: 1,
      day: '2026-03-29',
      at: new Date('2026-03-29T10:00:00Z'),
      big: '9007199254740993',
      list: [1, null, 3],
      days: ['2026-01-01'],
      amount: '1.10',
    });
  });

  it('counts rows and takes lists and json', async () => {
    expect(await db.exec(sql`insert into thing values (1, ${['a', 'b']}, ${sql.json(['x', { y: 1 }])}), (2, null, null)`)).toBe(2);
    expect(await db.maybe(sql`select tags, facts from thing where id = ${1}`)).toEqual({ tags: ['a', 'b'], facts: ['x', { y: 1 }] });
    expect(await db.maybe(sql`select 1 from thing where id = ${9}`)).toBeUndefined();
    await expect(db.maybe(sql`select 1 from thing`)).rejects.toThrow('Expected at most one row, found 2');
    await expect(db.one(sql`select 1 from thing where id = ${9}`)).rejects.toThrow('Expected one row, found 0');
  });

  it('prepares each statement once on a connection', async () => {
    const client = await database.pool.connect();
    try {
      const own = dbOf(client);
      for (const id of [1, 2, 3]) await own.query(sql`select * from thing where id = ${id}`);
      await own.query(sql.unprepared(sql`select * from thing`));
      expect(await own.one(sql`select count(*) as n from pg_prepared_statements where statement like 'select * from thing%'`)).toEqual({
        n: 1,
      });
    } finally {
      client.release();
    }
  });
});

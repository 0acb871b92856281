import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModules } from '../modules/order.ts';
import { readConfig } from '../platform/config/config.ts';
import type { Database } from '../platform/database/database.ts';
import { silentLog } from '../platform/log.ts';
import type { Module } from '../platform/module.ts';
import { cleanDatabase } from '../testing/database.ts';
import { loadSample } from './load.ts';
import { beginTrial, isSampleUnfinished, takeBack } from './trial.ts';

const config = readConfig({ LOG_LEVEL: 'silent', NAHBAR_DATA: '/nonexistent' });

describe('a sample company that breaks off', () => {
  let database: Database;
  beforeAll(async () => {
    database = await cleanDatabase();
  });
  afterAll(() => database.close());

  /** Every row of every table but the readers' places. */
  const everything = async (): Promise<Record<string, unknown[]>> => {
    const { rows } = await database.pool.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'event_cursors' order by 1`,
    );
    const found: Record<string, unknown[]> = {};
    for (const { name } of rows) {
      const { rows: all } = await database.pool.query(`select to_jsonb(t)::text as row from ${name} t order by 1`);
      if (all.length > 0) found[name] = all;
    }
    return found;
  };
  const add = (email: string) =>
    database.pool.query(`insert into people (id, name, email, roles) values (gen_random_uuid(), 'Kim Paulsen', $1, '{agent}')`, [email]);

  it('leaves the installation as it was, and can be tried again', async () => {
    const before = await everything();
    let people = 0;
    const trouble: Module = {
      name: 'trouble',
      subscribers: [],
      ticks: [
        {
          name: 'trouble.break',
          everySeconds: 1,
          async run() {
            people = (await database.pool.query('select from people')).rowCount ?? 0;
            throw new Error('broken off');
          },
        },
      ],
    };
    const secret = 'a secret for tests only, thirty-two characters';
    const modules = [...(await loadModules()), trouble];
    await expect(loadSample({ config, log: silentLog, secret, database, modules })).rejects.toThrow('broken off');
    expect(people).toBeGreaterThan(10);
    expect(Object.keys(before)).toContain('topics');
    expect(await everything()).toEqual(before);
    expect(await isSampleUnfinished(database)).toBe(false);
  });

  it('is taken back only when it is one, and only its own people are in it', async () => {
    await add('erika@post.example');
    await expect(takeBack(database)).rejects.toThrow('it was not touched');
    await database.pool.query('delete from people');
    await beginTrial(database);
    await add('kim@hansekontor.example');
    expect(await isSampleUnfinished(database)).toBe(true);
    await add('erika@post.example');
    expect(await isSampleUnfinished(database)).toBe(false);
    await expect(takeBack(database)).rejects.toThrow('it was not touched');
    expect((await database.pool.query('select from people')).rowCount).toBe(2);
  });
});

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emptyDatabase } from '../../testing/database.ts';
import type { Database } from './database.ts';
import { migrate, migrationsFolder, readMigrations } from './migrate.ts';

describe('migrate', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nahbar-migrations-'));
  const write = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);
  const run = () => migrate(database.connection, { folder });
  let database: Database;

  beforeAll(() =>
    fs.copyFileSync(path.join(migrationsFolder, '0001_platform_migrations.sql'), path.join(folder, '0001_platform_migrations.sql')),
  );
  beforeEach(async () => {
    for (const name of fs.readdirSync(folder)) if (!name.startsWith('0001')) fs.rmSync(path.join(folder, name));
    write('0002_shop_things.sql', 'create table things (id int); insert into things values (1);');
    database = await emptyDatabase();
    return () => database.close();
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it('applies what is waiting, in order, once', async () => {
    expect(await run()).toEqual(['0001_platform_migrations', '0002_shop_things']);
    write('0003_shop_more.sql', 'alter table things add column n int;');
    expect(await run()).toEqual(['0003_shop_more']);
    expect(await run()).toEqual([]);
    const { rows } = await database.pool.query('select number, name, length(checksum) as n from schema_migrations order by 1');
    expect(rows).toEqual([
      { number: 1, name: '0001_platform_migrations', n: 64 },
      { number: 2, name: '0002_shop_things', n: 64 },
      { number: 3, name: '0003_shop_more', n: 64 },
    ]);
  });

  it('lets processes that start together take turns', async () => {
    const results = await Promise.all([run(), run(), run(), run()]);
    expect(results.filter((applied) => applied.length > 0)).toEqual([['0001_platform_migrations', '0002_shop_things']]);
  });

  it('undoes a migration that fails half-way and says which', async () => {
    write('0003_shop_broken.sql', 'insert into things values (2); select nonsense;');
    await expect(run()).rejects.toThrow('The migration 0003_shop_broken failed and was undone: column "nonsense" does not exist');
    expect((await database.pool.query('select * from things')).rows).toEqual([{ id: 1 }]);
    write('0003_shop_broken.sql', 'insert into things values (3);');
    expect(await run()).toEqual(['0003_shop_broken']);
  });

  it('refuses a database that a newer version has used', async () => {
    await run();
    fs.rmSync(path.join(folder, '0002_shop_things.sql'));
    await expect(run()).rejects.toThrow(
      'last used by a newer Nahbar: it has the migration 0002_shop_things, and this program knows only up to 0001',
    );
  });

  it('refuses an applied migration that was changed, but not its line ends', async () => {
    await run();
    write('0002_shop_things.sql', 'create table things (id int);\r\n');
    await expect(run()).rejects.toThrow('0002_shop_things was changed after it had been applied');
    write(
      '0001_platform_migrations.sql',
      fs.readFileSync(path.join(migrationsFolder, '0001_platform_migrations.sql'), 'utf8').replaceAll('\n', '\r\n'),
    );
    write('0002_shop_things.sql', 'create table things (id int); insert into things values (1);');
    expect(await run()).toEqual([]);
  });

  it('refuses a migration that comes late, a number that stands twice and a name that is none', async () => {
    write('0004_shop_later.sql', 'select 1');
    await run();
    write('0003_shop_late.sql', 'select 1');
    await expect(run()).rejects.toThrow('0003_shop_late comes before 0004_shop_later');
    write('0004_cases_same.sql', 'select 1');
    await expect(run()).rejects.toThrow('Two migrations have the number 4');
    write('new.sql', 'select 1');
    expect(() => readMigrations(folder)).toThrow('new.sql is no name of a migration');
  });
});

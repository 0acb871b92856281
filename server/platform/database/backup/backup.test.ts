import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyDatabase } from '../../../testing/database.ts';
import type { Database } from '../database.ts';
import { migrate, readMigrations } from '../migrate.ts';
import { backUp } from './backup.ts';
import { restore } from './restore.ts';

const migration = (name: string, text: string) => ({ name: `${name}.sql`, text });
const history = migration(
  '0001_platform_migrations',
  fs.readFileSync(new URL('../../../migrations/0001_platform_migrations.sql', import.meta.url), 'utf8'),
);
// Everything that makes loading table by table hard: keys that form a circle, a trigger, computed columns, an identity, seeded rows.
const shop = migration(
  '0002_shop_tables',
  `create table a (id bigint generated always as identity primary key, b_id uuid, name text not null, shout text generated always as (upper(name)) stored);
   create table b (id uuid primary key, a_id bigint not null references a, blob bytea, facts jsonb, at timestamptz, tags text[]);
   alter table a add constraint a_b foreign key (b_id) references b deferrable initially deferred;
   create table seeded (key text primary key, n int not null);
   insert into seeded values ('first', 1);
   create function forbid() returns trigger language plpgsql as $$ begin raise exception 'no rows here'; end $$;
   create function never_after_restore() returns void language plpgsql as $$ begin update seeded set n = n + 100 where key = 'called'; end $$;
   create trigger kept before truncate on seeded execute function forbid();
   create trigger guarded before insert on a for each row when (new.name like 'Tabu%') execute function forbid();`,
);
const later = migration('0003_shop_more', `alter table b add column note text not null default 'new'; create index b_at on b (at);`);

describe('backup and restore', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nahbar-backup-'));
  const file = path.join(folder, 'one.backup');
  const old = path.join(folder, 'old');
  const current = path.join(folder, 'current');
  let source: Database;

  beforeAll(async () => {
    writeMigrations(old, [history, shop]);
    writeMigrations(current, [history, shop, later]);
    source = await emptyDatabase();
    await migrate(source.connection, { folder: old });
    await source.pool.query(`
      insert into a (name) select 'Zeile ' || i || E' \\\\ \\t \\n ä€🙂' from generate_series(1, 5000) i;
      insert into b select gen_random_uuid(), id, decode(repeat('00ff', 300), 'hex'), jsonb_build_object('n', id, 'x', null), '2026-03-29 02:30+02', array['a,"b', null] from a where id % 3 = 0;
      update a set b_id = b.id from b where b.a_id = a.id;
      set constraints all immediate;
      alter table a disable trigger guarded; insert into a (name) values ('Tabu'); alter table a enable trigger guarded;
      update seeded set n = 42; insert into seeded values ('called', 1)`);
    await backUp(source.connection, file);
  });
  afterAll(async () => {
    await source.close();
    fs.rmSync(folder, { recursive: true });
  });

  it('brings back every row of every table, in the same schema', async () => {
    const target = await emptyDatabase();
    const summary = await restore(target.connection, file, { migrations: readMigrations(old) });
    expect(summary).toEqual({ tables: 3, rows: 5001 + 1666 + 2, migration: '0002_shop_tables' });
    await source.pool.query(`update seeded set n = n + 100 where key = 'called'`);
    expect(await fingerprints(target)).toEqual(await fingerprints(source));
    await source.pool.query(`update seeded set n = n - 100 where key = 'called'`);
    await expect(target.pool.query(`insert into a (name) values ('Tabu 2')`)).rejects.toThrow('no rows here');
    await expect(target.pool.query(`insert into b (id, a_id) values (gen_random_uuid(), -1)`)).rejects.toThrow('foreign key');
    // Number 5002 went to the refused row: numbers go on where they were.
    expect((await target.pool.query(`insert into a (name) values ('next') returning id`)).rows).toEqual([{ id: 5003 }]);
    await target.close();
  });

  it('brings an older backup up to the schema of today', async () => {
    const target = await emptyDatabase();
    await restore(target.connection, file, { migrations: readMigrations(current) });
    expect((await target.pool.query(`select note, count(*) as n from b group by 1`)).rows).toEqual([{ note: 'new', n: 1666 }]);
    expect(await migrate(target.connection, { folder: current })).toEqual([]);
    await target.close();
  });

  it('refuses the backup of a newer version and one with another history', async () => {
    const target = await emptyDatabase();
    await expect(restore(target.connection, file, { migrations: readMigrations(old).slice(0, 1) })).rejects.toThrow(
      'made by a newer Nahbar',
    );
    const changed = readMigrations(old).map((known) => ({ ...known, checksum: 'x' }));
    await expect(restore(target.connection, file, { migrations: changed })).rejects.toThrow('another history');
    await target.close();
  });

  it('refuses a database with tables, unless forced to replace them', async () => {
    const target = await emptyDatabase();
    const client = new Client(target.connection);
    await client.connect();
    await client.query('create table mine (id int)');
    await expect(restore(target.connection, file, { migrations: readMigrations(old) })).rejects.toThrow('not empty');
    expect((await client.query('select count(*)::int as n from mine')).rows).toEqual([{ n: 0 }]);
    await restore(target.connection, file, { migrations: readMigrations(old), force: true });
    expect((await client.query(`select to_regclass('mine') as gone, (select count(*)::int from a) as n`)).rows).toEqual([
      { gone: null, n: 5001 },
    ]);
    await client.end();
    await target.close();
  });

  it('refuses while a Nahbar is connected', async () => {
    const target = await emptyDatabase();
    await target.pool.query('select 1');
    await expect(restore(target.connection, file, { migrations: readMigrations(old), force: true })).rejects.toThrow('Stop it first');
    await target.close();
  });

  it('changes nothing when the file is torn, altered or something else', async () => {
    const target = await emptyDatabase();
    const whole = fs.readFileSync(file);
    const plain = gunzipSync(whole);
    const altered = Buffer.from(plain);
    altered.write('Keile', plain.indexOf('Zeile 4711'));
    const headless = gzipSync(plain.subarray(0, plain.lastIndexOf('{"tables"') - 5));
    const cases = [
      [whole.subarray(0, whole.length / 2), 'ends in the middle'],
      [Buffer.from('PK something else'), 'is no backup'],
      [gzipSync(altered), 'the rows of a are not those'],
      [headless, 'damaged'],
    ] as const;
    for (const [content, message] of cases) {
      const broken = path.join(folder, 'broken');
      fs.writeFileSync(broken, content);
      await expect(restore(target.connection, broken, { migrations: readMigrations(old), force: true })).rejects.toThrow(message);
    }
    const client = new Client(target.connection);
    await client.connect();
    expect((await client.query(`select count(*)::int as n from pg_class where relnamespace = 'public'::regnamespace`)).rows).toEqual([
      { n: 0 },
    ]);
    await client.end();
    await target.close();
  });

  it('writes one instant although rows are added meanwhile, and leaves no file when it fails', async () => {
    const busy = await emptyDatabase();
    await migrate(busy.connection, { folder: old });
    let going = true;
    const writer = (async () => {
      // Each commit adds the same number to both tables; a file of two instants would have different ones.
      while (going)
        await busy.pool
          .query(`with x as (insert into a (name) values ('x') returning id) insert into b (id, a_id) select gen_random_uuid(), id from x`)
          .catch(() => {});
    })();
    const during = path.join(folder, 'during');
    await expect.poll(async () => (await busy.pool.query('select from a')).rowCount).toBeGreaterThan(10);
    await backUp(busy.connection, during);
    going = false;
    await writer;
    await busy.close();
    const target = await emptyDatabase();
    await restore(target.connection, during, { migrations: readMigrations(old) });
    const { rows } = await target.pool.query(`select (select count(*) from a) as a, (select count(*) from b) as b`);
    expect(rows[0].a).toBe(rows[0].b);
    expect(rows[0].a).toBeGreaterThan(10);
    await target.close();
    const empty = await emptyDatabase();
    await expect(backUp(empty.connection, path.join(folder, 'never'))).rejects.toThrow('nothing to back up');
    expect(fs.readdirSync(folder).filter((name) => name.startsWith('never'))).toEqual([]);
    await empty.close();
  });
});

function writeMigrations(folder: string, all: { name: string; text: string }[]): void {
  fs.mkdirSync(folder);
  for (const { name, text } of all) fs.writeFileSync(path.join(folder, name), text);
}

/** Rows and a hash over all rows of each table. */
async function fingerprints(database: Database): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const table of ['a', 'b', 'seeded']) {
    const { rows } = await database.pool.query<{ row: string }>(`select t::text as row from ${table} t order by 1`);
    found[table] = `${rows.length} ${createHash('sha256')
      .update(rows.map(({ row }) => row).join('\n'))
      .digest('hex')}`;
  }
  return found;
}

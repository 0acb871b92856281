import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../platform/database/database.ts';
import { migrate, readMigrations } from '../platform/database/migrate.ts';
import { describeSchema } from '../platform/database/schema.ts';
import { cleanDatabase } from '../testing/database.ts';

const file = new URL('./schema.sql', import.meta.url);

describe('the migrations', () => {
  let database: Database;
  beforeAll(async () => {
    database = await cleanDatabase();
  });
  afterAll(() => database.close());

  it('lead to the schema that schema.sql shows', async (context) => {
    // PostgreSQL writes expressions and views a little differently from version to version; the file is that of the embedded one.
    const { rows } = await database.pool.query<{ version: string }>(`select current_setting('server_version_num') as version`);
    if (!rows[0]?.version.startsWith('18')) context.skip();
    const client = await database.pool.connect();
    const schema = await describeSchema(client).finally(() => client.release());
    if (process.env['UPDATE_SCHEMA']) fs.writeFileSync(file, schema);
    expect(schema, 'run UPDATE_SCHEMA=1 npm test server/migrations').toBe(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');
  });

  it('make nothing outside the schema public, because backups hold only that', async () => {
    const { rows } = await database.pool.query(
      `select nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('public', 'information_schema')`,
    );
    expect(rows).toEqual([]);
  });

  it('need no second run', async () => {
    expect(readMigrations().length).toBeGreaterThan(0);
    expect(await migrate(database.connection)).toEqual([]);
  });
});

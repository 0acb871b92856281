import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { order } from '../server/modules/order.ts';
import type { Database } from '../server/platform/database/database.ts';
import { dbOf, sql } from '../server/platform/database/sql.ts';
import type { PersonalDataRegister } from '../server/platform/personal-data.ts';
import { cleanDatabase } from '../server/testing/database.ts';

/** The register of each room, and that of the platform. */
async function registers(): Promise<{ of: string; register: PersonalDataRegister }[]> {
  const found: { of: string; register: PersonalDataRegister }[] = [];
  for (const of of ['platform', ...order]) {
    const file = new URL(
      of === 'platform' ? '../server/platform/platform-data.ts' : `../server/modules/${of}/personal-data.ts`,
      import.meta.url,
    );
    if (existsSync(file)) found.push({ of, register: ((await import(file.href)) as { personalData: PersonalDataRegister }).personalData });
  }
  return found;
}

describe('the register of personal data', () => {
  let database: Database;
  let actual: string[];
  let declared: { of: string; column: string }[];
  beforeAll(async () => {
    database = await cleanDatabase();
    const rows = await dbOf(database.pool).query<{ column: string }>(sql`select format('%s.%s', c.relname, a.attname) as column
      from pg_class c join pg_attribute a on a.attrelid = c.oid where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and a.attnum > 0 and not a.attisdropped order by 1`);
    actual = rows.map((row) => row.column);
    declared = (await registers()).flatMap(({ of, register }) =>
      Object.entries(register).flatMap(([table, { plain, personal }]) =>
        [...plain, ...Object.keys(personal)].map((column) => ({ of, column: `${table}.${column}` })),
      ),
    );
  });
  afterAll(() => database.close());

  it('knows every column; those missing belong into personal-data.ts of the room whose table it is', () => {
    const known = new Set(declared.map((line) => line.column));
    expect(actual.filter((column) => !known.has(column))).toEqual([]);
  });

  it('names no column that does not exist, and none twice', () => {
    const there = new Set(actual);
    expect(declared.filter((line) => !there.has(line.column))).toEqual([]);
    expect(declared.length).toBe(new Set(declared.map((line) => line.column)).size);
  });

  it('gives each personal column a purpose that says something', async () => {
    for (const { register } of await registers())
      for (const [table, { personal }] of Object.entries(register))
        for (const [column, facts] of Object.entries(personal))
          expect([`${table}.${column}`, facts.purpose.length > 10]).toEqual([`${table}.${column}`, true]);
  });
});

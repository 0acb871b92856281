import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, type ClientBase, type ClientConfig } from 'pg';

/** One step of the schema's history. */
export type Migration = { number: number; name: string; text: string; checksum: string };

/** A schema that this program can't work with; the message is for the person who starts it. */
export class SchemaUnfit extends Error {
  override name = 'SchemaUnfit';
}

export const migrationsFolder = fileURLToPath(new URL('../../migrations/', import.meta.url));

// Any constant will do, as long as it is always the same: "nahbar" in ASCII.
const lockKey = 0x6e6168626172;

/** All migrations in order. Throws when a name is not NNNN_<domain>_<what>.sql or a number stands twice. */
export function readMigrations(folder = migrationsFolder): Migration[] {
  const names = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.sql') && name !== 'schema.sql')
    .toSorted();
  const migrations = names.map((name) => {
    if (!/^\d{4}_[a-z]+_[a-z0-9_]+\.sql$/.test(name))
      throw new SchemaUnfit(`${name} is no name of a migration; it is NNNN_<domain>_<what>.sql.`);
    const text = fs.readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    return { number: Number(name.slice(0, 4)), name: name.slice(0, -4), text, checksum: createHash('sha256').update(text).digest('hex') };
  });
  for (const [index, migration] of migrations.entries()) {
    const before = migrations[index - 1];
    if (before?.number === migration.number)
      throw new SchemaUnfit(`Two migrations have the number ${migration.number}: ${before.name} and ${migration.name}.`);
  }
  return migrations;
}

/**
 * Brings the schema up to date, each migration in a transaction of its own; processes that start together take turns.
 * Returns the names of those applied now. Throws SchemaUnfit when the database is newer than the program or its history differs.
 * `upTo` stops after that number (restoring an older backup).
 */
export async function migrate(connection: ClientConfig, { folder = migrationsFolder, upTo = Infinity } = {}): Promise<string[]> {
  const migrations = readMigrations(folder);
  const client = new Client({ ...connection, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    const waiting = pending(migrations, await readApplied(client)).filter(({ number }) => number <= upTo);
    for (const migration of waiting) await applyInTransaction(client, migration);
    return waiting.map(({ name }) => name);
  } finally {
    // Ending the session gives the lock back.
    await client.end();
  }
}

/** What of the history is applied; empty in a new database. */
export async function readApplied(client: {
  query(text: string): Promise<{ rows: unknown[] }>;
}): Promise<Pick<Migration, 'number' | 'name' | 'checksum'>[]> {
  const { rows } = await client.query(`select to_regclass('public.schema_migrations') is not null as present`);
  if (!(rows[0] as { present: boolean }).present) return [];
  return (await client.query('select number, name, checksum from public.schema_migrations order by number')).rows as Migration[];
}

/** The migrations still to be applied. Throws SchemaUnfit when history and program don't fit each other. */
export function pending(migrations: Migration[], applied: Pick<Migration, 'number' | 'name' | 'checksum'>[]): Migration[] {
  const newest = migrations.at(-1);
  const newer = applied.find(({ number }) => number > (newest?.number ?? 0));
  if (newer) {
    throw new SchemaUnfit(
      `The database was last used by a newer Nahbar: it has the migration ${newer.name}, and this program knows only up to ${newest?.name ?? 'none'}. Install the newer version again, or restore a backup made with this one.`,
    );
  }
  for (const done of applied) {
    const known = migrations.find(({ number }) => number === done.number);
    if (!known || known.name !== done.name)
      throw new SchemaUnfit(`The database has the migration ${done.name}, which this program does not know.`);
    if (known.checksum !== done.checksum) {
      throw new SchemaUnfit(
        `The migration ${done.name} was changed after it had been applied. Put the file back as it was and write a new migration.`,
      );
    }
  }
  const last = applied.at(-1)?.number ?? 0;
  const done = new Set(applied.map(({ number }) => number));
  const waiting = migrations.filter(({ number }) => !done.has(number));
  const late = waiting.find(({ number }) => number < last);
  if (late)
    throw new SchemaUnfit(
      `The migration ${late.name} comes before ${applied.at(-1)?.name}, which is applied already. Give it the next free number.`,
    );
  return waiting;
}

/** Applies one migration and writes it into the history; the caller holds the transaction. */
export async function apply(client: ClientBase, migration: Migration): Promise<void> {
  const started = performance.now();
  await client.query(migration.text);
  await client.query(
    'insert into public.schema_migrations (number, name, checksum, applied_at, milliseconds) values ($1, $2, $3, now(), $4)',
    [migration.number, migration.name, migration.checksum, Math.round(performance.now() - started)],
  );
}

async function applyInTransaction(client: Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await apply(client, migration);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw new SchemaUnfit(
      `The migration ${migration.name} failed and was undone: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

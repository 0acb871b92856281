import { Client, type ClientBase, type ClientConfig } from 'pg';
import { apply, type Migration, readMigrations, SchemaUnfit } from '../migrate.ts';
import type { BackupSummary } from './backup.ts';
import { copyTarget, listTables, quoted } from './catalogue.ts';
import { copyIn } from './copy.ts';
import {
  BackupBroken,
  type Frame,
  fileEnd,
  type Header,
  header,
  newDigest,
  parseFrame,
  readBackupFile,
  type SequenceState,
  sequences,
  type TableStart,
  tableEnd,
  tableStart,
} from './file.ts';
import { setConstraintsAside } from './set-aside.ts';

/** The database to restore into has tables already. */
export class TargetNotEmpty extends Error {
  override name = 'TargetNotEmpty';
}

/**
 * Reads a backup into an empty database, and brings an older one up to this program's schema. All of it is one transaction:
 * interrupted at any point, the database is as it was before. `force` first removes what is there.
 */
export async function restore(
  connection: ClientConfig,
  file: string,
  { force = false, migrations = readMigrations() } = {},
): Promise<BackupSummary> {
  const frames = readBackupFile(file);
  const client = new Client({ ...connection, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    const head = parseFrame(await next(frames), 'h', header);
    const known = migrationsOf(head, migrations);
    await client.query('begin');
    await makeRoom(client, force);
    for (const migration of known) await apply(client, migration);
    const summary = await load(client, frames);
    for (const migration of migrations.slice(known.length)) await apply(client, migration);
    await client.query('commit');
    return { ...summary, migration: known.at(-1)?.name ?? '' };
  } finally {
    await frames.return(undefined);
    // Without a commit, ending the session undoes everything.
    await client.end();
  }
}

/** The program's migrations up to the backup's; both must tell the same history. */
function migrationsOf(head: Header, migrations: Migration[]): Migration[] {
  for (const [index, { name, checksum }] of head.migrations.entries()) {
    const known = migrations[index];
    if (known?.name === name && known.checksum === checksum) continue;
    if (!known) throw new SchemaUnfit(`The backup was made by a newer Nahbar (it has the migration ${name}); restore it with that one.`);
    throw new SchemaUnfit(
      `The backup has another history than this program: it has ${name}, where the program has ${known.name} or another text of it.`,
    );
  }
  return migrations.slice(0, head.migrations.length);
}

async function makeRoom(client: ClientBase, force: boolean): Promise<void> {
  const { rows } = await client.query<{ tables: string; users: string }>(`select
    (select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')) as tables,
    (select count(*) from pg_stat_activity where datname = current_database() and application_name = 'nahbar' and pid <> pg_backend_pid()) as users`);
  if (Number(rows[0]?.users) > 0) throw new TargetNotEmpty('A Nahbar is connected to this database. Stop it first.');
  if (Number(rows[0]?.tables) === 0) return;
  if (!force) throw new TargetNotEmpty('The database is not empty. Restore into a new one, or say --force to replace everything in it.');
  await client.query('drop schema public cascade');
  await client.query('create schema public');
}

async function load(client: ClientBase, frames: AsyncGenerator<Frame, void>): Promise<{ tables: number; rows: number }> {
  const putBack = await setConstraintsAside(client);
  const present = await listTables(client);
  // Rows that migrations themselves wrote come back from the backup.
  if (present.length > 0) await client.query(`truncate ${present.map(({ name }) => `public.${quoted(name)}`).join(', ')}`);
  let tables = 0;
  let rows = 0;
  for (;;) {
    const frame = await next(frames);
    if (frame?.kind === 's') {
      await setSequences(client, parseFrame(frame, 's', sequences));
      break;
    }
    rows += await loadTable(client, parseFrame(frame, 't', tableStart), frames);
    tables += 1;
  }
  const end = parseFrame(await next(frames), 'z', fileEnd);
  if (end.tables !== tables) throw new BackupBroken(`The backup is damaged: it has ${tables} tables and should have ${end.tables}.`);
  await putBack();
  await callAfterRestore(client);
  return { tables, rows };
}

async function loadTable(client: ClientBase, table: TableStart, frames: AsyncGenerator<Frame, void>): Promise<number> {
  const digest = newDigest();
  let last: Frame | undefined;
  const content = async function* (): AsyncGenerator<Buffer> {
    for (;;) {
      last = await next(frames);
      if (last?.kind !== 'd') return;
      digest.update(last.content);
      yield last.content;
    }
  };
  const rows = await copyIn(client, `copy ${copyTarget(table)} from stdin`, content());
  const end = parseFrame(last, 'e', tableEnd);
  if (end.rows !== rows || end.sha256 !== digest.digest('hex'))
    throw new BackupBroken(`The backup is damaged: the rows of ${table.name} are not those that were written.`);
  return rows;
}

async function setSequences(client: ClientBase, states: SequenceState[]): Promise<void> {
  for (const { name, value, called } of states)
    await client.query('select setval($1::regclass, $2::bigint, $3)', [`public.${quoted(name)}`, value, called]);
}

/** What a restored database must put right itself, e.g. numbers that only hold in the cluster they were made in. Named `…_after_restore`. */
async function callAfterRestore(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select proname as name from pg_proc where pronamespace = 'public'::regnamespace and proname like '%\\_after\\_restore' and pronargs = 0 order by 1`,
  );
  for (const { name } of rows) await client.query(`select public.${quoted(name)}()`);
}

async function next(frames: AsyncGenerator<Frame, void>): Promise<Frame | undefined> {
  return (await frames.next()).value ?? undefined;
}

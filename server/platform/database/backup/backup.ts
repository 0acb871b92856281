import { Client, type ClientBase, type ClientConfig } from 'pg';
import { readApplied, SchemaUnfit } from '../migrate.ts';
import { copyTarget, listSequences, listTables } from './catalogue.ts';
import { copyOut } from './copy.ts';
import { type Header, newDigest, type TableEnd, type TableStart, writeBackupFile } from './file.ts';

export type BackupSummary = { tables: number; rows: number; migration: string };

/**
 * Writes everything in the schema `public` as of one instant into `file`, while others go on writing to the database.
 * Runs in constant memory. The file appears under its name only when it is complete.
 */
export async function backUp(connection: ClientConfig, file: string, now = new Date()): Promise<BackupSummary> {
  const client = new Client({ ...connection, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  const target = writeBackupFile(file);
  try {
    // One snapshot for all tables.
    await client.query('begin isolation level repeatable read read only');
    const header = await describe(client, now);
    const newest = header.migrations.at(-1);
    if (!newest) throw new SchemaUnfit('There is nothing to back up: the database has no tables of Nahbar.');
    await target.json('h', header);
    const tables = await listTables(client);
    let rows = 0;
    for (const table of tables) rows += await writeTable(client, table, target);
    await target.json('s', await listSequences(client));
    await target.json('z', { tables: tables.length });
    await client.query('commit');
    await target.finish();
    return { tables: tables.length, rows, migration: newest.name };
  } catch (error) {
    await target.abandon();
    throw error;
  } finally {
    await client.end();
  }
}

async function describe(client: ClientBase, now: Date): Promise<Header> {
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`);
  return { form: 'nahbar-backup/1', at: now.toISOString(), postgres: rows[0]?.version ?? '', migrations: await readApplied(client) };
}

async function writeTable(client: ClientBase, table: TableStart, target: ReturnType<typeof writeBackupFile>): Promise<number> {
  await target.json('t', table);
  const digest = newDigest();
  const { chunks, rows } = copyOut(client, `copy ${copyTarget(table)} to stdout`);
  let waiting: Buffer[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const content = Buffer.concat(waiting);
    waiting = [];
    size = 0;
    digest.update(content);
    await target.data(content);
  };
  // PostgreSQL sends one message a row; bigger pieces compress and travel better.
  for await (const chunk of chunks as AsyncIterable<Buffer>) {
    waiting.push(chunk);
    size += chunk.length;
    if (size >= 64 * 1024) await flush();
  }
  if (size > 0) await flush();
  const end: TableEnd = { rows: rows(), sha256: digest.digest('hex') };
  await target.json('e', end);
  return end.rows;
}

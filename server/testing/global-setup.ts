import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { isRunning } from '../platform/database/embedded/holders.ts';
import { migrate } from '../platform/database/migrate.ts';
import { layOut, urlOf } from '../platform/database/embedded/postgres-files.ts';
import { createCluster, ensureRunning, stopServer } from '../platform/database/embedded/postgres-process.ts';
import { withDatabase } from './database.ts';

// Nothing in a test survives the run, so nothing need reach the disk.
const forTests = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: 300,
  shared_buffers: '128MB',
  // It would visit some hundred databases a minute, in which nothing grows old.
  autovacuum_naptime: '1h',
};
const folderPrefix = 'nahbar-test-';

/** One PostgreSQL for the whole run: a throw-away embedded one, or NAHBAR_TEST_DATABASE_URL. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const given = process.env['NAHBAR_TEST_DATABASE_URL'];
  const server = given ? { url: given, stop: async () => {} } : await startThrowAway();
  const prefix = `nahbar_test_${process.pid}_`;
  if (given) await dropDatabases(given, isLeftover);
  const template = `${prefix}template`;
  await run(server.url, `create database ${template} encoding 'UTF8' template template0`);
  await migrate({ connectionString: withDatabase(server.url, template) });
  project.provide('database', { url: server.url, template, prefix });
  return async () => {
    if (given) await dropDatabases(given, (name) => name.startsWith(prefix));
    await server.stop();
  };
}

async function startThrowAway(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${folderPrefix}${process.pid}-`));
  const layout = layOut(folder);
  createCluster(layout);
  await ensureRunning(layout, forTests);
  const stop = async () => {
    await stopServer(layout);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return { url: urlOf(layout, 'postgres'), stop };
}

/** What an earlier run left behind when it was killed: its server still runs and its folder is full. */
async function removeLeftovers(): Promise<void> {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const owner = Number(/^nahbar-test-(\d+)-/.exec(name)?.[1] ?? 0);
    if (owner === 0 || isRunning(owner)) continue;
    const folder = path.join(os.tmpdir(), name);
    await stopServer(layOut(folder));
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function isLeftover(name: string): boolean {
  const owner = Number(/^nahbar_test_(\d+)_/.exec(name)?.[1] ?? 0);
  return owner > 0 && !isRunning(owner);
}

async function dropDatabases(url: string, chosen: (name: string) => boolean): Promise<void> {
  const rows = await run(url, 'select datname as name from pg_database');
  for (const { name } of rows as { name: string }[]) if (chosen(name)) await run(url, `drop database if exists ${name} with (force)`);
}

async function run(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

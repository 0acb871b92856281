import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { createPool, openDatabase, unfit } from './database.ts';
import { connectionTo, type Layout, layOut, readPidFile } from './embedded/postgres-files.ts';
import { createCluster, ensureRunning, stopServer } from './embedded/postgres-process.ts';

const open = (databaseUrl: string) => openDatabase({ databaseUrl, data: '/nowhere', databaseConnections: 5 });

describe('an external database', () => {
  it('is opened by its address', async () => {
    const database = await open(inject('database').url);
    expect(database.kind).toBe('external');
    expect((await database.pool.query('select count(*) as n')).rows).toEqual([{ n: 1 }]);
    await database.close();
  });

  it('is refused with a sentence when it does not answer', async () => {
    await expect(open('postgresql://nobody@127.0.0.1:1/x')).rejects.toThrow(
      "DATABASE_URL can't be reached: connect ECONNREFUSED 127.0.0.1:1.",
    );
    await expect(open(withDatabase(inject('database').url, 'no_such'))).rejects.toThrow('database "no_such" does not exist');
  });

  it('is refused when it is older than what we test on', () => {
    expect(unfit({ version: 140_012, shown: '14.12', encoding: 'UTF8' })).toBe(
      'DATABASE_URL is PostgreSQL 14.12; Nahbar needs 15 or newer.',
    );
    expect(unfit({ version: 150_000, shown: '15.0', encoding: 'UTF8' })).toBeUndefined();
  });

  it('is refused when it can not hold every character', async () => {
    const { url, prefix } = inject('database');
    const name = `${prefix}ascii`;
    const admin = new Client({ connectionString: url });
    await admin.connect();
    await admin.query(`create database ${name} template template0 encoding 'SQL_ASCII' locale_provider libc locale 'C'`);
    await admin.end();
    await expect(open(withDatabase(url, name))).rejects.toThrow('encoded in SQL_ASCII; Nahbar needs UTF8');
  });
});

describe.skipIf(process.platform === 'win32')('a database that goes away and comes back', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `nahbar-test-${process.pid}-away`));
  let layout: Layout;
  let pool: Pool;

  beforeAll(async () => {
    layout = layOut(folder);
    createCluster(layout);
    await ensureRunning(layout, { fsync: 'off' });
    pool = createPool(connectionTo(layout, 'postgres'), { max: 4 });
    await pool.query('create table kept (n int)');
  });
  afterAll(async () => {
    await pool.end();
    await stopServer(layout);
    fs.rmSync(folder, { recursive: true });
  });

  it('fails the statements of that time and serves those after it', async () => {
    const inTransaction = await pool.connect();
    await inTransaction.query('begin; insert into kept values (1)');
    const running = pool.query('select pg_sleep(60)').catch((error: Error) => error);
    const resting = await pool.connect();
    resting.release();
    process.kill(readPidFile(layout)?.pid ?? 0, 'SIGKILL');
    expect(await running).toBeInstanceOf(Error);
    // Errors of connections nobody is waiting on arrive between the statements.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await expect(inTransaction.query('commit')).rejects.toBeInstanceOf(Error);
    inTransaction.release(true);
    for (let i = 0; i < 6; i += 1) await expect(pool.query('select 1')).rejects.toBeInstanceOf(Error);
    await ensureRunning(layout, { fsync: 'off' });
    expect((await pool.query('select count(*) as n from kept')).rows).toEqual([{ n: 0 }]);
    expect((await Promise.all(Array.from({ length: 8 }, () => pool.query('select 1 as n')))).length).toBe(8);
  });
});

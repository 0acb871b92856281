import net from 'node:net';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routingEndpoints } from '../../contract/routing.ts';
import { workspaceEndpoints } from '../../contract/workspace.ts';
import { agreeOn, cast, type Cast } from '../modules/workspace/testing.ts';
import { system } from '../platform/actor.ts';
import { reading, transaction } from '../platform/context.ts';
import { createPool, openDatabase } from '../platform/database/database.ts';
import { migrate } from '../platform/database/migrate.ts';
import { reportsOfReplica } from '../platform/database/replica.ts';
import { type Db, sql } from '../platform/database/sql.ts';
import { silentLog } from '../platform/log.ts';
import { type TestHouse, testHouse } from './house.ts';
import { type CopiedPostgres, findSystemPostgres, startReplica, startSystemPostgres, type SystemPostgres } from './system-postgres.ts';

const open = (databaseUrl: string, databaseReplicaUrl: string) =>
  openDatabase({ databaseUrl, databaseReplicaUrl, data: '/nowhere', databaseConnections: 5 });
const whereAsked = (db: Db) => db.one<{ isReplica: boolean }>(sql`select pg_is_in_recovery() as "isReplica"`);
/** A report is read-only on either. */
const write = (db: Db) => db.exec(sql`delete from settings`);

describe('without a replica', () => {
  let h: TestHouse;
  beforeAll(async () => {
    h = await testHouse({}, { upTo: 'workspace' });
  });
  afterAll(() => h.close());

  it('the primary answers, read only, and nothing is said of one', async () => {
    const ctx = reading(h.house.platform, system);
    expect(await ctx.report(whereAsked)).toEqual({ value: { isReplica: false }, asOf: null });
    await expect(ctx.report(write)).rejects.toThrow('read-only transaction');
    await expect(transaction(h.house.platform, system, (inside) => inside.report(whereAsked))).rejects.toThrow('outside a transaction');
    expect(await h.house.platform.database.reports.look()).toBeUndefined();
    expect((await h.house.platform.health(ctx)).map(({ name }) => name)).not.toContain('workspace.replica');
    expect((await h.house.http.inject('/metrics')).body).not.toContain('nahbar_replica');
  });
});

describe.skipIf(!findSystemPostgres())('with a streaming replica', () => {
  let primary: SystemPostgres;
  let replica: CopiedPostgres;
  let h: TestHouse;
  let we: Cast;
  let onPrimary: Client;

  beforeAll(async () => {
    const started = await startSystemPostgres({ durable: true });
    if (!started) throw new Error('There is no PostgreSQL');
    primary = started;
    await migrate({ connectionString: primary.url });
    replica = startReplica(primary);
    h = await testHouse({}, { database: await open(primary.url, replica.url) });
    we = await cast(h);
    await agreeOn(h, ['breach_causes']);
    onPrimary = new Client({ connectionString: primary.url });
    await onPrimary.connect();
  }, 120_000);
  afterAll(async () => {
    await onPrimary?.end();
    await h?.close();
    replica?.stop();
    await primary?.stop();
  });

  const look = () => h.house.platform.database.reports.look();
  const report = <T>(read: (db: Db) => Promise<T>) => reading(h.house.platform, system).report(read);
  /** On the replica itself, which may be paused, promoted, or gone and back. */
  const tell = async (text: string) => {
    const client = new Client({ connectionString: replica.url });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  };
  const healthLine = async () =>
    (await h.house.platform.health(reading(h.house.platform, system))).find(({ name }) => name === 'workspace.replica');
  const figures = async () =>
    Object.fromEntries(
      (await h.house.http.inject('/metrics')).body
        .split('\n')
        .filter((line) => /^nahbar_re(plica|ports)/.test(line))
        .map((line) => line.split(' ') as [string, string]),
    );

  it('reads reports there, in a transaction that can not write', async () => {
    await expect.poll(look).toEqual({ unused: null, behind: 0 });
    expect(await report(whereAsked)).toEqual({ value: { isReplica: true }, asOf: null });
    await expect(report(write)).rejects.toThrow('read-only transaction');
    expect(await healthLine()).toEqual({ name: 'workspace.replica', ok: true });
    expect(await figures()).toMatchObject({ nahbar_replica_used: '1', 'nahbar_reports_total{from="replica"}': '1' });
  });

  it('asks the primary what fails there', async () => {
    const { value } = await report(async (db) => {
      const { isReplica } = await whereAsked(db);
      if (isReplica) throw new Error('canceling statement due to conflict with recovery');
      return 'the primary';
    });
    expect(value).toBe('the primary');
    expect((await report(whereAsked)).value).toEqual({ isReplica: true });
  });

  it('says as of when a report is while the replica lags, and asks the primary once it lags too far', async () => {
    await expect.poll(look).toEqual({ unused: null, behind: 0 });
    await tell('select pg_wal_replay_pause()');
    const pools = [createPool({ connectionString: primary.url }), createPool({ connectionString: replica.url })] as const;
    try {
      await onPrimary.query('create table came_later (n int)');
      await onPrimary.query('select pg_sleep(2.2)');
      const { value, asOf } = await report((db) => db.one(sql`select to_regclass('came_later') is not null as known`));
      expect(value).toEqual({ known: false });
      expect(h.clock.now().getTime() - (asOf?.getTime() ?? 0)).toBeGreaterThan(2_000);
      const late = (await h.call(we.luise, routingEndpoints.breaches, { limit: 50 })).body;
      const chain = (await h.call(we.dorit, workspaceEndpoints.verifyAudit, {})).body;
      for (const told of [late.asOf, chain.asOf]) expect(Date.parse(told ?? '')).toBeLessThan(h.clock.now().getTime() - 2_000);
      expect(Number((await figures())['nahbar_replica_behind_seconds'])).toBeGreaterThan(2);

      const impatient = reportsOfReplica(...pools, silentLog, 1_000);
      expect(await impatient.look()).toEqual({ unused: 'behind', behind: expect.any(Number) });
      expect(await impatient.read(whereAsked)).toEqual({ value: { isReplica: false }, behind: 0 });
    } finally {
      await tell('select pg_wal_replay_resume()');
      for (const pool of pools) await pool.end();
    }
    await expect
      .poll(async () => (await report((db) => db.one(sql`select to_regclass('came_later') is not null as known`))).value)
      .toEqual({ known: true });
  });

  it('lets the primary answer while it is gone, says so, and goes back to it', async () => {
    await expect.poll(look).toEqual({ unused: null, behind: 0 });
    replica.kill();
    const began = performance.now();
    expect((await report(whereAsked)).value).toEqual({ isReplica: false });
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(await healthLine()).toMatchObject({ ok: false, code: 'workspace.replica_away' });
    expect(await figures()).toMatchObject({ nahbar_replica_used: '0' });
    // A process begins without it, too.
    const another = await open(primary.url, replica.url);
    expect((await another.reports.read(whereAsked)).value).toEqual({ isReplica: false });
    await another.close();
    replica.start();
    await expect.poll(async () => (await report(whereAsked)).value, { timeout: 20_000 }).toEqual({ isReplica: true });
    expect(await healthLine()).toMatchObject({ ok: true });
  });

  it('waits a second at most for one that says nothing', async () => {
    const sockets: net.Socket[] = [];
    const silent = net.createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as net.AddressInfo;
    const pools = [
      createPool({ connectionString: primary.url }),
      createPool({ connectionString: `postgresql://x@127.0.0.1:${port}/x` }),
    ] as const;
    const reports = reportsOfReplica(...pools, silentLog);
    const began = performance.now();
    for (let n = 0; n < 3; n += 1) expect((await reports.read(whereAsked)).value).toEqual({ isReplica: false });
    expect(performance.now() - began).toBeLessThan(2_500);
    expect(reports.counts).toEqual({ replica: 0, primary: 3 });
    for (const socket of sockets) socket.destroy();
    silent.close();
    for (const pool of pools) await pool.end();
  });

  it('refuses to start with what is no replica of this database, and says why', async () => {
    await onPrimary.query('create database another');
    const elsewhere = (url: string, name: string) => url.replace('/postgres?', `/${name}?`);
    await expect(open(primary.url, elsewhere(primary.url, 'another'))).rejects.toThrow(
      'DATABASE_REPLICA_URL is no replica of DATABASE_URL: it is another database.',
    );
    await expect(open(primary.url, elsewhere(replica.url, 'no_such'))).rejects.toThrow(
      'DATABASE_REPLICA_URL can\'t be used: database "no_such" does not exist.',
    );
    await expect(open(primary.url, replica.url.replace('test@', 'nobody@'))).rejects.toThrow('role "nobody" does not exist');
  });

  // The last one: there is no way back.
  it('leaves one alone that was promoted', async () => {
    await tell('select pg_promote()');
    await expect.poll(look).toEqual({ unused: 'promoted', behind: null });
    await tell(`insert into settings (key, value) values ('only_there', '1')`);
    const { value } = await report((db) => db.query(sql`select from settings where key = 'only_there'`));
    expect(value).toEqual([]);
    expect(await healthLine()).toMatchObject({ ok: false, code: 'workspace.replica_promoted' });
    const another = await open(primary.url, replica.url);
    expect(await another.reports.look()).toMatchObject({ unused: 'promoted' });
    await another.close();
  });
});

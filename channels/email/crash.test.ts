import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccount } from '../../server/modules/channels/testing.ts';
import { dbOf, sql } from '../../server/platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../server/testing/house.ts';
import { until } from './testing/expect.ts';
import { freePorts } from './testing/ports.ts';
import { stubbornSender } from './testing/stubborn-sender.ts';
import { startWorker, type Worker } from './testing/worker.ts';

const secret = 'a secret for tests only, thirty-two characters';

const mail = (id: string, tries = 0) =>
  `Received: from kunde.test by relay.test; attempt ${tries}\r\nFrom: Frau Klein <klein@kunde.test>\r\nTo: service@shop.test\r\nMessage-ID: <${id}@kunde.test>\r\nSubject: Frage ${id}\r\n\r\nGuten Tag ${id}\r\n`;

describe('a worker process and its mail receiver', () => {
  let house: TestHouse;
  let databaseUrl: string;
  let smtpPort = 0;
  let worker: Worker | undefined;
  const start = async () => {
    worker = await startWorker({ databaseUrl, smtpPort, secret });
  };
  beforeAll(async () => {
    house = await testHouse({}, { upTo: 'channels' });
    databaseUrl = house.house.platform.database.url;
    [smtpPort = 0] = await freePorts(1);
    await createAccount(house, { kind: 'email', address: 'service@shop.test' });
  });
  afterAll(async () => {
    await worker?.kill();
    await house?.close();
  });
  const address = () => `127.0.0.1:${smtpPort}`;
  const intake = () =>
    house.db.query<{ platform_id: string; count: number; states: string[] }>(
      sql`select platform_id, count(*)::int as count, array_agg(state) as states from intake group by platform_id`,
    );

  test('killed again and again, it keeps what it acknowledged, once, and reads all of it', async () => {
    await start();
    const sender = stubbornSender(address(), mail);
    const ids = Array.from({ length: 4 }, (_, lane) => Array.from({ length: 150 }, (_, n) => `k${lane}-${n}`));
    const sending = Promise.all(ids.map((lane) => sender.deliver(lane)));
    for (let round = 0; round < 3; round += 1) {
      // Another moment each time: within a command, a transaction, between commit and answer, while reading.
      await new Promise((resolve) => setTimeout(resolve, 150 + round * 130));
      await worker?.kill();
      const promised = new Set(sender.acknowledged);
      const there = new Set((await intake()).map((row) => row.platform_id.split('@')[0]));
      expect([...promised].filter((id) => !there.has(id))).toEqual([]);
      await start();
    }
    await sending;
    await until(
      'everything to be read',
      async () => (await intake()).every((row) => row.states.every((state) => state === 'parsed')),
      60_000,
    );
    const rows = await intake();
    expect(rows).toHaveLength(600);
    expect(rows.filter((row) => row.count !== 1)).toEqual([]);
    const { told } = await house.db.one<{ told: number }>(
      sql`select count(*)::int as told from events where type = 'channels.message_received'`,
    );
    expect(told).toBe(600);
  }, 180_000);

  test('while the database is away it answers 4xx, and takes the mails when it is back', async () => {
    if (!worker) await start();
    const name = new URL(databaseUrl).pathname.slice(1);
    const admin = new Client({ connectionString: databaseUrl.replace(`/${name}`, '/postgres') });
    await admin.connect();
    const sender = stubbornSender(address(), mail);
    try {
      await admin.query(`alter database ${name} with allow_connections false`);
      await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name <> 'x'`, [name]);
      const sending = sender.deliver(['away-1', 'away-2']);
      await until('a refusal', () => sender.refused.size > 0, 20_000);
      expect([...sender.refused.keys()]).toEqual(['451']);
      expect(sender.acknowledged.size).toBe(0);
      await admin.query(`alter database ${name} with allow_connections true`);
      await sending;
    } finally {
      sender.giveUp();
      await admin.query(`alter database ${name} with allow_connections true`);
      await admin.end();
    }
    const rows = await dbOf(house.house.platform.database.pool).query<{ count: number }>(
      sql`select count(*)::int as count from intake where platform_id like 'away-%'`,
    );
    expect(rows[0]?.count).toBe(2);
    expect(await worker?.stop()).toBeGreaterThan(0);
    worker = undefined;
  }, 180_000);
});

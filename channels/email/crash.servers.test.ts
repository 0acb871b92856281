import { readFileSync } from 'node:fs';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAccount } from '../../server/modules/channels/testing.ts';
import { sql } from '../../server/platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../server/testing/house.ts';
import { until } from './testing/expect.ts';
import { describeMailServers, type MailServers, startMailServers } from './testing/mail-servers.ts';
import { freePorts } from './testing/ports.ts';
import { startWorker, type Worker } from './testing/worker.ts';

describeMailServers('a worker process that watches a mailbox', () => {
  let house: TestHouse;
  let servers: MailServers;
  let worker: Worker | undefined;
  beforeAll(async () => {
    [house, servers] = await Promise.all([testHouse({}, { upTo: 'channels' }), startMailServers()]);
  });
  afterAll(async () => {
    await worker?.kill();
    await servers?.stop();
    await house?.close();
  });

  test('killed again and again while it catches up, it takes every mail once, in order', async () => {
    const user = 'service@firma.test';
    const certificateAuthority = readFileSync(servers.certificate, 'utf8');
    const { imapsPort, password } = servers.dovecot;
    const client = new ImapFlow({
      host: 'localhost',
      port: imapsPort,
      secure: true,
      tls: { ca: certificateAuthority },
      auth: { user, pass: password },
      logger: false,
    });
    await client.connect();
    const count = 200;
    for (let i = 0; i < count; i += 1) {
      await client.append(
        'INBOX',
        `From: klein@kunde.test\r\nMessage-ID: <m${i}@kunde.test>\r\nSubject: ${i}\r\n\r\n${'Guten Tag\r\n'.repeat(50)}`,
      );
    }
    await client.logout();
    await createAccount(house, {
      kind: 'email',
      address: user,
      settings: { imapHost: 'localhost', imapPort: imapsPort, password, certificateAuthority, imapFromTheBeginning: true },
    });
    const [smtpPort = 0] = await freePorts(1);
    const start = async () => {
      worker = await startWorker({
        databaseUrl: house.house.platform.database.url,
        smtpPort,
        secret: 'a secret for tests only, thirty-two characters',
      });
    };
    const stored = async () => (await house.db.one<{ n: number }>(sql`select count(*)::int as n from intake`)).n;
    let kills = 0;
    for (let before = -1; (await stored()) < count && kills < 5; kills += 1) {
      await start();
      // As soon as something more is there, at another moment each time.
      const reached = await stored();
      await until('progress', async () => (await stored()) > Math.max(before, reached), 60_000);
      await new Promise((resolve) => setTimeout(resolve, kills * 7));
      await worker?.kill();
      before = await stored();
      // The lease of the killed process ends by itself after fifteen seconds; tests do not wait for that.
      await house.db.exec(sql`delete from channel_leases`);
    }
    await start();
    await until(
      'all mails to be read',
      async () => (await house.db.one<{ n: number }>(sql`select count(*)::int as n from intake where state = 'parsed'`)).n === count,
      60_000,
    );
    const rows = await house.db.query<{ platform_id: string }>(sql`select platform_id from intake order by id`);
    expect(rows.map((row) => row.platform_id)).toEqual(Array.from({ length: count }, (_, i) => `m${i}@kunde.test`));
    expect(kills).toBeGreaterThan(1);
  }, 180_000);
});

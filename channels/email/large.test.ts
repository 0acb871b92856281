import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAccount } from '../../server/modules/channels/testing.ts';
import { cast } from '../../server/modules/workspace/testing.ts';
import { sql } from '../../server/platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../server/testing/house.ts';
import { until } from './testing/expect.ts';
import { freePorts } from './testing/ports.ts';
import { smtpClient } from './testing/smtp-client.ts';
import { bareEnv } from '../../server/testing/bare-env.ts';

/** A server process with all rooms: receiver, reading and downloads as in the field, and a memory that nothing of the test lies in. */
let h: TestHouse;
let server: ChildProcess;
let origin = '';
let smtpPort = 0;
let adviser = '';
beforeAll(async () => {
  h = await testHouse();
  const { team, olaf } = await cast(h);
  adviser = olaf.id;
  await createAccount(h, { kind: 'email', address: 'service@shop.test', teamId: team.id });
  [smtpPort = 0] = await freePorts(1);
  server = spawn(process.execPath, [new URL('../../server/testing/web-process.ts', import.meta.url).pathname], {
    env: {
      ...bareEnv,
      DATABASE_URL: h.house.platform.database.url,
      DATABASE_CONNECTIONS: '8',
      NAHBAR_DATA: '/nonexistent',
      NAHBAR_RATE_LIMIT: '0',
      PORT: '0',
      SMTP_PORT: String(smtpPort),
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [line] = (await Promise.race([
    once(server.stdout as NodeJS.ReadableStream, 'data'),
    once(server, 'exit').then(([code]) => Promise.reject(new Error(`ended with ${code}`))),
  ])) as [Buffer];
  origin = line.toString().trim();
});
afterAll(async () => {
  server?.kill('SIGKILL');
  await h?.close();
});

function mail(id: string, file: Buffer): Buffer {
  const head = [
    'From: Frau Klein <klein@kunde.test>',
    'To: service@shop.test',
    `Message-ID: <${id}@kunde.test>`,
    'Subject: Aufmass',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=grenze',
    '',
    '--grenze',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Anbei der Film von der Baustelle.',
    '--grenze',
    'Content-Type: video/mp4; name="baustelle.mp4"',
    'Content-Disposition: attachment; filename="baustelle.mp4"',
    'Content-Transfer-Encoding: base64',
    '',
  ];
  const lines = file.toString('base64').match(/.{1,76}/g) ?? [];
  return Buffer.from([...head, ...lines, '--grenze--', ''].join('\r\n'), 'latin1');
}

async function download(path: string): Promise<Buffer> {
  const response = await fetch(`${origin}/api/v1${path}`, { headers: { authorization: `Test ${adviser}` } });
  expect([path, response.status]).toEqual([path, 200]);
  return Buffer.from(await response.arrayBuffer());
}

/** Hands a mail over at the door, and gives what the desk gives back of it. */
async function through(id: string, sent: Buffer): Promise<{ attachment: Buffer; raw: Buffer }> {
  const client = await smtpClient(`127.0.0.1:${smtpPort}`);
  expect(await client.deliver('klein@kunde.test', ['service@shop.test'], sent)).toMatch(/^250/);
  client.end();
  const found = () =>
    h.db.query<{
      id: string;
      facts: string[];
      attachmentId: string | null;
    }>(sql`select m.id, m.facts, a.id as "attachmentId" from messages m
      join intake i on i.id = m.intake_id left join attachments a on a.message_id = m.id where i.platform_id = ${`${id}@kunde.test`}`);
  await until('the mail to be read', async () => (await found()).length > 0, 150_000);
  const [row] = await found();
  expect(row).toMatchObject({ facts: [], attachmentId: expect.any(String) });
  return { attachment: await download(`/attachments/${row?.attachmentId}`), raw: await download(`/messages/${row?.id}/raw`) };
}

/** The most memory it ever held, as Linux counts it. */
const peak = () => Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) * 1024;

// The peak is what the process once held, so it counts from after a small mail has gone the same way.
test('an attachment of 40 MB comes in at the door and goes out to an adviser byte for byte, alone and within its mail', async () => {
  await through('klein', mail('klein', randomBytes(1_000)));
  const before = process.platform === 'linux' ? peak() : 0;
  const file = randomBytes(40 * 1024 * 1024);
  const sent = mail('gross', file);
  const { attachment, raw } = await through('gross', sent);
  expect(attachment.equals(file)).toBe(true);
  expect(raw.equals(sent)).toBe(true);
  if (process.platform !== 'linux') return;
  const grown = peak() - before;
  process.stdout.write(
    `memory: ${(before / 1e6).toFixed(0)} MB, ${(grown / 1e6).toFixed(0)} more for a mail of ${(sent.length / 1e6).toFixed(0)} MB\n`,
  );
  // It is held whole a few times over, as it comes and as it is read, never in a form that takes many times its bytes.
  expect(grown).toBeLessThan(8 * sent.length);
}, 300_000);

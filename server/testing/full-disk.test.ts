import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canMount } from '../cli/suites.ts';
import { type Cast, cast } from '../modules/workspace/testing.ts';
import { type Database, openDatabase } from '../platform/database/database.ts';
import { layOut } from '../platform/database/embedded/postgres-files.ts';
import { stopServer } from '../platform/database/embedded/postgres-process.ts';
import { dbOf, sql } from '../platform/database/sql.ts';
import { newId } from '../platform/ids.ts';
import { bareEnv } from './bare-env.ts';

const megabyte = 1024 * 1024;
/** Room for the cluster, its log of changes, and what this test sends. */
const size = 400;

describe.skipIf(!canMount() && !process.env['CI'])('a disk that is full', { timeout: 240_000 }, () => {
  let folder: string;
  let server: ChildProcess;
  let address: string;
  let smtpPort: number;
  let database: Database;
  let people: Cast;
  const ballast = () => path.join(folder, 'ballast');

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), `nahbar-test-${process.pid}-`));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}m,mode=700`, 'tmpfs', folder], { encoding: 'utf8' });
    if (mounted.status !== 0) throw new Error(`No disk could be mounted: ${mounted.stderr}`);
    smtpPort = 20_000 + (process.pid % 20_000);
    server = spawn(process.execPath, [new URL('web-process.ts', import.meta.url).pathname], {
      env: {
        ...bareEnv,
        NAHBAR_DATA: folder,
        PORT: '0',
        SMTP_PORT: String(smtpPort),
        NAHBAR_RATE_LIMIT: '0',
        NAHBAR_PROCESS: 'all',
      },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    address = await new Promise<string>((resolve, reject) => {
      server.stdout?.once('data', (line: Buffer) => resolve(line.toString().trim()));
      server.once('exit', (code) => reject(new Error(`ended with ${code}`)));
    });
    database = await openDatabase({ data: folder, databaseUrl: '', databaseConnections: 2 }, { role: 'command' });
    const db = dbOf(database.pool);
    people = await cast(db);
    await db.exec(sql`insert into channel_accounts (id, kind, name, address, team_id, active, settings, secrets, created_at)
      values (${newId()}, 'email', 'Service', 'service@haus.example', ${people.team.id}, true, '{}', '{}', now())`);
  }, 240_000);
  afterAll(async () => {
    fs.rmSync(ballast(), { force: true });
    await database?.close().catch(() => {});
    const ended = new Promise((resolve) => server?.once('exit', resolve));
    if (server && server.exitCode === null) {
      server.kill('SIGKILL');
      await ended;
    }
    await stopServer(layOut(folder));
    spawnSync('umount', [folder]);
    fs.rmSync(folder, { recursive: true, force: true });
  }, 240_000);

  /** The door's answer: 250, or what it refused with; 0 when the connection broke. */
  async function mail(n: number): Promise<number> {
    const transport = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true });
    return transport
      .sendMail({
        messageId: `<full-${n}@post.example>`,
        from: 'Erika Klein <klein@post.example>',
        to: 'service@haus.example',
        subject: `Bild ${n}`,
        text: 'Guten Tag',
        attachments: [
          {
            filename: 'bild.bin',
            content: Buffer.from(crypto.getRandomValues(new Uint8Array(32 * 1024)))
              .toString('hex')
              .repeat(16),
          },
        ],
      })
      .then(
        () => 250,
        (error: { responseCode?: number }) => error.responseCode ?? 0,
      )
      .finally(() => transport.close());
  }

  async function upload(): Promise<{ status: number; code?: string }> {
    const reply = await fetch(`${address}/api/v1/attachments?filename=bild.bin`, {
      method: 'POST',
      headers: { authorization: `Test ${people.kim.id}`, 'content-type': 'application/octet-stream' },
      body: Buffer.from(crypto.getRandomValues(new Uint8Array(65_536)))
        .toString('hex')
        .repeat(16),
    });
    const body = (await reply.json()) as { code?: string };
    return { status: reply.status, ...(body.code ? { code: body.code } : {}) };
  }

  /** Takes every byte that is left. */
  function fill(): void {
    const file = fs.openSync(ballast(), 'a');
    try {
      for (let chunk = Buffer.alloc(megabyte); chunk.length >= 1; ) {
        try {
          if (fs.writeSync(file, chunk) < chunk.length) chunk = chunk.subarray(0, Math.floor(chunk.length / 2));
        } catch {
          chunk = chunk.subarray(0, Math.floor(chunk.length / 2));
        }
      }
    } finally {
      fs.closeSync(file);
    }
  }

  it('is answered honestly, ends no process, and loses nothing', async () => {
    // The account was made behind the server's back; within a second it knows it.
    await expect.poll(() => mail(1), { timeout: 10_000 }).toBe(250);
    const acknowledged = [1];
    const refusals: number[] = [];
    let n = 1;
    const send = async () => {
      const answer = await mail((n += 1));
      if (answer === 250) acknowledged.push(n);
      else refusals.push(answer);
      return answer;
    };
    expect(await upload()).toEqual({ status: 201 });

    fill();
    // What the database had set aside before is used up first.
    for (let i = 0; i < 150 && refusals.length < 5; i += 1) {
      await send();
      fill();
    }
    expect(refusals).toHaveLength(5);
    for (const answer of refusals) expect(String(answer)).toMatch(/^4\d\d$/);
    const refused = await upload();
    expect(refused).toEqual({ status: 503, code: 'core.storage_unavailable' });
    expect((await fetch(`${address}/health/live`)).status).toBe(200);
    expect(server.exitCode).toBeNull();

    fs.rmSync(ballast());
    await expect.poll(send, { timeout: 60_000, interval: 500 }).toBe(250);
    await expect.poll(async () => (await upload()).status, { timeout: 60_000, interval: 500 }).toBe(201);
    // The sender repeats what was refused, as mail servers do; every mail is there once, read, and in a conversation.
    for (let again = 1; again <= n; again += 1) if (!acknowledged.includes(again)) expect(await mail(again)).toBe(250);
    const read = async () => {
      const fresh = await openDatabase({ data: folder, databaseUrl: '', databaseConnections: 1 }, { role: 'command' });
      const rows = await dbOf(fresh.pool).query<{
        platform: string;
        count: number;
        state: string;
      }>(sql`select i.platform_id as platform, i.state, count(m.id)::int as count from intake i
          left join messages m on m.intake_id = i.id group by i.id order by i.id`);
      await fresh.close();
      return rows.map(({ platform, count, state }) => `${platform} ${state} ${count}`).toSorted();
    };
    await expect
      .poll(read, { timeout: 60_000, interval: 500 })
      .toEqual(Array.from({ length: n }, (_, i) => `full-${i + 1}@post.example parsed 1`).toSorted());
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../database.ts';
import { isRunning } from './holders.ts';
import { layOut, readPidFile } from './postgres-files.ts';
import { createCluster, stopServer } from './postgres-process.ts';

const program = fileURLToPath(new URL('../../../testing/embedded-process.ts', import.meta.url));

type Ready = { milliseconds: number; postmaster: number; url: string };
type Started = { child: ChildProcess; lines: string[]; errors: () => string; ready: Promise<Ready>; ended: Promise<number> };

// Each of these starts, kills and recovers whole servers: seconds on an idle machine, much longer beside others at work. The limit is for what never ends.
const longest = 180_000;

describe.skipIf(process.platform !== 'linux')('the embedded database', { timeout: longest }, () => {
  let folder: string;
  let template: string;
  let children: ChildProcess[];

  // Making a cluster writes and syncs a thousand files; done once for all tests that are not about making one.
  beforeAll(() => {
    template = fs.mkdtempSync(path.join(os.tmpdir(), `nahbar-test-${process.pid}-`));
    createCluster(layOut(template));
  }, longest);
  afterAll(() => fs.rmSync(template, { recursive: true, force: true }));
  const withCluster = () => {
    const { cluster } = layOut(folder);
    fs.cpSync(layOut(template).cluster, cluster, { recursive: true });
    // PostgreSQL refuses a folder that others may read.
    fs.chmodSync(cluster, 0o700);
  };

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), `nahbar-test-${process.pid}-`));
    children = [];
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    await stopServer(layOut(folder));
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const start = (role = 'server', mode = 'hold', where = folder): Started => {
    const child = spawn(process.execPath, [program, where, role, mode], { stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    const lines: string[] = [];
    let errors = '';
    let rest = '';
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
    const ready = new Promise<Ready>((resolve, reject) => {
      child.stdout.on('data', (text: Buffer) => {
        const parts = (rest + text.toString()).split('\n');
        // A number cut off in the middle was never said.
        rest = parts.pop() ?? '';
        for (const line of parts) {
          if (line.startsWith('ready ')) resolve(JSON.parse(line.slice(6)) as Ready);
          else lines.push(line);
        }
      });
      void ended.then(() => reject(new Error(errors)));
    });
    ready.catch(() => {});
    return { child, lines, errors: () => errors, ready, ended };
  };

  it('is adopted after its program was killed, with every acknowledged row', async () => {
    withCluster();
    const first = start('server', 'write');
    const { postmaster } = await first.ready;
    await until(() => first.lines.length > 300, 'writing');
    first.child.kill('SIGKILL');
    await first.ended;
    const second = start();
    const ready = await second.ready;
    expect(ready.postmaster).toBe(postmaster);
    expect(await missing(ready.url, first.lines)).toEqual([]);
    await stop(second);
    expect(isRunning(postmaster)).toBe(false);
  });

  it('recovers after program, server and all backends were killed, with every acknowledged row', async () => {
    withCluster();
    const first = start('server', 'write');
    const { postmaster } = await first.ready;
    await until(() => first.lines.length > 300, 'writing');
    for (const pid of [first.child.pid ?? 0, postmaster, ...backendsOf(postmaster)]) kill(pid);
    await first.ended;
    const second = start();
    const ready = await second.ready;
    expect(ready.postmaster).not.toBe(postmaster);
    expect(await missing(ready.url, first.lines)).toEqual([]);
    await stop(second);
  });

  it('is started again by its program when it dies', async () => {
    withCluster();
    const server = start();
    const { postmaster, url } = await server.ready;
    process.kill(postmaster, 'SIGKILL');
    await until(async () => (await ask(url, 'select 1 as n').catch(() => [])).length === 1, 'a restart');
    expect(readPidFile(layOut(folder))?.pid).not.toBe(postmaster);
    await stop(server);
  });

  it('waits for busy backends of a killed server before it starts a new one', async () => {
    withCluster();
    const first = start();
    const { postmaster, url } = await first.ready;
    // A loop in the executor does not look whether its postmaster lives.
    void ask(url, `do $$ declare i bigint := 0; begin while i < 1e12 loop i := i + 1; end loop; end $$`).catch(() => {});
    await until(
      () => backendsOf(postmaster).some((pid) => fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(' DO')),
      'a busy backend',
    );
    const backends = backendsOf(postmaster);
    first.child.kill('SIGKILL');
    process.kill(postmaster, 'SIGKILL');
    const second = start();
    await second.ready;
    expect(backends.filter((pid) => isRunning(pid))).toEqual([]);
    await stop(second);
  });

  it('serves one server; a second is refused with a sentence, commands join', async () => {
    withCluster();
    const first = start();
    const { postmaster } = await first.ready;
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.errors()).toContain(`already used by another Nahbar (process ${first.child.pid} on ${os.hostname()}, running since 20`);
    expect(second.errors()).toContain('set DATABASE_URL');
    const command = start('command');
    expect((await command.ready).postmaster).toBe(postmaster);
    await stop(command);
    expect(isRunning(postmaster)).toBe(true);
    await stop(first);
    expect(isRunning(postmaster)).toBe(false);
  });

  it('counts every use within one process', async () => {
    withCluster();
    const settings = { data: folder, databaseUrl: '', databaseConnections: 5 };
    const server = await openDatabase(settings, { role: 'server' });
    const command = await openDatabase(settings, { role: 'command' });
    await expect(openDatabase(settings, { role: 'server' })).rejects.toThrow(`process ${process.pid}`);
    await command.close();
    expect((await server.pool.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
    const postmaster = readPidFile(layOut(folder))?.pid ?? 0;
    await server.close();
    expect(isRunning(postmaster)).toBe(false);
  });

  it('lives on when the command that started it ends and a server has joined', async () => {
    withCluster();
    const command = start('command');
    const { postmaster } = await command.ready;
    const server = start();
    expect((await server.ready).postmaster).toBe(postmaster);
    await stop(command);
    expect(isRunning(postmaster)).toBe(true);
    await stop(server);
    expect(isRunning(postmaster)).toBe(false);
  });

  it('is made and started once by processes that start at the same instant', async () => {
    const all = [start('command'), start('command'), start('server'), start('command'), start('server')];
    const results = await Promise.allSettled(all.map(({ ready }) => ready));
    const ready = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(ready.length).toBe(4);
    expect(new Set(ready.map(({ postmaster }) => postmaster)).size).toBe(1);
    for (const [index, one] of all.entries()) if (results[index]?.status === 'fulfilled') await stop(one);
    expect(isRunning(ready[0]?.postmaster ?? 0)).toBe(false);
  });

  it('is made anew when its making was interrupted', async () => {
    const first = start();
    const unfinished = () => fs.readdirSync(folder).filter((name) => name.startsWith('pg18.new'));
    await until(() => unfinished().some((name) => fs.existsSync(path.join(folder, name, 'PG_VERSION'))), 'initdb');
    // The initdb it has started lives on for a moment.
    first.child.kill('SIGKILL');
    await first.ended;
    const second = start();
    expect(await ask((await second.ready).url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await stop(second);
    const third = start();
    await third.ready;
    await stop(third);
  });

  it('starts although its pid file names another living program, and its holder a reused number', async () => {
    withCluster();
    const first = start();
    const { postmaster } = await first.ready;
    const holder = JSON.parse(
      fs.readFileSync(path.join(folder, 'run', fs.readdirSync(path.join(folder, 'run'))[0] ?? ''), 'utf8'),
    ) as object;
    const pidFile = fs.readFileSync(path.join(folder, 'pg18', 'postmaster.pid'), 'utf8');
    first.child.kill('SIGKILL');
    for (const pid of [postmaster, ...backendsOf(postmaster)]) process.kill(pid, 'SIGKILL');
    await first.ended;
    await until(() => !isRunning(postmaster), 'its end');
    fs.writeFileSync(path.join(folder, 'pg18', 'postmaster.pid'), pidFile.replace(/^\d+/, String(process.pid)));
    fs.writeFileSync(path.join(folder, 'run', `${process.pid}.json`), JSON.stringify({ ...holder, pid: process.pid }));
    const second = start();
    await second.ready;
    await stop(second);
  });

  it('works in a folder whose path is too long for a socket', async () => {
    const deep = path.join(folder, 'a'.repeat(60), 'b'.repeat(60));
    const server = start('server', 'hold', deep);
    expect(await ask((await server.ready).url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await stop(server);
    fs.rmSync(layOut(deep).socket ?? '', { recursive: true });
  });

  it('is open to its own account only', async () => {
    const server = start();
    await server.ready;
    const open = ['.', 's', 'run', 'pg18', 'postgres.log'].filter((name) => (fs.statSync(path.join(folder, name)).mode & 0o077) !== 0);
    expect(open).toEqual([]);
    await stop(server);
  });

  async function missing(url: string, acknowledged: string[]): Promise<string[]> {
    const rows = await ask<{ id: string }>(url, 'select id::text from written');
    const present = new Set(rows.map(({ id }) => id));
    return acknowledged.filter((id) => !present.has(id));
  }
});

/** A backend may end by itself once its server is dead. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function stop({ child, ended }: Started): Promise<void> {
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let waited = 0; !(await condition()); waited += 20) {
    if (waited > 60_000) throw new Error(`${what} did not happen`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function ask<T>(url: string, text: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows as T[];
  } finally {
    await client.end();
  }
}

function backendsOf(postmaster: number): number[] {
  return fs
    .readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && parentOf(pid) === postmaster);
}

function parentOf(pid: number): number {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

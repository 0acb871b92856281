import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { isRunning, readStat } from './holders.ts';
import { connectionTo, databaseUser, findPrograms, type Layout, readPidFile, removePidFiles } from './postgres-files.ts';
import { asOrdinaryUser } from './root.ts';
import { DatabaseUnfit } from '../unfit.ts';

/** Settings of the server beyond PostgreSQL's own; tests add theirs. */
export type ServerSettings = Record<string, string | number>;

const settings: ServerSettings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  shared_buffers: '96MB',
  effective_cache_size: '512MB',
  max_connections: 60,
  max_wal_size: '512MB',
  random_page_cost: 1.1,
  jit: 'off',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // A refused row's values stand in the detail of the message, and they are customers' data.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

/** Makes the cluster when there is none; complete or not at all, since an interrupted initdb leaves only the temporary name. */
export function createCluster(layout: Layout): void {
  if (fs.existsSync(path.join(layout.cluster, 'PG_VERSION'))) return;
  removeUnfinished(layout);
  // A name of its own: the initdb of a killed process may still be writing into the earlier one.
  const unfinished = `${layout.cluster}.new-${randomUUID()}`;
  fs.mkdirSync(unfinished, { mode: 0o700 });
  const passwordFile = path.join(layout.folder, 'postgres.password');
  if (layout.password) fs.writeFileSync(passwordFile, layout.password, { mode: 0o600 });
  const auth = layout.password ? ['--auth=scram-sha-256', `--pwfile=${passwordFile}`] : ['--auth=trust'];
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--data-checksums'];
  const command = asOrdinaryUser(findPrograms().initdb, ['-D', unfinished, '-U', databaseUser, ...auth, ...locale], {
    data: layout.folder,
    own: [unfinished],
  });
  const result = spawnSync(command.program, command.args, { ...command.options, encoding: 'utf8' });
  fs.rmSync(passwordFile, { force: true });
  if (result.status !== 0) {
    const hint = process.getuid?.() === 0 ? ' Better start Nahbar as an ordinary user than as root.' : '';
    throw new DatabaseUnfit(
      `The embedded database could not be created in ${layout.folder}: ${lastLines(result.stderr || String(result.error))}.${hint}`,
    );
  }
  fs.renameSync(unfinished, layout.cluster);
}

function removeUnfinished(layout: Layout): void {
  const prefix = `${path.basename(layout.cluster)}.new-`;
  for (const name of fs.readdirSync(layout.folder).filter((entry) => entry.startsWith(prefix))) {
    try {
      fs.rmSync(path.join(layout.folder, name), { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // Somebody still writes there; the next start removes it.
    }
  }
}

/**
 * Makes sure that PostgreSQL runs on this cluster and answers; a server left over by a killed process is adopted.
 * Called under the start lock. `adopted` tells whether it ran already.
 */
export async function ensureRunning(layout: Layout, extra: ServerSettings = {}): Promise<{ adopted: boolean }> {
  for (let waited = 0; ; waited += 50) {
    const found = readPidFile(layout);
    // Asked before any process number is trusted: a server in another container answers on the same socket.
    if ((!found || found.ready) && (await answers(layout))) return { adopted: true };
    if (!found || !isPostgres(found.pid)) break;
    // It starts, recovers after a crash, or stops: all of these end.
    if (waited > 300_000)
      throw new DatabaseUnfit(`PostgreSQL (process ${found.pid}) has not become ready for five minutes; see ${layout.log}.`);
    await sleep(50);
  }
  await endOrphans(layout);
  removePidFiles(layout);
  await launch(layout, { ...settings, ...extra });
  return { adopted: false };
}

/** Whether a real connection to the cluster is had. */
export async function answers(layout: Layout): Promise<boolean> {
  const client = new Client({ ...connectionTo(layout, 'postgres'), connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Ends the server as an administrator would: open transactions are rolled back, everything is written, nobody is waited for. */
export async function stopServer(layout: Layout): Promise<void> {
  const found = readPidFile(layout);
  if (!found || !isPostgres(found.pid)) return;
  if (process.platform === 'win32') spawnSync(findPrograms().control, ['stop', '-D', layout.cluster, '-m', 'fast'], { stdio: 'ignore' });
  else process.kill(found.pid, 'SIGINT');
  for (let waited = 0; isPostgres(found.pid); waited += 20) {
    if (waited > 60_000) throw new DatabaseUnfit(`PostgreSQL (process ${found.pid}) did not stop within a minute; see ${layout.log}.`);
    await sleep(20);
  }
}

/** Whether the process is a living PostgreSQL; only Linux tells the program, elsewhere a living process must do. */
export function isPostgres(pid: number): boolean {
  if (!isRunning(pid)) return false;
  return process.platform !== 'linux' || readStat(pid)?.program === 'postgres';
}

async function launch(layout: Layout, all: ServerSettings): Promise<void> {
  if (!layout.socket) all = { ...all, listen_addresses: '127.0.0.1' };
  const where = ['-D', layout.cluster, '-p', String(layout.port), ...(layout.socket ? ['-k', layout.socket] : [])];
  const args = [...where, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const command = asOrdinaryUser(findPrograms().postgres, args, {
    data: layout.folder,
    own: [layout.cluster, ...(layout.socket ? [layout.socket] : [])],
  });
  keepLogSmall(layout.log);
  // To a file, not to a pipe of ours: the server outlives a killed parent.
  const log = fs.openSync(layout.log, 'a', 0o600);
  const from = fs.fstatSync(log).size;
  const child = spawn(command.program, command.args, {
    ...command.options,
    stdio: ['ignore', log, log],
    detached: true,
    windowsHide: true,
  });
  fs.closeSync(log);
  let ended: string | undefined;
  child.once('exit', (code, signal) => (ended = `it ended with ${signal ?? code}`));
  child.once('error', (error) => (ended = error.message));
  child.unref();
  for (let waited = 0; !(readPidFile(layout)?.ready && (await answers(layout))); waited += 15) {
    if (ended)
      throw new DatabaseUnfit(`PostgreSQL did not start (${ended}): ${lastLines(fs.readFileSync(layout.log).subarray(from).toString())}`);
    if (waited > 300_000) throw new DatabaseUnfit(`PostgreSQL has not become ready for five minutes; see ${layout.log}.`);
    await sleep(15);
  }
}

/**
 * Backends whose postmaster was killed end by themselves, but a busy one first finishes its statement. A new server beside
 * them would destroy data, and without postmaster.pid PostgreSQL could not notice: so they are awaited, then killed.
 */
async function endOrphans(layout: Layout): Promise<void> {
  for (let waited = 0; ; waited += 50) {
    const orphans = backendsOf(layout.cluster);
    if (orphans.length === 0) return;
    if (waited > 20_000)
      throw new DatabaseUnfit(`Processes ${orphans.join(', ')} of an earlier PostgreSQL in ${layout.cluster} do not end.`);
    if (waited >= 2_000) for (const pid of orphans) tryKill(pid);
    await sleep(50);
  }
}

/** Every PostgreSQL process works in its cluster's folder. */
function backendsOf(cluster: string): number[] {
  if (process.platform !== 'linux' || !fs.existsSync(cluster)) return [];
  const folder = fs.realpathSync(cluster);
  return fs
    .readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && readStat(pid)?.program === 'postgres' && isPostgres(pid) && workingFolder(pid) === folder);
}

function workingFolder(pid: number): string | undefined {
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}

function keepLogSmall(file: string): void {
  if (fs.existsSync(file) && fs.statSync(file).size > 5_000_000) fs.renameSync(file, `${file}.1`);
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-4).join(' | ') || 'it said nothing';
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

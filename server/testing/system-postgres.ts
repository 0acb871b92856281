import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { asOrdinaryUser } from '../platform/database/embedded/root.ts';

export type SystemPostgres = { version: string; url: string; stop(): Promise<void> };

/** The folder of the oldest PostgreSQL programs this machine has from version 15 on (Debian's places), as promised in docs/operations.md. */
export function findSystemPostgres(): string | undefined {
  const root = '/usr/lib/postgresql';
  if (!fs.existsSync(root)) return undefined;
  const versions = fs
    .readdirSync(root)
    .map(Number)
    .filter((version) => version >= 15);
  return versions
    .toSorted((a, b) => a - b)
    .map((version) => path.join(root, String(version), 'bin'))
    .find((folder) => fs.existsSync(path.join(folder, 'postgres')));
}

function callProgram(programs: string, folder: string, program: string, args: string[]): void {
  const command = asOrdinaryUser(path.join(programs, program), args, { data: folder, own: [] });
  const result = spawnSync(command.program, command.args, { ...command.options, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.status !== 0) throw new Error(`${program} failed: ${result.stderr || String(result.error)}`);
}

/** A cluster made of another one. */
export interface CopiedPostgres {
  /** Its files. */
  cluster: string;
  url: string;
  /** As a power cut would. */
  kill(): void;
  start(): void;
  stop(): void;
}

/** A copy of a cluster while that runs, made as docs/operations.md says; not started yet. */
export function copyOf(primary: SystemPostgres, options: readonly string[] = []): CopiedPostgres {
  const programs = findSystemPostgres() ?? '';
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nahbar-copy-'));
  const cluster = path.join(folder, 'cluster');
  const call = (program: string, args: string[]) => callProgram(programs, folder, program, args);
  const kill = () => call('pg_ctl', ['stop', '-D', cluster, '-m', 'immediate', '-w']);
  const start = () =>
    call('pg_ctl', ['start', '-D', cluster, '-l', path.join(folder, 'log'), '-w', '-o', `-k ${folder} -c listen_addresses=''`]);
  const host = new URL(primary.url).searchParams.get('host') ?? '';
  call('pg_basebackup', [...options, '-c', 'fast', '-D', cluster, '-d', `host=${host} user=test`]);
  const stop = () => {
    kill();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return { cluster, url: urlAt(folder), kill, start, stop };
}

/** A streaming replica of such a cluster. */
export function startReplica(primary: SystemPostgres): CopiedPostgres {
  const replica = copyOf(primary, ['-R']);
  replica.start();
  return replica;
}

/** Starts a copy as the cluster was at an instant, with what was archived since, and waits until it can be written to. */
export async function startAt({ cluster, url, start }: CopiedPostgres, archive: string, at: Date): Promise<void> {
  const settings = [
    `archive_mode = off`,
    `restore_command = 'cp "${archive}/%f" "%p"'`,
    `recovery_target_time = '${at.toISOString().replace('Z', '+00')}'`,
    `recovery_target_action = 'promote'`,
  ];
  fs.appendFileSync(path.join(cluster, 'postgresql.conf'), `${settings.join('\n')}\n`);
  fs.writeFileSync(path.join(cluster, 'recovery.signal'), '');
  start();
  // It answers readers before it has come to the instant.
  const client = new Client({ connectionString: url });
  await client.connect();
  for (let isBack = false; !isBack; )
    isBack = (await client.query<{ done: boolean }>('select not pg_is_in_recovery() as done from pg_sleep(0.05)')).rows[0]?.done ?? false;
  await client.end();
}

const urlAt = (folder: string): string => `postgresql://test@localhost/postgres?host=${encodeURIComponent(folder)}`;

/**
 * Starts a throw-away cluster of the system's PostgreSQL on a Unix socket. Undefined when there is none.
 * `folder`: there, kept when it stops, started again when it is there already. `durable`: with PostgreSQL's own, safe settings instead of a test's.
 * `archive`: a folder there that keeps what it writes, under this name.
 */
export async function startSystemPostgres(
  given: { folder?: string; durable?: boolean; archive?: string } = {},
): Promise<SystemPostgres | undefined> {
  const programs = findSystemPostgres();
  if (!programs) return undefined;
  const folder = given.folder ?? fs.mkdtempSync(path.join(os.tmpdir(), 'nahbar-pg-'));
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const cluster = path.join(folder, 'cluster');
  const call = (program: string, args: string[]) => callProgram(programs, folder, program, args);
  if (!fs.existsSync(path.join(cluster, 'PG_VERSION')))
    call('initdb', ['-D', cluster, '-U', 'test', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']);
  if (given.archive) {
    const archive = path.join(folder, given.archive);
    fs.mkdirSync(archive);
    fs.appendFileSync(
      path.join(cluster, 'postgresql.conf'),
      `archive_mode = on\narchive_command = 'test ! -f "${archive}/%f" && cp "%p" "${archive}/%f"'\n`,
    );
  }
  const settings = [
    ...(given.durable
      ? []
      : [
          'fsync=off',
          'synchronous_commit=off',
          'full_page_writes=off',
          'max_connections=300',
          'shared_buffers=128MB',
          'autovacuum_naptime=1h',
        ]),
    "listen_addresses=''",
  ];
  const options = [`-k ${folder}`, ...settings.map((setting) => `-c ${setting}`)].join(' ');
  // To a file: a server that inherits our output would keep it open.
  call('pg_ctl', ['start', '-D', cluster, '-l', path.join(folder, 'log'), '-w', '-o', options]);
  const stop = async () => {
    call('pg_ctl', ['stop', '-D', cluster, '-m', given.folder ? 'fast' : 'immediate', '-w']);
    if (!given.folder) fs.rmSync(folder, { recursive: true, force: true });
  };
  return {
    version: path.basename(path.dirname(programs)),
    url: urlAt(folder),
    stop,
  };
}

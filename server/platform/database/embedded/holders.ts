import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What a process does with the embedded database: only one may be the server; commands come and go beside it. */
export type Role = 'server' | 'command';

/** One file in `run/` for each use of the embedded database; a process may have several. Read and written under the start lock only. */
export type Holder = {
  pid: number;
  role: Role;
  /** When the process began, as the system counts it: tells it from a later process with the same number. */
  born: string;
  /** The process-number space it lives in: numbers of another container mean nothing here. */
  space: string;
  host: string;
  since: string;
  command: string;
};

/** Enters a use by this process and answers its file, to be handed to `leave`. The file is complete or not there at all. */
export function enter(dataFolder: string, role: Role): string {
  const folder = path.join(dataFolder, 'run');
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const holder: Holder = {
    pid: process.pid,
    role,
    born: bornAt(process.pid) ?? '',
    space: processSpace(),
    host: os.hostname(),
    since: new Date().toISOString(),
    command: process.argv
      .slice(1, 4)
      .map((word) => path.basename(word))
      .join(' '),
  };
  const file = path.join(folder, `${process.pid}-${randomUUID()}.json`);
  fs.writeFileSync(`${file}.new`, JSON.stringify(holder), { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
  return file;
}

export function leave(file: string): void {
  fs.rmSync(file, { force: true });
}

/**
 * Who uses the database now; files of dead processes are removed.
 * A holder in another container can't be looked at: it lives exactly if its database answers.
 */
export function holders(dataFolder: string, databaseAnswers: boolean): Holder[] {
  const folder = path.join(dataFolder, 'run');
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const holder = read(path.join(folder, name));
      if (holder && lives(holder, databaseAnswers)) return [holder];
      fs.rmSync(path.join(folder, name), { force: true });
      return [];
    });
}

function lives(holder: Holder, databaseAnswers: boolean): boolean {
  if (holder.space !== processSpace()) return databaseAnswers;
  return isRunning(holder.pid) && (holder.born === '' || bornAt(holder.pid) === holder.born);
}

/** Whether a process of this number runs; a zombie does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const stat = readStat(pid);
  return stat === undefined || !/^[ZX]/.test(stat.state);
}

/** The name of the program and its state as Linux tells them; undefined elsewhere or when it is gone. */
export function readStat(pid: number): { program: string; state: string; born: string } | undefined {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may itself hold spaces and brackets.
    const close = text.lastIndexOf(')');
    const rest = text.slice(close + 2).split(' ');
    return { program: text.slice(text.indexOf('(') + 1, close), state: rest[0] ?? '', born: rest[19] ?? '' };
  } catch {
    return undefined;
  }
}

function bornAt(pid: number): string | undefined {
  const stat = readStat(pid);
  return stat && `${bootId()}:${stat.born}`;
}

function bootId(): string {
  try {
    return fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

function processSpace(): string {
  try {
    return fs.readlinkSync('/proc/self/ns/pid');
  } catch {
    return os.hostname();
  }
}

function read(file: string): Holder | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

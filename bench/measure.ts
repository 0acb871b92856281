import fs from 'node:fs';
import os from 'node:os';

/** Ticks a second in /proc, on every Linux there is. */
const ticks = 100;

interface Process {
  pid: number;
  parent: number;
  program: string;
  /** Seconds of CPU, its ended children's included. */
  cpu: number;
}

function readProcess(pid: number): Process | undefined {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = text.lastIndexOf(')');
    const fields = text
      .slice(end + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const cpu = ((fields[11] ?? 0) + (fields[12] ?? 0) + (fields[13] ?? 0) + (fields[14] ?? 0)) / ticks;
    return { pid, parent, program: text.slice(text.indexOf('(') + 1, end), cpu };
  } catch {
    return undefined;
  }
}

const everything = (): Process[] =>
  fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);

/** A process with all below it, but for PostgreSQL, which is counted by itself. */
export function family(root: number): number[] {
  const all = everything().filter(({ program }) => program !== 'postgres');
  const found = [root];
  for (const pid of found) for (const one of all) if (one.parent === pid) found.push(one.pid);
  return found;
}

/** The processes of one PostgreSQL: each works in its cluster's folder. */
export function postgresOf(cluster: string): number[] {
  const folder = fs.realpathSync(cluster);
  return everything()
    .filter(({ pid, program }) => {
      try {
        return program === 'postgres' && fs.readlinkSync(`/proc/${pid}/cwd`) === folder;
      } catch {
        return false;
      }
    })
    .map(({ pid }) => pid);
}

/** Seconds of CPU these processes have used; whoever ended since counts through its parent. */
export const cpuOf = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + (readProcess(pid)?.cpu ?? 0), 0);

/** Memory in MiB, shared pages divided among those who share them. */
export function pssOf(pids: readonly number[]): number {
  let kilobytes = 0;
  for (const pid of pids) {
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It has ended meanwhile.
    }
  }
  return kilobytes / 1024;
}

/** Share of the machine that was busy between two looks, all programs together. */
export function machineBusy(): { idle: number; total: number } {
  const numbers = (fs.readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').trim().split(/\s+/).slice(1, 9).map(Number);
  return { idle: (numbers[3] ?? 0) + (numbers[4] ?? 0), total: numbers.reduce((sum, n) => sum + n, 0) };
}

export function busyBetween(a: ReturnType<typeof machineBusy>, b: ReturnType<typeof machineBusy>): number {
  const total = b.total - a.total;
  return total > 0 ? 1 - (b.idle - a.idle) / total : 0;
}

export const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? Number.NaN;

/** The value below which a share of the sorted numbers lies. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

export const machineFacts = () => ({
  system: `${os.type()} ${os.release()}`,
  cores: os.availableParallelism(),
  processor: os.cpus()[0]?.model ?? 'unknown',
  memoryGiB: Math.round(os.totalmem() / 2 ** 30),
  node: process.version,
});

export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { Client } from 'pg';
import { type Kind, type Prepared, prepare } from './database.ts';
import { busyBetween, cpuOf, family, machineBusy, pause, postgresOf, pssOf } from './measure.ts';

/** The product under measurement: the real server as a child process, and its PostgreSQL. */
export interface Running {
  database: Prepared;
  port: number;
  smtpPort: number;
  /** A connection of the bench's own. */
  sql: Client;
  pids(): { server: number[]; postgres: number[] };
  stop(): Promise<void>;
}

export interface Cost {
  seconds: number;
  /** Seconds of CPU. */
  server: number;
  postgres: number;
  /** What everything on the machine used, from 0 to 1, our driver included. */
  busy: number;
}

export async function run(kind: Kind, cases: number, env: Record<string, string> = {}): Promise<Running> {
  const database = await prepare(kind, cases);
  await database.begin();
  const { child, port, smtpPort } = await serve(database, env);
  const sql = new Client(database.url);
  await sql.connect();
  return {
    database,
    port,
    smtpPort,
    sql,
    pids: () => ({ server: family(child.pid ?? 0), postgres: postgresOf(database.cluster) }),
    async stop() {
      await sql.end();
      await end(child);
      await database.end();
    },
  };
}

/** One more web process on the same database, which must be one of its own: the embedded one belongs to one process. */
export async function besides({ database }: Running): Promise<{ port: number; stop(): Promise<void> }> {
  const { child, port } = await serve(database, { NAHBAR_PROCESS: 'web' });
  return { port, stop: () => end(child) };
}

async function serve(database: Prepared, env: Record<string, string>): Promise<{ child: ChildProcess; port: number; smtpPort: number }> {
  const [port, smtpPort] = [await freePort(), await freePort()];
  // The first as `npm start` gives it; more to profile with, such as --cpu-prof.
  const flags = ['--max-semi-space-size=8', ...(process.env['BENCH_NODE_FLAGS']?.split(' ').filter(Boolean) ?? [])];
  const child = spawn(process.execPath, [...flags, path.join(import.meta.dirname, 'serve.ts')], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      ...process.env,
      ...database.env,
      PORT: String(port),
      SMTP_PORT: String(smtpPort),
      NAHBAR_RATE_LIMIT: '0',
      LOG_LEVEL: 'warn',
      ...env,
    },
  });
  await ready(child);
  return { child, port, smtpPort };
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** Measures what some work costs the server and its database. */
export async function costOf<T>(running: Running, work: () => Promise<T>): Promise<{ result: T; cost: Cost }> {
  const look = () => {
    const { server, postgres } = running.pids();
    return { server: cpuOf(server), postgres: cpuOf(postgres), machine: machineBusy(), at: performance.now() };
  };
  const before = look();
  const result = await work();
  const after = look();
  return {
    result,
    cost: {
      seconds: (after.at - before.at) / 1000,
      server: after.server - before.server,
      postgres: after.postgres - before.postgres,
      busy: busyBetween(before.machine, after.machine),
    },
  };
}

export function memoryOf(running: Running): { server: number; postgres: number; total: number } {
  const { server, postgres } = running.pids();
  const [a, b] = [pssOf(server), pssOf(postgres)];
  return { server: a, postgres: b, total: a + b };
}

/** Every kind of database this machine has; `BENCH_DATABASE` names one. */
export function kinds(): Kind[] {
  const wanted = process.env['BENCH_DATABASE'];
  return (['embedded', 'postgres15'] as const).filter((kind) => !wanted || kind === wanted);
}

/** 100,000 cases unless `BENCH_CASES` says otherwise; rounds likewise. */
export const usualCases = Number(process.env['BENCH_CASES'] ?? 100_000);
export const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);

/** The same measurement for as many rounds as are wanted. */
export async function repeated<T>(once: (round: number) => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let round = 0; round < rounds; round += 1) all.push(await once(round));
  return all;
}

async function ready(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (text: Buffer) => {
      if (process.env['BENCH_GC']) process.stdout.write(text);
      if (text.toString().includes('ready')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready.`)));
  });
  await pause(500);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

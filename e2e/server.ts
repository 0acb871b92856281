import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { certificateFile } from '../server/testing/push-service/push-service.ts';

export interface Nahbar {
  base: string;
  smtpPort: number;
  /** Its data folder. */
  data: string;
  /** Everything that the process has said since it was started last. */
  said(): string;
  /** Ends the process; what it stored stays. Comes back with what it ended with. */
  away(): Promise<number | null>;
  /** Starts it again where it was. */
  back(): Promise<void>;
  stop(): Promise<void>;
}

const root = path.join(import.meta.dirname, '..');
/** Two servers must not build the web application into the same folder at once. */
let building: Promise<unknown> = Promise.resolve();

/** Starts the real thing as a person would, on free ports and in a folder of its own unless one is given, and goes where it says that it is. */
export async function startNahbar(given?: string, options: readonly string[] = []): Promise<Nahbar> {
  const [port, smtpPort] = await Promise.all([freePort(), freePort()]);
  const data = given ?? (await mkdtemp(path.join(tmpdir(), 'nahbar-e2e-')));
  const begin = (): ChildProcess =>
    spawn(process.execPath, ['server/bootstrap.mjs', 'start', ...options], {
      cwd: root,
      env: {
        ...process.env,
        PORT: String(port),
        SMTP_PORT: String(smtpPort),
        NAHBAR_DATA: data,
        LOG_LEVEL: 'warn',
        // The push service of a journey is one of our own.
        NODE_EXTRA_CA_CERTS: certificateFile,
        DATABASE_URL: '',
        NODE_ENV: 'production',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const started = async () => {
    const child = begin();
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    return { child, said: () => said, base: await placeOf(child, () => said) };
  };
  const turn = building.then(started);
  building = turn.catch(() => {});
  const { base, ...first } = await turn;
  let { child, said } = first;
  const away = async (): Promise<number | null> => {
    if (child.exitCode !== null) return child.exitCode;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    return child.exitCode;
  };
  return {
    base,
    smtpPort,
    data,
    said: () => said(),
    away,
    back: async () => {
      ({ child, said } = await started());
    },
    stop: async () => {
      await away();
      if (!given) await rm(data, { recursive: true, force: true });
    },
  };
}

/** Gives a test file a server that waits for its first administrator. */
export function useEmptyServer(): () => Nahbar {
  let empty: Nahbar | undefined;
  beforeAll(async () => {
    empty = await startNahbar();
  });
  afterAll(() => empty?.stop());
  return () => {
    if (!empty) throw new Error('the empty server is there in tests only');
    return empty;
  };
}

/** The address it prints when it is ready. */
async function placeOf(child: ChildProcess, said: () => string): Promise<string> {
  for (const end = Date.now() + 90_000; Date.now() < end; ) {
    if (child.exitCode !== null) throw new Error(`the server ended: ${said()}`);
    const place = /ready at (http:\S+)/.exec(said())?.[1];
    if (place) return place;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the server does not say that it is ready: ${said()}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { waitForPort } from './ports.ts';
import { bareEnv } from '../../../server/testing/bare-env.ts';

/** A worker process that a test may kill. */
export interface Worker {
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Ends it in order. Gives the seconds of processor time it used. */
  stop(): Promise<number>;
}

export async function startWorker(env: { databaseUrl: string; smtpPort: number; secret: string }): Promise<Worker> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'worker-process.ts')], {
    env: {
      ...bareEnv,
      DATABASE_URL: env.databaseUrl,
      SMTP_PORT: String(env.smtpPort),
      NAHBAR_SECRET: env.secret,
      NAHBAR_DATA: '/nonexistent',
      PORT: '0',
      LOG_LEVEL: process.env['WORKER_LOG'] ?? 'silent',
    },
    // The worker ends when this end of its input closes: a test that is killed leaves no process behind.
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    await waitForPort(env.smtpPort, () => output, 60_000);
  } catch (error) {
    await end(child, ended, 'SIGKILL');
    throw error;
  }
  return {
    kill: () => end(child, ended, 'SIGKILL'),
    async stop() {
      await end(child, ended, 'SIGTERM');
      return Number(/^cpu ([\d.]+)$/m.exec(output)?.[1] ?? Number.NaN);
    },
  };
}

async function end(child: ChildProcess, ended: Promise<void>, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await ended;
}

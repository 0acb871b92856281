import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { bareEnv } from './bare-env.ts';

/** Starts a process of its own that does the jobs of a house's database, and answers when it is ready; rejects when it ends before. */
export async function startWorker(databaseUrl: string, env: Record<string, string> = {}): Promise<ChildProcess> {
  const started = spawn(process.execPath, [new URL('web-process.ts', import.meta.url).pathname], {
    env: {
      ...bareEnv,
      DATABASE_URL: databaseUrl,
      DATABASE_CONNECTIONS: '6',
      NAHBAR_PROCESS: 'worker',
      SMTP_PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  await Promise.race([
    once(started.stdout as NodeJS.ReadableStream, 'data'),
    once(started, 'exit').then(([code]) => Promise.reject(new Error(`ended with ${code}`))),
  ]);
  return started;
}

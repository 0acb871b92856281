import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanDatabase } from '../../testing/database.ts';
import { slowJob } from '../../testing/jobs-process.ts';
import type { Database } from '../database/database.ts';
import { dbOf, sql } from '../database/sql.ts';
import type { House } from '../house/house.ts';
import { emptyHouse } from '../testing.ts';
import { bareEnv } from '../../testing/bare-env.ts';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Real processes and real waiting; the limit is for what never ends.
describe('the jobs of a process', { timeout: 120_000 }, () => {
  let database: Database;
  let desk: House;
  const processes: ChildProcess[] = [];
  const houses: House[] = [];
  beforeEach(async () => {
    database = await cleanDatabase({ max: 12 });
    await dbOf(database.pool).exec(
      sql`create table ran (at timestamptz not null default clock_timestamp(), what text not null, pid int not null)`,
    );
    // Only gives jobs away.
    desk = await emptyHouse([{ name: 'things', jobs: [slowJob] }], { database: { ...database, close: async () => {} } });
  });
  afterEach(async () => {
    for (const one of processes.splice(0)) {
      one.kill('SIGCONT');
      one.kill('SIGKILL');
    }
    for (const one of houses.splice(0)) await one.close();
    await desk.close();
    await database.close();
  });

  async function startsProcess(): Promise<ChildProcess> {
    const started = spawn(process.execPath, [new URL('../../testing/jobs-process.ts', import.meta.url).pathname], {
      env: {
        ...bareEnv,
        DATABASE_URL: database.url,
        DATABASE_CONNECTIONS: '6',
        NAHBAR_PROCESS: 'worker',
        NAHBAR_DATA: '/nonexistent',
        SMTP_PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    processes.push(started);
    await once(started.stdout as NodeJS.ReadableStream, 'data');
    return started;
  }
  /** Another worker on the same database, in this process. */
  const startsBeside = async () =>
    void houses.push(
      await emptyHouse([{ name: 'things', jobs: [slowJob] }], { database: { ...database, close: async () => {} }, mode: 'run' }),
    );
  const ran = () => dbOf(database.pool).query<{ at: Date; what: string; pid: number }>(sql`select at, what, pid from ran order by at`);
  const whats = async () => (await ran()).map(({ what, pid }) => `${what} ${pid === process.pid ? 'beside' : 'there'}`);
  /** A process has begun a job of so long, and there is another one beside it. */
  async function atWork(data: { milliseconds: number; thinks?: boolean; onlyOnce?: boolean }): Promise<ChildProcess> {
    const worker = await startsProcess();
    await desk.platform.jobs.enqueue(dbOf(database.pool), slowJob.name, data);
    await expect.poll(whats, { timeout: 30_000 }).toEqual(['begun there']);
    await startsBeside();
    return worker;
  }
  /** Longer than the dead are waited for, and than a process of which nothing is heard is not (20 s). */
  const long = 6_000;

  it('that was killed go on in another, long before its silence would tell', async () => {
    const worker = await atWork({ milliseconds: 60_000, onlyOnce: true });
    await pause(1_000);
    const { now } = await dbOf(database.pool).one<{ now: Date }>(sql`select clock_timestamp() as now`);
    worker.kill('SIGKILL');
    await expect.poll(whats, { timeout: 30_000 }).toEqual(['begun there', 'begun beside', 'ended beside']);
    const begun = (await ran())[1]?.at.getTime() ?? 0;
    // Within five seconds where the machine has them: that is for the torture to say.
    expect(begun - now.getTime()).toBeLessThan(15_000);
    // What a job does is there a little before it counts as done.
    const job = () => dbOf(database.pool).one(sql`select state, retry_count as tries from pgboss.job where name = 'nahbar'`);
    await expect.poll(job, { timeout: 30_000 }).toEqual({ state: 'completed', tries: 1 });
  });

  it('stay with it while it takes long, be it that it thinks and says nothing', async () => {
    await atWork({ milliseconds: long, thinks: true });
    await expect.poll(whats, { timeout: 40_000 }).toContain('ended there');
    expect(await whats()).toEqual(['begun there', 'ended there']);
  });

  it('stay with it while it stands still', async () => {
    const worker = await atWork({ milliseconds: 1_000 });
    worker.kill('SIGSTOP');
    await pause(long);
    expect(await whats()).toEqual(['begun there']);
    worker.kill('SIGCONT');
    await expect.poll(whats, { timeout: 40_000 }).toEqual(['begun there', 'ended there']);
  });

  it('stay with it when all of its connections break, and go on in another when it dies after that', async () => {
    const worker = await atWork({ milliseconds: 60_000, onlyOnce: true });
    await dbOf(database.pool).query(
      sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await pause(long);
    expect(await whats()).toEqual(['begun there']);
    worker.kill('SIGKILL');
    await expect.poll(whats, { timeout: 30_000 }).toEqual(['begun there', 'begun beside', 'ended beside']);
  });
});

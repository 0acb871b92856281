import { PgBoss, type Job as StoredJob } from 'pg-boss';
import { system } from '../actor.ts';
import { type Ctx, type Platform, reading, transaction } from '../context.ts';
import { type Db, dbOf, sql } from '../database/sql.ts';
import { type Log, messageWithoutData } from '../log.ts';
import { freeAbandoned } from './abandoned.ts';
import { createHolds, type Holds } from './holds.ts';
import { startTicking, type Tick, type Ticking } from './ticks.ts';

/** Later, slow or repeated work. It runs at least once, so it must bear a repetition; a job calls one action. */
export interface Job {
  /** `<room>.<what_it_does>`, imperative. */
  name: string;
  /** Runs outside a transaction; use `work.transaction` for each step that must hold together. */
  run(work: TakenJob, data: Record<string, unknown>): Promise<void>;
  /** Cron expression in Europe/Berlin, when it repeats by the calendar. */
  cron?: string;
}

export interface JobWork {
  platform: Platform;
  reading: Ctx;
  transaction<T>(act: (ctx: Ctx) => Promise<T>): Promise<T>;
}

export interface TakenJob extends JobWork {
  /** All of the job in one transaction, which also ends it: its effects happen once, whatever becomes of the process before or after. */
  once(act: (ctx: Ctx) => Promise<void>, more?: { causationId: string }): Promise<void>;
}

/** What the system works with, outside a request. */
export const jobWork = (platform: Platform): JobWork => ({
  platform,
  reading: reading(platform, system),
  transaction: (act) => transaction(platform, system, act),
});

export interface EnqueueOptions {
  startAfterSeconds?: number;
  /** Only one waiting job with this key. */
  singletonKey?: string;
  retryLimit?: number;
  retryDelaySeconds?: number;
}

export interface FailedJob {
  id: string;
  job: string;
  failedAt: string;
  attempts: number;
  /** Error code or message without personal data. */
  reason: string;
}

export interface Jobs {
  /** Adds a job; with a transaction's `db` it exists only if that commits. */
  enqueue(db: Db, job: string, data: Record<string, unknown>, options?: EnqueueOptions): Promise<void>;
  /** What was given to a job that has not ended well yet, failed ones included. */
  waiting(job: string): Promise<Record<string, unknown>[]>;
  /** Jobs that ended failed, newest first: never silent, shown on the health page. */
  failed(limit: number): Promise<FailedJob[]>;
  /** Ticks of this process that failed several times in a row and go on trying. */
  failingTicks(): string[];
  retry(id: string): Promise<boolean>;
  discard(id: string): Promise<boolean>;
  /** Runs what is due now, in this call; for tests. Returns how many ran. */
  drain(): Promise<number>;
  start(jobs: readonly Job[], ticks: readonly Tick[], mode: 'run' | 'step'): Promise<void>;
  /** Lets nothing run in this process until what it returns is called; what runs now has ended when it resolves. */
  pause(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

type Taken = StoredJob<{ job: string; data: Record<string, unknown> }>;

const queue = 'nahbar';
const workers = 4;

/**
 * A process that died has its jobs done by others within seconds (`abandoned.ts`). One that stands still, or that nothing is heard of, still holds them: it says every few seconds that
 * it works on a job, and when it has not for a while, the job goes to another all the same. Then it may be done twice, which jobs bear.
 */
const lease = { heartbeatSeconds: 20, heartbeatRefreshSeconds: 5, lookedForEverySeconds: 10 };

/** Removes jobs that were done more than a day ago: pg-boss counts all there are every few seconds. Failed ones stay. */
export async function sweepDoneJobs(work: JobWork): Promise<void> {
  await work.transaction((ctx) =>
    ctx.db
      .exec(
        sql`delete from pgboss.job where name = ${queue} and state = 'completed' and completed_on < ${new Date(ctx.now.getTime() - 86_400_000)}`,
      )
      .then(() => {}),
  );
}

/** Jobs on pg-boss, in the same database. One queue; names find the handler. `platform` is asked for late because it holds these jobs. */
export function createJobs(platform: () => Platform, log: Log): Jobs {
  const handlers = new Map<string, Job>();
  let boss: PgBoss | undefined;
  let stopped = false;
  let paused = false;
  let ticking: Ticking | undefined;
  let holds: Holds | undefined;
  let worker: string | undefined;

  const work = (): JobWork => jobWork(platform());

  const runJob = async (taken: Taken) => {
    const { job, data } = taken.data;
    const handler = handlers.get(job);
    if (!handler) throw new Error(`No handler for job ${job}`);
    const once: TakenJob['once'] = (act, more) =>
      transaction(
        platform(),
        system,
        async (ctx) => {
          await act(ctx);
          const ended = await ctx.db.exec(sql`update pgboss.job set state = 'completed', completed_on = now()
            where name = ${queue} and id = ${taken.id} and state = 'active' and retry_count = ${taken.retryCount}`);
          if (ended === 0) throw new Error('The job has gone to another process meanwhile');
        },
        more,
      );
    try {
      await handler.run({ ...work(), once }, data);
    } catch (error) {
      log.error({ err: error, job }, 'job failed');
      throw new Error(
        error instanceof Error
          ? `${error.name}: ${(error as { code?: string }).code ?? messageWithoutData(error).slice(0, 200)}`
          : 'failed',
      );
    }
  };

  /** Holds the job while it runs; what has gone to another before it was held is theirs. */
  const runHeld = async (taken: Taken) => {
    await holds?.take(taken.id);
    try {
      const { isOurs } = await pool().one<{ isOurs: boolean }>(sql`select exists (select from pgboss.job
        where name = ${queue} and id = ${taken.id} and state = 'active' and retry_count = ${taken.retryCount}) as "isOurs"`);
      if (isOurs) await runJob(taken);
    } finally {
      holds?.release(taken.id);
    }
  };

  const pool = () => dbOf(platform().database.pool);

  return {
    async enqueue(db, job, data, options = {}) {
      if (!boss) throw new Error('Jobs have not been started');
      await boss.send(
        queue,
        { job, data },
        {
          db: { executeSql: async (text, values) => ({ rows: await db.query(asSql(text, values)) }) },
          retryLimit: options.retryLimit ?? 8,
          retryDelay: options.retryDelaySeconds ?? 5,
          retryBackoff: true,
          retryDelayMax: 3_600,
          ...(options.startAfterSeconds ? { startAfter: options.startAfterSeconds } : {}),
          ...(options.singletonKey ? { singletonKey: options.singletonKey } : {}),
        },
      );
    },
    async waiting(job) {
      const rows = await pool().query<{ data: Record<string, unknown> }>(
        sql`select data->'data' as data from pgboss.job where name = ${queue} and data->>'job' = ${job} and state <> 'completed'`,
      );
      return rows.map(({ data }) => data);
    },
    async failed(limit) {
      const rows = await pool().query<{ id: string; job: string; at: Date; attempts: number; output: { message?: string } | null }>(
        sql`select id, data->>'job' as job, completed_on as at, retry_count + 1 as attempts, output from pgboss.job
          where name = ${queue} and state = 'failed' order by completed_on desc limit ${limit}`,
      );
      return rows.map((r) => ({
        id: r.id,
        job: r.job,
        failedAt: r.at.toISOString(),
        attempts: r.attempts,
        reason: r.output?.message ?? 'failed',
      }));
    },
    async retry(id) {
      const touched = await pool().exec(sql`update pgboss.job set state = 'retry', retry_count = 0, start_after = now(), completed_on = null
        where name = ${queue} and id = ${id} and state = 'failed'`);
      return touched === 1;
    },
    async discard(id) {
      return (await pool().exec(sql`delete from pgboss.job where name = ${queue} and id = ${id} and state = 'failed'`)) === 1;
    },
    async drain() {
      if (!boss) throw new Error('Jobs have not been started');
      let count = 0;
      for (;;) {
        const found = await boss.fetch<Taken['data']>(queue, { batchSize: 20 });
        if (found.length === 0) return count;
        for (const one of found) {
          count += 1;
          try {
            await runJob(one);
            await boss.complete(queue, one);
          } catch (error) {
            await boss.fail(queue, one, { message: (error as Error).message });
          }
        }
      }
    },
    async start(jobs, ticks, mode) {
      for (const job of jobs) handlers.set(job.name, job);
      const { pool: connections } = platform().database;
      boss = new PgBoss({
        db: { executeSql: (text, values) => connections.query(text, values as unknown[]) },
        schema: 'pgboss',
        supervise: mode === 'run',
        schedule: mode === 'run',
        superviseIntervalSeconds: lease.lookedForEverySeconds,
        monitorIntervalSeconds: lease.lookedForEverySeconds,
        persistWarnings: false,
      });
      boss.on('error', (error) => log.warn({ err: error }, 'job queue'));
      await boss.start();
      await boss.createQueue(queue);
      // Not with the line above, because that leaves a queue alone that is there already, with the rules of an older version.
      await boss.updateQueue(queue, {
        retryLimit: 8,
        retryBackoff: true,
        heartbeatSeconds: lease.heartbeatSeconds,
        // Failed jobs are kept for thirty days, so that nobody misses them.
        deleteAfterSeconds: 30 * 86_400,
        retentionSeconds: 30 * 86_400,
      });
      // pg-boss asks once what kind of queue it is, on a connection of its own. Asked here, because the first `send` would ask in the middle of a
      // transaction: many of those at once would each hold one connection and wait for another.
      await boss.findJobs(queue, { id: '00000000-0000-0000-0000-000000000000' });
      if (mode === 'step') return;
      await indexActive(pool());
      holds = createHolds(platform().database, log);
      await takeWork();
      for (const job of jobs)
        if (job.cron) await boss.schedule(queue, job.cron, { job: job.name, data: {} }, { tz: 'Europe/Berlin', key: job.name });
      // Those who look are woken, because they look every two seconds by themselves.
      const abandoned = freeAbandoned(queue, () => worker && boss?.notifyWorker(worker));
      ticking = startTicking([abandoned, ...ticks], work, log, () => paused);
    },
    failingTicks: () => ticking?.failing() ?? [],
    async pause() {
      paused = true;
      if (ticking) await boss?.offWork(queue, { wait: true });
      await ticking?.ended();
      return async () => {
        paused = false;
        if (ticking && !stopped) await takeWork();
      };
    },
    async stop() {
      stopped = true;
      await ticking?.stop();
      await boss?.stop({ graceful: true, timeout: 5_000 });
      await holds?.stop();
    },
  };

  async function takeWork(): Promise<void> {
    worker = await boss?.work<Taken['data']>(
      queue,
      { pollingIntervalSeconds: 2, batchSize: 1, localConcurrency: workers, heartbeatRefreshSeconds: lease.heartbeatRefreshSeconds },
      async ([job]) => job && (await runHeld(job)),
    );
  }
}

/** Jobs at work are few among those that were done today. pg-boss has no index for them, and made the table itself. */
async function indexActive(db: Db): Promise<void> {
  const isThere = await db.maybe(sql`select from pg_indexes where schemaname = 'pgboss' and indexname = 'nahbar_active'`);
  if (isThere) return;
  // In one statement with its lock, for two processes that start at the same moment.
  await db.exec(
    sql.unprepared(sql`do $do$ begin
    perform pg_advisory_xact_lock(hashtextextended('pgboss.nahbar_active', 0));
    create index if not exists nahbar_active on pgboss.job (started_on) where state = 'active'; end $do$`),
  );
}

/** pg-boss hands over text with $1, $2 …; our `Db` wants the pieces between them. */
function asSql(text: string, values: unknown[] = []) {
  const parts: string[] = [];
  const inOrder: unknown[] = [];
  let from = 0;
  for (const found of text.matchAll(/\$(\d+)/g)) {
    parts.push(text.slice(from, found.index));
    inOrder.push(values[Number(found[1]) - 1] ?? null);
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return sql.unprepared(sql(parts as unknown as TemplateStringsArray, ...inOrder));
}

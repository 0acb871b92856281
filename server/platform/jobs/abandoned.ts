import { sql } from '../database/sql.ts';
import { holdOf } from './holds.ts';
import type { JobWork } from './jobs.ts';
import type { Tick } from './ticks.ts';

/** For so long there must be no lock on a job, so that a process whose connection broke, be it with the database, has taken it again. */
const goneMilliseconds = 1_500;

/**
 * Gives the jobs of processes that died to others, a few seconds after their death. Nobody is asked how they are: a live process has a lock on each of its jobs (`holds.ts`), however long
 * it says nothing. The lock is had while the job is given away, so that nobody comes back to it in the same moment.
 */
export function freeAbandoned(queue: string, onFreed: () => void): Tick & Required<Pick<Tick, 'due'>> {
  /** By job and attempt, since when there has been no lock. */
  let suspects = new Map<string, number>();
  // Asked by what the database takes for now, by which it says since when they are at work.
  const due = () => sql`pgboss.job where name = ${queue} and state = 'active' and started_on < clock_timestamp() - interval '1 second'`;
  return {
    name: 'platform.free_abandoned_jobs',
    everySeconds: 0.5,
    due,
    async run({ transaction }: JobWork) {
      const unheld = await transaction(({ db }) =>
        db.query<{ attempt: string }>(
          sql`with active as materialized (select id, retry_count from ${due()})
            select id || ' ' || retry_count as attempt from active where pg_try_advisory_xact_lock(${holdOf(sql`id::text`)})`,
        ),
      );
      const now = performance.now();
      suspects = new Map(unheld.map(({ attempt }) => [attempt, suspects.get(attempt) ?? now]));
      const gone = [...suspects].filter(([, since]) => now - since >= goneMilliseconds).map(([attempt]) => attempt);
      if (gone.length === 0) return;
      const freed = await transaction(({ db }) =>
        db.exec(
          sql`with gone as materialized (select id, retry_count from ${due()} and id || ' ' || retry_count = any(${gone}::text[])),
              free as materialized (select * from gone where pg_try_advisory_xact_lock(${holdOf(sql`id::text`)}))
            update pgboss.job j set state = case when j.retry_count < j.retry_limit then 'retry' else 'failed' end::pgboss.job_state,
              completed_on = case when j.retry_count < j.retry_limit then null else now() end, start_after = now(), heartbeat_on = null,
              output = '{"message": "the process died"}'
            from free where j.name = ${queue} and j.id = free.id and j.retry_count = free.retry_count and j.state = 'active'`,
        ),
      );
      if (freed > 0) onFreed();
    },
  };
}

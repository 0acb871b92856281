import { type Db, sql } from '../../../platform/database/sql.ts';

/** Those who wait in one queue of one team. */
export interface WaitingCount {
  teamId: string | null;
  queueId: string | null;
  waiting: number;
  /** Of them, those whom nobody has. */
  free: number;
  nearDue: number;
  overdue: number;
  oldestSince: Date;
  nextDueAt: Date | null;
}

/** How many wait, by team and queue. The cost grows with who waits, not with the archive. */
export const countWaiting = (db: Db, now: Date): Promise<WaitingCount[]> =>
  db.query<WaitingCount>(sql`select c.team_id as "teamId", c.queue_id as "queueId", count(*)::int as waiting,
      count(*) filter (where c.assignee_id is null and (c.claim_until is null or c.claim_until <= ${now}))::int as free,
      count(*) filter (where c.warn_at <= ${now} and c.due_at > ${now})::int as "nearDue", count(*) filter (where c.due_at <= ${now})::int as overdue,
      min(c.waiting_since) as "oldestSince", min(c.due_at) filter (where c.due_at > ${now}) as "nextDueAt"
    from conversations c where c.is_open and c.waiting_since is not null and c.restricted_at is null group by 1, 2`);

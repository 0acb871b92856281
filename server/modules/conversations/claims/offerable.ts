import { type Db, sql } from '../../../platform/database/sql.ts';
import type { ConversationRow } from '../rows.ts';

/** A customer who waits for somebody to take their conversation. `servedBy`: who has the customer just now. */
export type Offerable = Pick<
  ConversationRow,
  'id' | 'channel' | 'visibility' | 'teamId' | 'caseId' | 'customerId' | 'queueId' | 'warnAt'
> & {
  /** Since when they wait; where nobody waits for an answer, since something was last written. */
  since: Date;
  servedBy: string | null;
};

/**
 * What waits in these queues of these teams and nobody has, what is due first at first, except of these customers; at most so many of each queue of each team, so that
 * nobody waits in vain behind those for whom nobody is there.
 */
export const offerableIn = (
  db: Db,
  {
    queueIds,
    teamIds,
    restingQueueIds,
    besides,
    now,
    most,
  }: {
    queueIds: readonly string[];
    teamIds: readonly string[];
    /** Of these only what is near due. */
    restingQueueIds: readonly string[];
    besides: readonly string[];
    now: Date;
    most: number;
  },
): Promise<Offerable[]> =>
  db.query<Offerable>(sql`select f.id, f.channel, f.visibility, f.team_id as "teamId", f.case_id as "caseId", f.customer_root_id as "customerId", f.queue_id as "queueId",
      f.warn_at as "warnAt", coalesce(f.waiting_since, f.last_message_at) as since, l.person_id as "servedBy"
    from unnest(${queueIds}::uuid[]) q cross join unnest(${teamIds}::uuid[]) t cross join lateral (select * from conversations c
      where c.queue_id = q and c.team_id = t and c.state in ('new', 'queued') and c.assignee_id is null and c.restricted_at is null
        and (c.claim_until is null or c.claim_until <= ${now}) and (c.snoozed_until is null or c.snoozed_until <= ${now}) and c.customer_root_id <> all(${besides}::uuid[])
        and (q <> all(${restingQueueIds}::uuid[]) or c.warn_at <= ${now})
      order by c.due_at nulls last, c.id limit ${most}) f left join customer_leases l on l.customer_id = f.customer_root_id and l.until > ${now}
    order by f.due_at nulls last, f.id`);

/** Who has the customers of these conversations just now, by conversation. */
export async function serversOf(db: Db, ids: readonly string[], now: Date): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; personId: string }>(sql`select c.id, l.person_id as "personId"
    from conversations c join customer_leases l on l.customer_id = c.customer_root_id and l.until > ${now} where c.id = any(${ids}::uuid[])`);
  return new Map(rows.map(({ id, personId }) => [id, personId]));
}

/** What each of these people has in hand. */
export const heldBy = (
  db: Db,
  personIds: readonly string[],
  now: Date,
): Promise<(Pick<ConversationRow, 'channel' | 'visibility'> & { personId: string })[]> =>
  db.query(sql`select claimed_by as "personId", channel, visibility from conversations
    where claimed_by = any(${personIds}::uuid[]) and claim_until > ${now}`);

/** What came into a queue since then, by team and channel: how much, and how many minutes it lasts from the first to the latest message. Nothing of who had it. */
export const arrivedIn = (
  db: Db,
  queueId: string,
  since: Date,
): Promise<{ teamId: string | null; channel: string; arrivals: number; minutesEach: number }[]> =>
  db.query(sql`select team_id as "teamId", channel, count(*)::int as arrivals,
      avg(extract(epoch from last_message_at - created_at) / 60)::float8 as "minutesEach"
    from conversations where queue_id = ${queueId} and created_at >= ${since} and restricted_at is null group by team_id, channel`);

import { type Db, sql } from '../../../platform/database/sql.ts';
import type { ConversationRow } from '../rows.ts';
import type { Wait } from './due.ts';

/** One wait of a customer for an answer of ours; `answeredAt` null while it lasts. */
export interface AnsweredWait {
  since: Date;
  isFirst: boolean;
  answeredAt: Date | null;
}

/** An answer that was neither taken back nor could not be delivered. */
const wasGiven = sql`coalesce(m.delivery->>'state', '') not in ('cancelled', 'failed')`;

/** Every wait of a conversation that an answer ended, and the one that lasts, oldest first. What was resolved without an answer was no wait for one. */
export async function waitsOf(db: Db, { id, waitingSince, firstAnswerAt }: ConversationRow): Promise<AnsweredWait[]> {
  const answered = await db.query<{ since: Date; at: Date }>(sql`select m.answers_since as since, m.at from messages m
    where m.conversation_id = ${id} and m.answers_since is not null and ${wasGiven} order by m.seq`);
  const past = answered.map(({ since, at }) => ({ since, answeredAt: at, isFirst: firstAnswerAt === null || at <= firstAnswerAt }));
  return waitingSince ? [...past, { since: waitingSince, answeredAt: null, isFirst: firstAnswerAt === null }] : past;
}

/** A wait with what decides when its answer was due, and who gave it. */
export interface AnsweredWork extends Wait {
  conversationId: string;
  answeredAt: Date | null;
  personId: string | null;
}

const workColumns = sql`c.id as "conversationId", c.channel, c.visibility, c.team_id as "teamId", c.priority, c.case_id as "caseId", c.customer_root_id as "customerId"`;

/** Every wait that began within a time and that an answer of a person ended, in conversations as they are now. */
export const answeredSince = (db: Db, from: Date, to: Date): Promise<AnsweredWork[]> =>
  db.query<AnsweredWork>(sql`select ${workColumns}, m.answers_since as since, m.at <= c.first_answer_at as "isFirst", m.at as "answeredAt",
      case when m.author_kind = 'person' then m.author_id end as "personId"
    from messages m join conversations c on c.id = m.conversation_id
    where m.answers_since >= ${from} and m.answers_since < ${to} and c.restricted_at is null and ${wasGiven}`);

/** Every wait whose answer was due within a time and that lasts. */
export const unansweredDue = (db: Db, from: Date, to: Date): Promise<AnsweredWork[]> =>
  db.query<AnsweredWork>(sql`select ${workColumns}, c.waiting_since as since, c.first_answer_at is null as "isFirst", null::timestamptz as "answeredAt", null as "personId"
    from conversations c where c.is_open and c.waiting_since is not null and c.due_at >= ${from} and c.due_at < ${to} and c.restricted_at is null`);

/** Everybody who waits in a thread of one of these channels. */
export const waitingThreads = (
  db: Db,
  channels: readonly string[],
): Promise<{ conversationId: string; since: Date; accountId: string; threadKey: string }[]> =>
  db.query(sql`select c.id as "conversationId", c.waiting_since as since, c.account_id as "accountId", c.thread_key as "threadKey" from conversations c
    where c.is_open and c.waiting_since is not null and c.channel = any(${channels}::text[]) and c.account_id is not null and c.thread_key is not null`);

/** What decides when an answer in these conversations is due, as they are now; not of what is no longer anybody's. */
export async function workOf(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, Omit<AnsweredWork, 'since' | 'isFirst' | 'answeredAt' | 'personId'> & { firstAnswerAt: Date | null }>> {
  const rows = await db.query<Omit<AnsweredWork, 'since' | 'isFirst' | 'answeredAt' | 'personId'> & { firstAnswerAt: Date | null }>(
    sql`select ${workColumns}, c.first_answer_at as "firstAnswerAt" from conversations c
      where c.id = any(${ids}::uuid[]) and c.restricted_at is null and c.state not in ('spam', 'merged')`,
  );
  return new Map(rows.map((row) => [row.conversationId, row]));
}

/** When each of these waits was answered, in their order; null for one that was not. */
export async function answersTo(db: Db, waits: readonly { conversationId: string; since: Date }[]): Promise<(Date | null)[]> {
  const rows = await db.query<{ at: Date | null }>(sql`select (select min(m.at) from messages m
      where m.conversation_id = w.id and m.answers_since = w.since and ${wasGiven}) as at
    from rows from (jsonb_to_recordset(${sql.json(waits.map(({ conversationId: id, since }) => ({ id, since })))}) as (id uuid, since timestamptz))
      with ordinality w order by w.ordinality`);
  return rows.map(({ at }) => at);
}

/** When each of these customers got the first answer after they had written at an instant, by conversation; one who got none is not there. */
export async function firstAnswersAfter(db: Db, written: readonly { conversationId: string; since: Date }[]): Promise<Map<string, Date>> {
  const rows = await db.query<{ id: string; at: Date }>(sql`select w.id, min(m.at) as at
    from jsonb_to_recordset(${sql.json(written.map(({ conversationId: id, since }) => ({ id, since })))}) as w(id uuid, since timestamptz)
      join messages m on m.conversation_id = w.id and m.at >= w.since and m.answers_since is not null and ${wasGiven}
    group by 1`);
  return new Map(rows.map(({ id, at }) => [id, at]));
}

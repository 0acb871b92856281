import { type Db, sql } from '../../../platform/database/sql.ts';
import type { ConversationRow } from '../rows.ts';

/** One wait of a customer for an answer of ours; `answeredAt` null while it lasts. */
export interface AnsweredWait {
  since: Date;
  isFirst: boolean;
  answeredAt: Date | null;
}

/** Every wait of a conversation that an answer ended, and the one that lasts, oldest first. What was resolved without an answer was no wait for one. */
export async function waitsOf(db: Db, { id, waitingSince, firstAnswerAt }: ConversationRow): Promise<AnsweredWait[]> {
  const answered = await db.query<{ since: Date; at: Date }>(sql`select m.answers_since as since, m.at from messages m
    where m.conversation_id = ${id} and m.answers_since is not null and coalesce(m.delivery->>'state', '') not in ('cancelled', 'failed') order by m.seq`);
  const past = answered.map(({ since, at }) => ({ since, answeredAt: at, isFirst: firstAnswerAt === null || at <= firstAnswerAt }));
  return waitingSince ? [...past, { since: waitingSince, answeredAt: null, isFirst: firstAnswerAt === null }] : past;
}

/** When each of these waits was answered, in their order; null for one that was not. */
export async function answersTo(db: Db, waits: readonly { conversationId: string; since: Date }[]): Promise<(Date | null)[]> {
  const rows = await db.query<{ at: Date | null }>(sql`select (select min(m.at) from messages m
      where m.conversation_id = w.id and m.answers_since = w.since and coalesce(m.delivery->>'state', '') not in ('cancelled', 'failed')) as at
    from rows from (jsonb_to_recordset(${sql.json(waits.map(({ conversationId: id, since }) => ({ id, since })))}) as (id uuid, since timestamptz))
      with ordinality w order by w.ordinality`);
  return rows.map(({ at }) => at);
}

import { type Db, sql } from '../../../platform/database/sql.ts';

export interface MentionRow {
  stormId: string;
  conversationId: string;
  since: Date;
  exception: string | null;
}

export const mentionsOf = (db: Db, stormId: string): Promise<MentionRow[]> =>
  db.query<MentionRow>(sql`select storm_id as "stormId", conversation_id as "conversationId", since, exception from storm_mentions
    where storm_id = ${stormId} order by since, conversation_id`);

/** Gives those that were not there yet. */
export const insertMentions = (
  db: Db,
  found: readonly Omit<MentionRow, 'exception'>[],
): Promise<{ stormId: string; conversationId: string }[]> =>
  db.query(sql`insert into storm_mentions (storm_id, conversation_id, since)
    select "stormId", "conversationId", since from jsonb_to_recordset(${sql.json(found)}) as r("stormId" uuid, "conversationId" uuid, since timestamptz)
    on conflict do nothing returning storm_id as "stormId", conversation_id as "conversationId"`);

/** Those of these that have no reason yet. */
export const recordExceptions = (
  db: Db,
  {
    stormId,
    conversationIds,
    reason,
    by,
    at,
  }: { stormId: string; conversationIds: readonly string[]; reason: string; by: string | null; at: Date },
): Promise<{ conversationId: string }[]> =>
  db.query(sql`update storm_mentions set exception = ${reason}, excepted_by = ${by}, excepted_at = ${at}
    where storm_id = ${stormId} and conversation_id = any(${conversationIds}::uuid[]) and exception is null returning conversation_id as "conversationId"`);

export async function runningAbout(db: Db, conversationId: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`select s.id from storm_mentions m join storms s on s.id = m.storm_id
    where m.conversation_id = ${conversationId} and s.ended_at is null order by s.declared_at, s.id`);
  return rows.map(({ id }) => id);
}

export const dropMentions = (db: Db, conversationIds: readonly string[]): Promise<number> =>
  db.exec(sql`delete from storm_mentions where conversation_id = any(${conversationIds}::uuid[])`);

/** Where a mention went, its answer is given. */
export const followMerge = (db: Db, fromId: string, intoId: string): Promise<number> =>
  db.exec(sql`insert into storm_mentions (storm_id, conversation_id, since)
    select m.storm_id, ${intoId}::uuid, m.since from storm_mentions m join storms s on s.id = m.storm_id and s.ended_at is null
    where m.conversation_id = ${fromId} on conflict do nothing`);

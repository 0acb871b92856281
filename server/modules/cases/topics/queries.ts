import { type Db, sql } from '../../../platform/database/sql.ts';
import { type TopicRow, topicColumns } from '../queries/rows.ts';

export const allTopics = (db: Db): Promise<TopicRow[]> => db.query<TopicRow>(sql`select ${topicColumns} from topics t order by t.key`);

export const findTopics = (db: Db, ids: readonly string[]): Promise<TopicRow[]> =>
  db.query<TopicRow>(sql`select ${topicColumns} from topics t where t.id = any(${ids}::uuid[])`);

/** The tree is changed by one at a time: two moves that are right by themselves could make a loop together. */
export const lockTopics = (db: Db): Promise<number> => db.exec(sql`lock table topics in share row exclusive mode`);

/** Whether topics in use lie right below it. */
export async function hasPartsInUse(db: Db, id: string): Promise<boolean> {
  const { found } = await db.one<{ found: boolean }>(
    sql`select exists (select from topics where parent_id = ${id} and retired_at is null) as found`,
  );
  return found;
}

/** Undefined when the key is taken. */
export const insertTopic = (db: Db, t: Omit<TopicRow, 'version' | 'retiredAt'>): Promise<TopicRow | undefined> =>
  db.maybe<TopicRow>(sql`insert into topics as t (id, parent_id, key, label_de, label_en, owner_department, training_suitable)
    values (${t.id}, ${t.parentId}, ${t.key}, ${t.labelDe}, ${t.labelEn}, ${t.ownerDepartment}, ${t.trainingSuitable})
    on conflict (key) do nothing returning ${topicColumns}`);

export const replaceTopic = (db: Db, t: TopicRow): Promise<TopicRow> =>
  db.one<TopicRow>(sql`update topics t set version = t.version + 1, parent_id = ${t.parentId}, label_de = ${t.labelDe}, label_en = ${t.labelEn},
      owner_department = ${t.ownerDepartment}, training_suitable = ${t.trainingSuitable}, retired_at = ${t.retiredAt} where t.id = ${t.id} returning ${topicColumns}`);

/** Whether `id` lies on the way from `parentId` up to the root. */
export async function isAncestor(db: Db, id: string, parentId: string): Promise<boolean> {
  const { found } = await db.one<{ found: boolean }>(sql`with recursive up as (
      select id, parent_id from topics where id = ${parentId}
      union select t.id, t.parent_id from topics t join up on t.id = up.parent_id)
    select exists (select from up where id = ${id}) as found`);
  return found;
}

/** Every topic with the one above it. */
export async function topicParents(db: Db): Promise<Map<string, string | null>> {
  const rows = await db.query<{ id: string; parentId: string | null }>(sql`select id, parent_id as "parentId" from topics`);
  return new Map(rows.map(({ id, parentId }) => [id, parentId]));
}

export async function topicsOfCases(db: Db, caseIds: readonly string[]): Promise<Map<string, string | null>> {
  const rows = await db.query<{ id: string; topicId: string | null }>(
    sql`select id, topic_id as "topicId" from cases where id = any(${caseIds}::uuid[])`,
  );
  return new Map(rows.map(({ id, topicId }) => [id, topicId]));
}

/** How many cases of each topic were opened within each of these times, in their order. A topic of which none was is not there. */
export async function openedByTopic(db: Db, times: readonly { from: Date; to: Date }[]): Promise<Map<string, number[]>> {
  const rows = await db.query<{
    topicId: string;
    place: number;
    count: number;
  }>(sql`select c.topic_id as "topicId", t.place::int as place, count(*)::int as count
    from rows from (jsonb_to_recordset(${sql.json(times)}) as ("from" timestamptz, "to" timestamptz)) with ordinality t(since, until, place)
      join cases c on c.created_at >= t.since and c.created_at < t.until and c.topic_id is not null
    group by 1, 2`);
  const counts = new Map<string, number[]>();
  for (const { topicId, place, count } of rows) {
    const of = counts.get(topicId) ?? times.map(() => 0);
    of[place - 1] = count;
    counts.set(topicId, of);
  }
  return counts;
}

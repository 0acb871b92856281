import { type Db, sql } from '../../../platform/database/sql.ts';

/** Of these ids, those of cases whose clock runs or rests, also of those merged into one: it is read from all that was told of them. */
export async function unfinishedCases(db: Db, ids: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`with recursive chain as (
      select id as asked, state, merged_into from cases where id = any(${ids}::uuid[])
      union all select chain.asked, k.state, k.merged_into from cases k join chain on k.id = chain.merged_into)
    select asked as id from chain where state in ('open', 'waiting')`);
  return rows.map(({ id }) => id);
}

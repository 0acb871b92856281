import { type Db, sql } from '../../../platform/database/sql.ts';

/** Of these ids, those of cases whose clock runs or rests: it is read from all that was told of them. */
export async function unfinishedCases(db: Db, ids: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`select id from cases where id = any(${ids}::uuid[]) and state in ('open', 'waiting')`);
  return rows.map(({ id }) => id);
}

import { type Db, sql } from '../../../platform/database/sql.ts';

/** Of whoever belongs to no site. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** By person, the site at which they work. */
export async function pseudonyms(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query<{ id: string; siteId: string | null }>(sql`select id, site_id as "siteId" from people`);
  return new Map(rows.map(({ id, siteId }) => [id, siteId ?? nobody]));
}

import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';

export interface SiteRow {
  id: string;
  version: number;
  name: string;
  land: string;
  municipality: string | null;
  zone: string;
}

const columns = sql`id, version, name, land, municipality, zone`;

export const findSites = (db: Db, ids: readonly string[]): Promise<SiteRow[]> =>
  db.query<SiteRow>(sql`select ${columns} from sites where id = any(${ids}::uuid[])`);

export const listSites = (db: Db): Promise<SiteRow[]> => db.query<SiteRow>(sql`select ${columns} from sites order by created_at, id`);

/** Before there is a site. */
export const companyZoneUnknown = 'Europe/Berlin';
/** The zone in which the company's days and weeks begin, its first site's, woven into another statement. */
export const companyZoneNow: Sql = sql`coalesce((select zone from sites order by created_at, id limit 1), ${sql.raw(`'${companyZoneUnknown}'`)})`;
/** The same, asked for alone. */
export const companyZone = async (db: Db): Promise<string> => (await listSites(db))[0]?.zone ?? companyZoneUnknown;

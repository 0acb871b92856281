import { type Db, sql } from '../../../platform/database/sql.ts';

export interface TeamRow {
  id: string;
  version: number;
  name: string;
  site_id: string | null;
  archived: boolean;
  member_ids: string[];
  lead_ids: string[];
}

const columns = sql`t.id, t.version, t.name, t.site_id, t.archived_at is not null as archived,
  array(select m.person_id from team_members m where m.team_id = t.id order by 1) as member_ids,
  array(select l.person_id from team_leads l where l.team_id = t.id order by 1) as lead_ids`;

export const findTeam = (db: Db, id: string): Promise<TeamRow | undefined> =>
  db.maybe<TeamRow>(sql`select ${columns} from teams t where t.id = ${id}`);

export const findTeams = (db: Db, ids: readonly string[]): Promise<TeamRow[]> =>
  db.query<TeamRow>(sql`select ${columns} from teams t where t.id = any(${ids}::uuid[])`);

/** The teams in use, oldest first. */
export const listTeams = (db: Db): Promise<TeamRow[]> =>
  db.query<TeamRow>(sql`select ${columns} from teams t where t.archived_at is null order by t.created_at, t.id`);

export async function listTeamIds(db: Db): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`select id from teams where archived_at is null order by created_at, id`);
  return rows.map((row) => row.id);
}

/** Where work goes that nothing else claims: the oldest team. */
export async function defaultTeamId(db: Db): Promise<string | null> {
  const row = await db.maybe<{ id: string }>(sql`select id from teams where archived_at is null order by created_at, id limit 1`);
  return row?.id ?? null;
}

import { type Db, sql } from '../../../platform/database/sql.ts';
import { refusing } from './violations.ts';

export interface TeamRow {
  id: string;
  version: number;
  name: string;
  site_id: string | null;
  archived: boolean;
  successor_id: string | null;
  member_ids: string[];
  lead_ids: string[];
}

const columns = sql`t.id, t.version, t.name, t.site_id, t.archived_at is not null as archived, t.successor_id,
  array(select m.person_id from team_members m where m.team_id = t.id order by 1) as member_ids,
  array(select l.person_id from team_leads l where l.team_id = t.id order by 1) as lead_ids`;

export const findTeam = (db: Db, id: string): Promise<TeamRow | undefined> =>
  db.maybe<TeamRow>(sql`select ${columns} from teams t where t.id = ${id}`);

export const findTeams = (db: Db, ids: readonly string[]): Promise<TeamRow[]> =>
  db.query<TeamRow>(sql`select ${columns} from teams t where t.id = any(${ids}::uuid[])`);

/** The teams in use, oldest first. */
export async function listTeamIds(db: Db): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`select id from teams where archived_at is null order by created_at, id`);
  return rows.map((row) => row.id);
}

/** Where work goes that nothing else claims: the oldest team. */
export async function defaultTeamId(db: Db): Promise<string | null> {
  const row = await db.maybe<{ id: string }>(sql`select id from teams where archived_at is null order by created_at, id limit 1`);
  return row?.id ?? null;
}

/** All teams, archived ones last. */
export const listAllTeams = (db: Db): Promise<TeamRow[]> =>
  db.query<TeamRow>(sql`select ${columns} from teams t order by t.archived_at is not null, lower(t.name), t.id`);

export async function lockTeam(db: Db, id: string): Promise<TeamRow | undefined> {
  await db.query(sql`select from teams where id = ${id} for update`);
  return findTeam(db, id);
}

export async function insertTeam(db: Db, team: { id: string; name: string; siteId: string | null }, now: Date): Promise<void> {
  const row = sql`insert into teams (id, name, site_id, created_at) values (${team.id}, ${team.name}, ${team.siteId}, ${now})`;
  await refusing('workspace.name_taken', db.exec(row));
}

export async function updateTeam(
  db: Db,
  id: string,
  fields: { name?: string | undefined; siteId?: string | null | undefined },
): Promise<void> {
  const sets = [
    sql`version = version + 1`,
    ...(fields.name === undefined ? [] : [sql`name = ${fields.name}`]),
    ...(fields.siteId === undefined ? [] : [sql`site_id = ${fields.siteId}`]),
  ];
  await refusing('workspace.name_taken', db.exec(sql`update teams set ${sql.join(sets)} where id = ${id}`));
}

/** Ends a team. Whose successor it was goes on to its own; gives those too. */
export async function dissolveTeam(db: Db, id: string, successorId: string, now: Date): Promise<string[]> {
  await db.exec(sql`update teams set version = version + 1, archived_at = ${now}, successor_id = ${successorId} where id = ${id}`);
  const earlier = await db.query<{ id: string }>(
    sql`update teams set version = version + 1, successor_id = ${successorId} where successor_id = ${id} returning id`,
  );
  return [id, ...earlier.map((team) => team.id)];
}

/** The dissolved teams and who took over from each. */
export const listSuccessions = (db: Db): Promise<{ teamId: string; successorId: string }[]> =>
  db.query(sql`select id as "teamId", successor_id as "successorId" from teams where archived_at is not null order by archived_at, id`);

/** Makes these people the members; says who came and who went. */
export const setMembers = (db: Db, teamId: string, personIds: readonly string[]): Promise<string[]> =>
  setLinks(db, sql`team_members`, { fixed: sql`team_id`, id: teamId, other: sql`person_id`, others: personIds });

export const setLeads = (db: Db, teamId: string, personIds: readonly string[]): Promise<string[]> =>
  setLinks(db, sql`team_leads`, { fixed: sql`team_id`, id: teamId, other: sql`person_id`, others: personIds });

/** Makes these the teams of a person; says which teams gained or lost the person. */
export const setTeamsOf = (db: Db, personId: string, teamIds: readonly string[]): Promise<string[]> =>
  setLinks(db, sql`team_members`, { fixed: sql`person_id`, id: personId, other: sql`team_id`, others: teamIds });

/** People whose lead role reaches these sites. */
export async function leadsOfSites(db: Db, siteIds: readonly (string | null)[]): Promise<string[]> {
  const ids = siteIds.filter((id) => id !== null);
  if (ids.length === 0) return [];
  const rows = await db.query<{ id: string }>(
    sql`select id from people where active and 'lead' = any(roles) and site_id = any(${ids}::uuid[]) order by id`,
  );
  return rows.map((row) => row.id);
}

export async function bumpTeams(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.exec(sql`update teams set version = version + 1 where id = any(${ids}::uuid[])`);
}

export async function bumpPeople(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.exec(sql`update people set version = version + 1 where id = any(${ids}::uuid[])`);
}

async function setLinks(
  db: Db,
  table: ReturnType<typeof sql>,
  { fixed, id, other, others }: { fixed: ReturnType<typeof sql>; id: string; other: ReturnType<typeof sql>; others: readonly string[] },
): Promise<string[]> {
  const gone = await db.query<{ id: string }>(
    sql`delete from ${table} where ${fixed} = ${id} and ${other} <> all(${others}::uuid[]) returning ${other} as id`,
  );
  const come = await refusing(
    'workspace.unknown_reference',
    db.query<{ id: string }>(sql`insert into ${table} (${fixed}, ${other}) select ${id}, x from unnest(${others}::uuid[]) as x
      on conflict do nothing returning ${other} as id`),
  );
  return [...gone, ...come].map((row) => row.id);
}

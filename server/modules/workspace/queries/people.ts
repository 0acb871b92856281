import type { Role } from '../../../../contract/permissions.ts';
import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import { refusing } from './violations.ts';

export interface PersonRow {
  id: string;
  version: number;
  name: string;
  email: string;
  roles: Role[];
  site_id: string | null;
  languages: string[];
  locale: 'de' | 'en';
  active: boolean;
  preferences: Record<string, unknown>;
  team_ids: string[];
  skills: { skillId: string; level: number; validTo: string | null }[];
}

const columns = sql`p.id, p.version, p.name, p.email, p.roles, p.site_id, p.languages, p.locale, p.active, p.preferences,
  array(select m.team_id from team_members m where m.person_id = p.id order by 1) as team_ids,
  coalesce((select jsonb_agg(jsonb_build_object('skillId', s.skill_id, 'level', s.level, 'validTo', s.valid_to) order by s.skill_id)
    from person_skills s where s.person_id = p.id), '[]') as skills`;

export const findPerson = (db: Db, id: string): Promise<PersonRow | undefined> =>
  db.maybe<PersonRow>(sql`select ${columns} from people p where p.id = ${id}`);

export const findPeople = (db: Db, ids: readonly string[]): Promise<PersonRow[]> =>
  db.query<PersonRow>(sql`select ${columns} from people p where p.id = any(${ids}::uuid[])`);

/** What is shown beside somebody's work wherever it appears. */
export interface PersonSummary {
  id: string;
  name: string;
  active: boolean;
}

export async function personSummaries(db: Db, ids: readonly string[]): Promise<Map<string, PersonSummary>> {
  if (ids.length === 0) return new Map();
  const wanted = [...new Set(ids)];
  // Programs act too: their tokens stand where people stand.
  const rows = await db.query<PersonSummary>(sql`select id, name, active from people where id = any(${wanted}::uuid[])
    union all select id, name, revoked_at is null from api_tokens where id = any(${wanted}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The language somebody reads; null for programs and the system. */
export const localeOf = async (db: Db, id: string | null): Promise<'de' | 'en' | null> =>
  (id && (await db.maybe<{ locale: 'de' | 'en' }>(sql`select locale from people where id = ${id}`))?.locale) || null;

/** The name of who acted, woven into another room's statement where a second one would cost as much as the first. Null when nobody has this id. */
export const personNameOf = (id: Sql): Sql =>
  sql`(select name from people where id = ${id} union all select name from api_tokens where id = ${id})`;

/** Ids of people whose name holds these letters, those who have left included. For rooms above that search their own things by who did them. */
export async function personIdsFor(db: Db, text: string, limit = 20): Promise<string[]> {
  const part = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return (await db.query<{ id: string }>(sql`select id from people where lower(name) like ${part} order by name, id limit ${limit}`)).map(
    ({ id }) => id,
  );
}

/** People by name; `after` is the sort key of the last one seen. */
export const listPeople = (
  db: Db,
  { q, active, after, limit }: { q?: string | undefined; active?: boolean | undefined; after?: string[] | undefined; limit: number },
): Promise<PersonRow[]> =>
  db.query<PersonRow>(sql`select ${columns} from people p where true
    ${active === undefined ? sql.empty : sql`and p.active = ${active}`}
    ${q ? sql`and (strpos(lower(p.name), ${q.toLowerCase()}) > 0 or strpos(lower(p.email), ${q.toLowerCase()}) > 0)` : sql.empty}
    ${after ? sql`and (lower(p.name), p.id) > (${after[0]}, ${after[1]}::uuid)` : sql.empty}
    order by lower(p.name), p.id limit ${limit}`);

export async function findPersonByEmail(db: Db, email: string): Promise<PersonRow | undefined> {
  return db.maybe<PersonRow>(sql`select ${columns} from people p where lower(p.email) = ${email.trim().toLowerCase()}`);
}

export const nobodyThere = async (db: Db): Promise<boolean> => (await db.query(sql`select from people limit 1`)).length === 0;

export interface PersonFields {
  name: string;
  email: string;
  roles: readonly Role[];
  siteId: string | null;
  languages: readonly string[];
  locale: 'de' | 'en';
  active: boolean;
  preferences: Record<string, unknown>;
}

export async function insertPerson(db: Db, id: string, fields: Omit<PersonFields, 'active' | 'preferences'>, now: Date): Promise<void> {
  await refusing(
    'workspace.email_taken',
    db.exec(sql`insert into people (id, name, email, roles, site_id, languages, locale, created_at) values (${id}, ${fields.name},
      ${fields.email}, ${fields.roles}, ${fields.siteId}, ${fields.languages}, ${fields.locale}, ${now})`),
  );
}

/** Writes the fields given and counts the version up. */
export async function updatePerson(db: Db, id: string, fields: Partial<PersonFields>): Promise<void> {
  const sets = [
    sql`version = version + 1`,
    ...(fields.name === undefined ? [] : [sql`name = ${fields.name}`]),
    ...(fields.email === undefined ? [] : [sql`email = ${fields.email}`]),
    ...(fields.roles === undefined ? [] : [sql`roles = ${fields.roles}`]),
    ...(fields.siteId === undefined ? [] : [sql`site_id = ${fields.siteId}`]),
    ...(fields.languages === undefined ? [] : [sql`languages = ${fields.languages}`]),
    ...(fields.locale === undefined ? [] : [sql`locale = ${fields.locale}`]),
    ...(fields.active === undefined ? [] : [sql`active = ${fields.active}`]),
    ...(fields.preferences === undefined ? [] : [sql`preferences = preferences || ${sql.json(fields.preferences)}`]),
  ];
  await refusing('workspace.email_taken', db.exec(sql`update people set ${sql.join(sets)} where id = ${id}`));
}

/** Locks a person for a change; the version cannot move until the commit. */
export async function lockPerson(db: Db, id: string): Promise<PersonRow | undefined> {
  await db.query(sql`select from people where id = ${id} for update`);
  return findPerson(db, id);
}

/** Active administrators, locked: of two who remove each other at once, the second sees the first one's work. */
export async function countAdmins(db: Db): Promise<number> {
  return (await db.query(sql`select from people where active and 'admin' = any(roles) order by id for update`)).length;
}

export async function setSkills(db: Db, personId: string, skills: readonly { skillId: string; level: number; validTo: string | null }[]) {
  await db.exec(sql`delete from person_skills where person_id = ${personId}`);
  for (const { skillId, level, validTo } of skills) {
    const row = sql`insert into person_skills (person_id, skill_id, level, valid_to) values (${personId}, ${skillId}, ${level}, ${validTo})
      on conflict (person_id, skill_id) do update set level = excluded.level, valid_to = excluded.valid_to`;
    await refusing('workspace.unknown_reference', db.exec(row));
  }
}

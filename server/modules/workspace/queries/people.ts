import type { Role } from '../../../../contract/permissions.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';

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
  const rows = await db.query<PersonSummary>(sql`select id, name, active from people where id = any(${[...new Set(ids)]}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

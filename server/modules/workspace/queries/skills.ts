import { type Db, sql } from '../../../platform/database/sql.ts';

export interface SkillRow {
  id: string;
  version: number;
  key: string;
  label_de: string;
  label_en: string;
}

const columns = sql`id, version, key, label_de, label_en`;

export const findSkills = (db: Db, ids: readonly string[]): Promise<SkillRow[]> =>
  db.query<SkillRow>(sql`select ${columns} from skills where id = any(${ids}::uuid[])`);

export const listSkills = (db: Db): Promise<SkillRow[]> => db.query<SkillRow>(sql`select ${columns} from skills order by key`);

/** A skill somebody has; `validTo` is its last day, null when it does not end. */
export interface HeldSkill {
  skillId: string;
  level: number;
  validTo: string | null;
}

export const skillsOf = (db: Db, personId: string): Promise<HeldSkill[]> =>
  db.query<HeldSkill>(
    sql`select skill_id as "skillId", level, valid_to::text as "validTo" from person_skills where person_id = ${personId} order by skill_id`,
  );

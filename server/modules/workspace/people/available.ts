import { type Role, scopesOf } from '../../../../contract/permissions.ts';
import type { Location } from '../../../../contract/workspace.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import type { HeldSkill } from '../queries/skills.ts';
import { locationToday } from './presence.ts';
import { hasDeskOpen } from './staffed.ts';

/** Somebody who says they are free, and has the desk open. */
export interface AvailablePerson {
  personId: string;
  teamIds: string[];
  skills: HeldSkill[];
  siteId: string | null;
  /** Where they said today that they work. */
  location: Location | null;
  /** Since when they say so. */
  since: Date;
}

/** Who is free now and may take customers' work, to give it out; nothing is told of anybody else. */
export async function availablePeople(db: Db, now: Date): Promise<AvailablePerson[]> {
  const rows = await db.query<
    AvailablePerson & { roles: Role[] }
  >(sql`select p.id as "personId", p.roles, p.site_id as "siteId", r.since, ${locationToday(now)},
      array(select m.team_id from team_members m where m.person_id = p.id) as "teamIds",
      coalesce((select jsonb_agg(jsonb_build_object('skillId', s.skill_id, 'level', s.level, 'validTo', s.valid_to)) from person_skills s
        where s.person_id = p.id), '[]') as skills
    from presence r join people p on p.id = r.person_id and p.active
    where r.state = 'available' and ${hasDeskOpen(sql`p.id`, now)}
    order by p.id`);
  return rows.flatMap(({ roles, ...person }) => {
    const held = scopesOf(roles, 'claim');
    return held.has('O') || held.has('T') ? [person] : [];
  });
}

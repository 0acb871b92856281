import { type Role, scopesOf } from '../../../../contract/permissions.ts';
import type { Location, PresenceState } from '../../../../contract/workspace.ts';
import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
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
export const availablePeople = (db: Db, now: Date): Promise<AvailablePerson[]> =>
  mayTakeWork(db, now, sql`r.state = 'available' and ${hasDeskOpen(sql`p.id`, now)}`);

/** Somebody who is on their shift, be they free or not. */
export type PersonOnShift = AvailablePerson & {
  state: PresenceState;
  /** When they said they are back; null where they are not away for a while. */
  backAt: Date | null;
};

/** Who of these is there today and may take customers' work: has the desk open and has not left, or has said when they are back. */
export const peopleOnShift = (db: Db, personIds: readonly string[], now: Date): Promise<PersonOnShift[]> =>
  mayTakeWork<PersonOnShift>(
    db,
    now,
    sql`p.id = any(${personIds}::uuid[]) and (r.state in ('break', 'recovery') and coalesce(r.until, r.back_at) > ${now}
      or r.state <> 'away' and ${hasDeskOpen(sql`p.id`, now)})`,
  );

async function mayTakeWork<P extends AvailablePerson>(db: Db, now: Date, who: Sql): Promise<P[]> {
  const rows = await db.query<
    Omit<P, 'skills'> & { roles: Role[]; skills: HeldSkill[] | null }
  >(sql`select p.id as "personId", p.roles, p.site_id as "siteId", r.since, r.state, coalesce(r.until, r.back_at) as "backAt",
      ${locationToday(now, sql`z.zone`)},
      array(select m.team_id from team_members m where m.person_id = p.id) as "teamIds",
      (select jsonb_agg(jsonb_build_object('skillId', s.skill_id, 'level', s.level, 'validTo', s.valid_to)) from person_skills s
        where s.person_id = p.id) as skills
    from presence r join people p on p.id = r.person_id and p.active left join sites z on z.id = p.site_id
    where ${who}
    order by p.id`);
  return rows.flatMap(({ roles, skills, ...person }) => {
    const held = scopesOf(roles, 'claim');
    return held.has('O') || held.has('T') ? [{ ...person, skills: skills ?? [] } as unknown as P] : [];
  });
}

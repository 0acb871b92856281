import type { Role } from '../../../../contract/permissions.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Ctx, Platform } from '../../../platform/context.ts';
import { type Db, dbOf, sql } from '../../../platform/database/sql.ts';
import { companyZoneNow } from '../queries/sites.ts';

interface ActorRow {
  id: string;
  name: string;
  roles: Role[];
  site_id: string | null;
  team_ids: string[];
  led_team_ids: string[];
  skills: string[];
}

/**
 * The person as somebody who acts, with everything rights depend on; undefined when there is no such active person.
 * Inside a transaction hand over its context: whoever asks for a second connection there may wait for one that waits for him.
 */
export const actorOf = (at: Platform | Ctx, personId: string): Promise<Actor | undefined> =>
  'db' in at ? loadActor(at.db, personId, null, at.now) : loadActor(dbOf(at.database.pool), personId, null, at.clock.now());

export const loadActor = async (db: Db, personId: string, sessionId: string | null, now: Date): Promise<Actor | undefined> =>
  actorFrom((await actorRows(db, [personId], now)).get(personId), sessionId);

/** A lead answers for the teams led and for every team of the own site. Skills count until their last day. */
export async function actorRows(db: Db, personIds: readonly string[], now: Date): Promise<Map<string, ActorRow>> {
  const rows = await db.query<ActorRow>(sql`select p.id, p.name, p.roles, p.site_id,
    array(select m.team_id from team_members m where m.person_id = p.id order by 1) as team_ids,
    case when 'lead' = any(p.roles) then array(select t.id from teams t where t.site_id = p.site_id
      or t.id in (select l.team_id from team_leads l where l.person_id = p.id) order by 1) else '{}' end as led_team_ids,
    array(select k.key from person_skills s join skills k on k.id = s.skill_id
      where s.person_id = p.id and (s.valid_to is null or s.valid_to >= (${now}::timestamptz at time zone ${companyZoneNow})::date) order by 1) as skills
    from unnest(${sql.unseen(personIds, 'uuid[]')}) as asked join people p on p.id = asked where p.active`);
  return new Map(rows.map((row) => [row.id, row]));
}

export const actorFrom = (row: ActorRow | undefined, sessionId: string | null): Actor | undefined =>
  row && {
    kind: 'person',
    id: row.id,
    name: row.name,
    roles: row.roles,
    teamIds: row.team_ids,
    ledTeamIds: row.led_team_ids,
    siteId: row.site_id,
    skills: row.skills,
    sessionId,
  };

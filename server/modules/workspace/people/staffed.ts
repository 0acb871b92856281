import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import { goneDesks } from './desks.ts';

/** A session is noted as seen every ten minutes; whoever was not seen for longer has closed the page. */
const seenMinutes = 15;
export const seenSince = (now: Date): Date => new Date(now.getTime() - seenMinutes * 60_000);

/** Whether somebody has the desk open, as far as we know. */
export const hasDeskOpen = (personId: Sql, now: Date): Sql =>
  sql`(exists (select from sessions s where s.person_id = ${personId} and s.expires_at > ${now} and s.last_seen_at > ${seenSince(now)})
    and ${personId} not in (select gone.person_id from (${goneDesks(now)}) gone))`;

/** Whether anybody of a team is at work as far as we know: signed in, with a page open, and not said to be away. Says of nobody who it is. */
export async function isStaffed(db: Db, teamId: string, now: Date): Promise<boolean> {
  const { is } = await db.one<{ is: boolean }>(sql`select exists (
    select from team_members m join people p on p.id = m.person_id and p.active
      join sessions s on s.person_id = p.id and s.expires_at > ${now} and s.last_seen_at > ${seenSince(now)}
      left join presence r on r.person_id = p.id
    where m.team_id = ${teamId} and coalesce(r.state, 'available') in ('available', 'busy')) as is`);
  return is;
}

/** How many of a team have the desk open, by what they say of themselves. */
export interface Staffing {
  teamId: string;
  available: number;
  busy: number;
  /** A recovery pause is nobody else's business (WC-07). */
  break: number;
  training: number;
}

export const staffing = (db: Db, now: Date): Promise<Staffing[]> =>
  db.query<Staffing>(sql`select m.team_id as "teamId", count(*) filter (where r.state = 'available')::int as available,
      count(*) filter (where r.state = 'busy')::int as busy, count(*) filter (where r.state in ('break', 'recovery'))::int as break,
      count(*) filter (where r.state = 'training')::int as training
    from presence r join people p on p.id = r.person_id and p.active join team_members m on m.person_id = p.id
    where ${hasDeskOpen(sql`p.id`, now)} group by 1`);

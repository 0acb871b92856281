import { type Db, sql } from '../../../platform/database/sql.ts';

/** A session is noted as seen every ten minutes; whoever was not seen for longer has closed the page. */
const seenMinutes = 15;
export const seenSince = (now: Date): Date => new Date(now.getTime() - seenMinutes * 60_000);

/** Whether anybody of a team is at work as far as we know: signed in, with a page open, and not said to be away. Says of nobody who it is. */
export async function isStaffed(db: Db, teamId: string, now: Date): Promise<boolean> {
  const { is } = await db.one<{ is: boolean }>(sql`select exists (
    select from team_members m join people p on p.id = m.person_id and p.active
      join sessions s on s.person_id = p.id and s.expires_at > ${now} and s.last_seen_at > ${seenSince(now)}
      left join presence r on r.person_id = p.id
    where m.team_id = ${teamId} and coalesce(r.state, 'available') in ('available', 'busy')) as is`);
  return is;
}

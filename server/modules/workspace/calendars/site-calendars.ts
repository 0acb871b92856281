import { type Db, sql } from '../../../platform/database/sql.ts';
import { dayIn } from '../../../platform/date-format.ts';
import { companyZoneUnknown } from '../queries/sites.ts';
import { always, type Calendar, type OpeningHours } from './calendar.ts';
import { calendarOf, filled, type KeptHours } from './hours.ts';

/** The opening hours of all sites, at every time. */
export interface SiteCalendars {
  /** The hours by which a team works, as they held at an instant: its site's, or the first site's where it has none. */
  of(teamId: string | null, at: Date): Calendar;
  /** The hours of a site, as they held at an instant; every minute where there is none. */
  ofSite(siteId: string | null, at: Date): Calendar;
  /** The company's day at an instant, as 2026-11-30: the day of its first site. */
  day(at: Date): string;
}

/** All of them, for who asks for many; a company has few sites, and changes their hours seldom. */
export async function siteCalendars(db: Db): Promise<SiteCalendars> {
  const rows =
    await db.query<KeptHours>(sql`select s.id as "siteId", s.land, s.zone, h.valid_from as "validFrom", h.week, h.municipal, h.special
    from sites s left join site_hours h on h.site_id = s.id order by s.created_at, s.id, h.valid_from`);
  const teams = await db.query<{ id: string; siteId: string | null }>(sql`select id, site_id as "siteId" from teams`);
  const bySite = new Map<string, { from: Date | null; calendar: OpeningHours }[]>();
  for (const row of rows) {
    const calendars = bySite.get(row.siteId) ?? [];
    // Before anybody set hours, the usual ones held.
    if (calendars.length === 0)
      calendars.push({ from: null, calendar: calendarOf(filled({ ...row, validFrom: null, week: null, municipal: null, special: null })) });
    if (row.validFrom) calendars.push({ from: row.validFrom, calendar: calendarOf(filled(row)) });
    bySite.set(row.siteId, calendars);
  }
  const siteOf = new Map(teams.map(({ id, siteId }) => [id, siteId]));
  const [first] = bySite.values();
  const heldAt = (calendars: { from: Date | null; calendar: OpeningHours }[] | undefined, at: Date): Calendar =>
    calendars?.findLast(({ from }) => from === null || from <= at)?.calendar ?? always;
  return {
    of: (teamId, at) => heldAt(bySite.get(siteOf.get(teamId ?? '') ?? '') ?? first, at),
    ofSite: (siteId, at) => heldAt(bySite.get(siteId ?? ''), at),
    day: (at) => dayIn(rows[0]?.zone ?? companyZoneUnknown, at),
  };
}

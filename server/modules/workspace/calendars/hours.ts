import type { Land, MunicipalHoliday, OpenWindow, SiteHours, SpecialDay } from '../../../../contract/workspace.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { holidayOn, type OpeningHours } from './calendar.ts';
import { closesNext, isOpenAt, opensNext } from './open-time.ts';

const weekday: OpenWindow[] = [{ from: 8 * 60, to: 20 * 60 }];
/** Until somebody sets others. */
const usual = { week: [weekday, weekday, weekday, weekday, weekday, [{ from: 9 * 60, to: 16 * 60 }], []], municipal: [], special: [] };

/** Hours as they are kept, with where the site is. */
export interface HoursRow {
  siteId: string;
  land: Land;
  zone: string;
  validFrom: Date | null;
  week: OpenWindow[][];
  municipal: MunicipalHoliday[];
  special: SpecialDay[];
}

/** The same before anybody has set any. */
export interface KeptHours extends Omit<HoursRow, 'week' | 'municipal' | 'special'> {
  week: OpenWindow[][] | null;
  municipal: MunicipalHoliday[] | null;
  special: SpecialDay[] | null;
}

export const filled = (row: KeptHours): HoursRow => ({
  ...row,
  week: row.week ?? usual.week,
  municipal: row.municipal ?? usual.municipal,
  special: row.special ?? usual.special,
});

/** The hours of a site that hold at an instant. */
export async function findHours(db: Db, siteId: string, at: Date): Promise<HoursRow | undefined> {
  const row = await db.maybe<KeptHours>(sql`
    select s.id as "siteId", s.land, s.zone, h.valid_from as "validFrom", h.week, h.municipal, h.special
    from sites s left join lateral (
      select * from site_hours h where h.site_id = s.id and h.valid_from <= ${at} order by h.valid_from desc limit 1
    ) h on true where s.id = ${siteId}`);
  return row && filled(row);
}

export const calendarOf = (row: HoursRow): OpeningHours => ({
  kind: 'hours',
  zone: row.zone,
  land: row.land,
  municipal: row.municipal,
  week: row.week,
  special: new Map(row.special.map(({ date, windows }) => [date, windows])),
});

export function presentHours(row: HoursRow, now: Date): SiteHours {
  const calendar = calendarOf(row);
  const { siteId, week, municipal, special } = row;
  const isOpen = isOpenAt(calendar, now.getTime());
  const changesAt = isOpen ? closesNext(calendar, now.getTime()) : opensNext(calendar, now.getTime());
  return {
    siteId,
    validFrom: row.validFrom?.toISOString() ?? null,
    week,
    municipal,
    special: special.toSorted((a, b) => (a.date < b.date ? -1 : 1)),
    holidays: holidaysFrom(calendar, now),
    isOpen,
    changesAt: changesAt === null ? null : new Date(changesAt).toISOString(),
  };
}

const day = 86_400_000;

function holidaysFrom(calendar: OpeningHours, now: Date): SiteHours['holidays'] {
  const dates = Array.from({ length: 366 }, (_, days) => new Date(now.getTime() + days * day).toISOString().slice(0, 10));
  return dates.flatMap((date) => {
    const holiday = calendar.special.has(date) ? undefined : holidayOn(calendar, date);
    return holiday ? [{ date, holiday }] : [];
  });
}

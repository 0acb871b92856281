import type { Standing } from '../../../../contract/routing.ts';

export interface SiteStanding {
  /** Null: teams of no site. */
  siteId: string | null;
  waiting: number;
  free: number;
  nearDue: number;
  overdue: number;
  oldestSince: string | null;
  /** How many have the desk open and say they are free. */
  available: number;
}

/** How it stands at each site, from how it stands in its teams; most who wait on top. */
export function bySite({ lines, people }: Pick<Standing, 'lines' | 'people'>, siteOf: (teamId: string) => string | null): SiteStanding[] {
  const sites = new Map<string | null, SiteStanding>();
  const at = (teamId: string): SiteStanding => {
    const siteId = siteOf(teamId);
    const site = sites.get(siteId) ?? { siteId, waiting: 0, free: 0, nearDue: 0, overdue: 0, oldestSince: null, available: 0 };
    sites.set(siteId, site);
    return site;
  };
  for (const { teamId, waiting, free, nearDue, overdue, oldestSince } of lines) {
    const site = at(teamId);
    site.waiting += waiting;
    site.free += free;
    site.nearDue += nearDue;
    site.overdue += overdue;
    if (!site.oldestSince || oldestSince < site.oldestSince) site.oldestSince = oldestSince;
  }
  for (const { teamId, available } of people) at(teamId).available += available;
  return [...sites.values()].toSorted((a, b) => b.waiting - a.waiting || (a.siteId ?? '').localeCompare(b.siteId ?? ''));
}

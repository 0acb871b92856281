import type { GatedFeature } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { fail } from '../errors.ts';

/** Where a feature is allowed. */
export type Allowed = 'all' | readonly string[];

/** At which sites agreements allow a feature at an instant: asked each time, so that what ends is off from the same moment on. */
export async function allowedSites(db: Db, feature: GatedFeature, now: Date): Promise<Allowed> {
  const rows = await db.query<{ siteIds: string[] }>(sql`select site_ids as "siteIds" from works_agreements
    where ${feature} = any(features) and activated_at <= ${now} and valid_from <= ${now} and (valid_to is null or valid_to > ${now}) and ended_at is null`);
  return rows.some(({ siteIds }) => siteIds.length === 0) ? 'all' : [...new Set(rows.flatMap(({ siteIds }) => siteIds))];
}

/** Whether what is allowed at these sites is so of a team; one without a site is of those only where it is allowed at all of them. */
export const isAllowed = (allowed: Allowed, { site_id }: { site_id: string | null }): boolean =>
  allowed === 'all' || (site_id !== null && allowed.includes(site_id));

/** Where a feature is allowed to a request, which is refused where no agreement allows it anywhere. */
export async function requireAgreement(ctx: Ctx, feature: GatedFeature): Promise<Allowed> {
  const sites = await allowedSites(ctx.db, feature, ctx.now);
  if (sites !== 'all' && sites.length === 0) throw fail('workspace.needs_agreement', { feature });
  return sites;
}

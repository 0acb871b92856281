import { isDeepStrictEqual } from 'node:util';
import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { SiteHours, workspaceEndpoints } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { audit } from '../audit/audit.ts';
import { findHours, type HoursRow, presentHours } from './hours.ts';

export async function getHours(ctx: Ctx, { id }: { id: string }): Promise<SiteHours> {
  return presentHours(await held(ctx, id), ctx.now);
}

/** From now on; the row before stays for what began under it. Set as they are, nothing happens. */
export async function setHours(ctx: Ctx, input: ParsedInputOf<typeof workspaceEndpoints.setHours>): Promise<SiteHours> {
  const { id, week, municipal, special } = input;
  // One after the other: the later one compares with what the earlier one set.
  await ctx.db.query(sql`select from sites where id = ${id} for update`);
  const before = await held(ctx, id);
  if (isDeepStrictEqual([before.week, before.municipal, before.special], [week, municipal, special])) return presentHours(before, ctx.now);
  await ctx.db.exec(sql`insert into site_hours (id, site_id, valid_from, week, municipal, special, created_at)
    values (${newId(ctx.now.getTime())}, ${id}, ${ctx.now}, ${JSON.stringify(week)}, ${municipal}, ${JSON.stringify(special)}, ${ctx.now})
    on conflict (site_id, valid_from) do update set week = excluded.week, municipal = excluded.municipal, special = excluded.special`);
  ctx.emit('workspace.hours_changed', { siteId: id });
  await audit(ctx, { action: 'workspace.hours_set', object: { kind: 'site', id }, data: { week, municipal, special: special.length } });
  return presentHours(await held(ctx, id), ctx.now);
}

async function held(ctx: Ctx, siteId: string): Promise<HoursRow> {
  const row = await findHours(ctx.db, siteId, ctx.now);
  if (!row) throw fail('core.not_found');
  return row;
}

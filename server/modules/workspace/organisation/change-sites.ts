import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { Site, workspaceEndpoints } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { audit } from '../audit/audit.ts';
import { fail } from '../errors.ts';
import { presentSite } from '../present.ts';
import { findSites } from '../queries/sites.ts';

export async function addSite(ctx: Ctx, input: ParsedInputOf<typeof workspaceEndpoints.addSite>): Promise<Site> {
  const id = newId(ctx.now.getTime());
  await ctx.db.exec(sql`insert into sites (id, name, land, municipality, zone, created_at)
    values (${id}, ${input.name}, ${input.land}, ${input.municipality}, ${input.zone}, ${ctx.now})`);
  return finish(ctx, id, 'workspace.site_added');
}

export async function changeSite(ctx: Ctx, input: ParsedInputOf<typeof workspaceEndpoints.changeSite>): Promise<Site> {
  const { id, name = null, land = null, municipality, zone = null } = input;
  const changed =
    await ctx.db.exec(sql`update sites set version = version + 1, name = coalesce(${name}, name), land = coalesce(${land}, land),
    zone = coalesce(${zone}, zone) ${municipality === undefined ? sql.empty : sql`, municipality = ${municipality}`} where id = ${id}`);
  if (changed === 0) throw refuse('core.not_found');
  return finish(ctx, id, 'workspace.site_changed');
}

export async function removeSite(ctx: Ctx, { id }: { id: string }) {
  const used = await ctx.db.query(sql`select from people where site_id = ${id} union all select from teams where site_id = ${id} limit 1`);
  if (used.length > 0) throw fail('workspace.site_in_use');
  if ((await ctx.db.exec(sql`delete from sites where id = ${id}`)) === 0) throw refuse('core.not_found');
  ctx.emit('workspace.site_changed', { siteId: id });
  await audit(ctx, { action: 'workspace.site_removed', object: { kind: 'site', id } });
  return { done: true as const };
}

async function finish(ctx: Ctx, id: string, action: string): Promise<Site> {
  ctx.emit('workspace.site_changed', { siteId: id });
  await audit(ctx, { action, object: { kind: 'site', id } });
  const [row] = await findSites(ctx.db, [id]);
  if (!row) throw refuse('core.not_found');
  return presentSite(row);
}

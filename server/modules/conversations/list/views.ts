import type { View, ViewFilter } from '../../../../contract/conversations.ts';
import { scopes } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { builtIn } from './list.ts';

interface ViewRow {
  id: string;
  version: number;
  name: string;
  ownerId: string | null;
  filter: ViewFilter;
  sort: View['sort'];
  position: number;
}

const columns = sql`id, version, name, owner_id as "ownerId", filter, sort, position`;

/** The company's saved views and the caller's own, in their order. */
export const savedViews = (ctx: Ctx): Promise<ViewRow[]> =>
  ctx.db.query<ViewRow>(
    sql`select ${columns} from conversation_views where owner_id is null or owner_id = ${ctx.actor.id} order by position, name, id`,
  );

export async function listViews(ctx: Ctx): Promise<{ items: View[] }> {
  const fixed = Object.entries(builtIn).map(([id, { filter, sort }], position) => ({
    id,
    version: 1,
    name: id,
    ownerId: null,
    filter,
    sort,
    position,
  }));
  return { items: [...fixed, ...(await savedViews(ctx))] };
}

/** The filter and order a view key or id stands for; a foreign view does not exist. */
export async function findView(ctx: Ctx, key: string): Promise<{ filter: ViewFilter; sort: View['sort'] }> {
  const fixed = Object.hasOwn(builtIn, key) ? builtIn[key] : undefined;
  if (fixed) return fixed;
  const found = (await savedViews(ctx)).find((view) => view.id === key);
  if (!found) throw core('core.not_found');
  return found;
}

export async function saveView(
  ctx: Ctx,
  input: { id: string; name: string; filter: ViewFilter; sort: View['sort']; position: number; shared: boolean },
): Promise<{ view: View }> {
  const ownerId = input.shared ? null : ctx.actor.id;
  if (input.shared && scopes(ctx.actor, 'manage_tags').size === 0) throw core('core.forbidden', { right: 'manage_tags' });
  const known = await ctx.db.maybe<ViewRow>(sql`select ${columns} from conversation_views where id = ${input.id} for update`);
  if (known && known.ownerId !== ctx.actor.id && (known.ownerId !== null || scopes(ctx.actor, 'manage_tags').size === 0))
    throw core('core.not_found');
  const view = await ctx.db.one<ViewRow>(sql`insert into conversation_views (id, name, owner_id, filter, sort, position)
    values (${input.id}, ${input.name}, ${ownerId}, ${sql.json(input.filter)}, ${input.sort}, ${input.position})
    on conflict (id) do update set name = excluded.name, owner_id = excluded.owner_id, filter = excluded.filter, sort = excluded.sort,
      position = excluded.position, version = conversation_views.version + 1
    returning ${columns}`);
  ctx.emit('conversations.view_changed', { viewId: view.id, ownerId });
  return { view };
}

export async function dropView(ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> {
  const known = await ctx.db.maybe<ViewRow>(sql`select ${columns} from conversation_views where id = ${id} for update`);
  const mayShared = scopes(ctx.actor, 'manage_tags').size > 0;
  if (!known || (known.ownerId === null ? !mayShared : known.ownerId !== ctx.actor.id)) throw core('core.not_found');
  await ctx.db.exec(sql`delete from conversation_views where id = ${id}`);
  ctx.emit('conversations.view_changed', { viewId: id, ownerId: known.ownerId });
  return { done: true };
}

/** Records of kind `view` for the live stream. */
export async function viewsByIds(
  db: Ctx['db'],
  ids: readonly string[],
): Promise<Map<string, { version: number; data: Record<string, unknown> }>> {
  const rows = await db.query<ViewRow>(sql`select ${columns} from conversation_views where id = any(${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.id, { version: row.version, data: { ...row } }]));
}

import type { View, ViewFilter } from '../../../../contract/conversations.ts';
import { type Actor, scopes } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { listTeamIds } from '../../workspace/index.ts';
import { builtIn } from './list.ts';

interface ViewRow {
  id: string;
  version: number;
  name: string;
  ownerId: string | null;
  teamId: string | null;
  filter: ViewFilter;
  sort: View['sort'];
  position: number;
}

const columns = sql`id, version, name, owner_id as "ownerId", team_id as "teamId", filter, sort, position`;

/** The company's saved views, those of the caller's teams and the caller's own, in their order. */
export const savedViews = (ctx: Ctx): Promise<ViewRow[]> =>
  ctx.db.query<ViewRow>(
    sql`select ${columns} from conversation_views
      where owner_id = ${ctx.actor.id} or (owner_id is null and (team_id is null or team_id = any(${teamsOf(ctx.actor)}::uuid[])))
      order by position, name, id`,
  );

const teamsOf = ({ teamIds, ledTeamIds }: Actor): string[] => [...new Set([...teamIds, ...ledTeamIds])];

/** One's own; a team's for whoever leads it; what all see for whoever keeps the company's words in order. */
function mayChange({ actor }: Ctx, { ownerId, teamId }: Pick<ViewRow, 'ownerId' | 'teamId'>): boolean {
  if (ownerId !== null) return ownerId === actor.id;
  const keeps = scopes(actor, 'manage_tags');
  return teamId === null ? keeps.size > 0 : keeps.has('A') || actor.ledTeamIds.includes(teamId);
}

export async function listViews(ctx: Ctx): Promise<{ items: View[] }> {
  const fixed = Object.entries(builtIn).map(([id, { filter, sort }], position) => ({
    id,
    version: 1,
    name: id,
    ownerId: null,
    teamId: null,
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
  input: { id: string; name: string; filter: ViewFilter; sort: View['sort']; position: number; shared: boolean; teamId: string | null },
): Promise<{ view: View }> {
  const whose = { ownerId: input.shared ? null : ctx.actor.id, teamId: input.shared ? input.teamId : null };
  if (whose.teamId !== null && !(await listTeamIds(ctx.db)).includes(whose.teamId)) throw core('core.not_found');
  if (!mayChange(ctx, whose)) throw core('core.forbidden', { right: 'manage_tags' });
  const known = await ctx.db.maybe<ViewRow>(sql`select ${columns} from conversation_views where id = ${input.id} for update`);
  if (known && !mayChange(ctx, known)) throw core('core.not_found');
  const view = await ctx.db.one<ViewRow>(sql`insert into conversation_views (id, name, owner_id, team_id, filter, sort, position)
    values (${input.id}, ${input.name}, ${whose.ownerId}, ${whose.teamId}, ${sql.json(input.filter)}, ${input.sort}, ${input.position})
    on conflict (id) do update set name = excluded.name, owner_id = excluded.owner_id, team_id = excluded.team_id, filter = excluded.filter,
      sort = excluded.sort, position = excluded.position, version = conversation_views.version + 1
    returning ${columns}`);
  ctx.emit('conversations.view_changed', { viewId: view.id, ...whose });
  return { view };
}

export async function dropView(ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> {
  const known = await ctx.db.maybe<ViewRow>(sql`select ${columns} from conversation_views where id = ${id} for update`);
  if (!known || !mayChange(ctx, known)) throw core('core.not_found');
  await ctx.db.exec(sql`delete from conversation_views where id = ${id}`);
  ctx.emit('conversations.view_changed', { viewId: id, ownerId: known.ownerId, teamId: known.teamId });
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

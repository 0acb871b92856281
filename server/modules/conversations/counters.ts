import type { ViewFilter } from '../../../contract/conversations.ts';
import { teamsWithin } from '../../platform/actor.ts';
import type { Ctx } from '../../platform/context.ts';
import { sql } from '../../platform/database/sql.ts';
import { builtIn, countByTeam } from './list.ts';
import { savedViews } from './views.ts';

/** A count is at most this old; so however many people look, each distinct filter is counted once in this time. */
const keptMilliseconds = 1_000;

/** Counted per database, because several houses may live in one process (tests). */
const kept = new WeakMap<object, Map<string, { at: number; counts: Promise<Map<string, number>> }>>();

/** How many conversations each view holds for this person. */
export async function countersFor(ctx: Ctx): Promise<Record<string, number>> {
  const within = teamsWithin(ctx.actor, 'read_case');
  const sum = (counts: Map<string, number>) => {
    let total = 0;
    for (const [team, n] of counts) if (within === 'all' || within.includes(team)) total += n;
    return total;
  };
  const filters = new Map<string, ViewFilter>();
  for (const [key, view] of Object.entries(builtIn))
    if (key !== 'mine' && key !== 'mentions' && key !== 'resolved') filters.set(key, view.filter);
  const saved = await savedViews(ctx);
  for (const view of saved) if (view.filter.assignee !== 'me') filters.set(view.id, view.filter);

  const result: Record<string, number> = {};
  await Promise.all([...filters].map(async ([key, filter]) => void (result[key] = sum(await counted(ctx, filter)))));
  const { mine } = await ctx.db.one<{ mine: number }>(sql`select count(*) as mine from conversations c
    where (c.assignee_id = ${ctx.actor.id} or c.claimed_by = ${ctx.actor.id}) and c.is_open and (c.snoozed_until is null or c.snoozed_until <= ${ctx.now})`);
  result['mine'] = mine;
  for (const view of saved) if (view.filter.assignee === 'me') result[view.id] = mine;
  return result;
}

async function counted(ctx: Ctx, filter: ViewFilter): Promise<Map<string, number>> {
  const pool = ctx.platform.database.pool;
  let cache = kept.get(pool);
  if (!cache) {
    cache = new Map();
    kept.set(pool, cache);
  }
  const key = JSON.stringify(filter);
  const found = cache.get(key);
  if (found && performance.now() - found.at < keptMilliseconds) return found.counts;
  const counts = countByTeam(ctx.db, filter, ctx.now);
  cache.set(key, { at: performance.now(), counts });
  counts.catch(() => cache.delete(key));
  return counts;
}

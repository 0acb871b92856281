import type { ViewFilter } from '../../../../contract/conversations.ts';
import { teamsWithin } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { builtIn, type Counted, countByTeam } from './list.ts';
import { countUnanswered } from './mentions.ts';
import { savedViews } from './views.ts';

/** A count is at most this old; so however many people look, each distinct filter is counted once in this time. */
const keptMilliseconds = 1_000;

/** Counted per database, because several houses may live in one process (tests). */
const kept = new WeakMap<object, Map<string, { at: number; counts: Promise<Map<string, Counted>> }>>();

/** How many conversations each view holds for this person; of those named in `atLeast` there may be more. */
export async function countersFor(ctx: Ctx): Promise<{ counters: Record<string, number>; atLeast: string[] }> {
  const within = teamsWithin(ctx.actor, 'read_case');
  const filters = new Map<string, ViewFilter>();
  for (const [key, view] of Object.entries(builtIn))
    if (key !== 'mine' && key !== 'mentions' && key !== 'resolved') filters.set(key, view.filter);
  const saved = await savedViews(ctx);
  for (const view of saved) if (view.filter.assignee !== 'me') filters.set(view.id, view.filter);

  const counters: Record<string, number> = {};
  const atLeast: string[] = [];
  await Promise.all(
    [...filters].map(async ([key, filter]) => {
      const seen = [...(await counted(ctx, filter))].filter(([team]) => within === 'all' || within.includes(team));
      counters[key] = seen.reduce((total, [, { n }]) => total + n, 0);
      if (seen.some(([, count]) => count.atLeast)) atLeast.push(key);
    }),
  );
  const { mine } = await ctx.db.one<{ mine: number }>(sql`select count(*) as mine from conversations c
    where (c.assignee_id = ${ctx.actor.id} or c.claimed_by = ${ctx.actor.id}) and c.is_open and (c.snoozed_until is null or c.snoozed_until <= ${ctx.now})`);
  counters['mine'] = mine;
  counters['mentions'] = await countUnanswered(ctx);
  for (const view of saved) if (view.filter.assignee === 'me') counters[view.id] = mine;
  return { counters, atLeast: atLeast.toSorted() };
}

async function counted(ctx: Ctx, filter: ViewFilter): Promise<Map<string, Counted>> {
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

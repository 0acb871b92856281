import type { ViewFilter } from '../../../../contract/conversations.ts';
import { teamsWithin } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { builtIn, type Counted, countByTeam, countOwn } from './list.ts';
import { countUnanswered } from './mentions.ts';
import { savedViews } from './views.ts';

/** A count is at most this old; so however many people look, each distinct filter is counted once in this time. */
const keptMilliseconds = 1_000;

/** Counted per database, because several houses may live in one process (tests). */
const kept = new WeakMap<object, Map<string, { at: number; counts: Promise<Map<string, Counted>> }>>();

/**
 * How many conversations each view and each team holds for this person; of those named in `atLeast` there may be more. A view whose number only the
 * archive could tell has none.
 */
export async function countersFor(ctx: Ctx): Promise<{ counters: Record<string, number>; atLeast: string[] }> {
  const within = teamsWithin(ctx.actor, 'read_case');
  const filters: (readonly [string, ViewFilter])[] = [
    ...Object.entries(builtIn).flatMap(([key, { filter }]) => (key === 'mentions' || key === 'resolved' ? [] : [[key, filter] as const])),
    ...(await savedViews(ctx)).map(({ id, filter }) => [id, filter] as const),
  ];
  const counters: Record<string, number> = { mentions: await countUnanswered(ctx) };
  const atLeast: string[] = [];
  const set = (key: string, { n, atLeast: more }: Counted): void => {
    counters[key] = n;
    if (more) atLeast.push(key);
  };
  await Promise.all(
    filters.map(async ([key, filter]) => {
      if (filter.assignee === 'me') {
        const own = await countOwn(ctx, filter);
        if (own) set(key, own);
        return;
      }
      const seen = [...(await counted(ctx, filter))].filter(([team]) => within === 'all' || within.includes(team));
      set(key, { n: seen.reduce((total, [, { n }]) => total + n, 0), atLeast: seen.some(([, count]) => count.atLeast) });
      // A team's list is what it has open.
      if (key === 'open') for (const [team, count] of seen) set(`team:${team}`, count);
    }),
  );
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

import type { Standing } from '../../../../contract/routing.ts';
import { teamsWithin } from '../../../platform/actor.ts';
import type { Ctx, Platform } from '../../../platform/context.ts';
import { countWaiting, type WaitingCount } from '../../conversations/index.ts';
import { listTeamIds, type Staffing, staffing } from '../../workspace/index.ts';

/** However many look, it is counted once in this time. */
const keptMilliseconds = 1_000;

interface Counted {
  at: Date;
  waiting: WaitingCount[];
  people: Staffing[];
}

const kept = new WeakMap<Platform, { until: number; counted: Promise<Counted> }>();

export async function standingNow(ctx: Ctx): Promise<Standing> {
  const within = teamsWithin(ctx.actor, 'see_standing');
  const teams = new Set(within === 'all' ? await listTeamIds(ctx.db) : within);
  const { at, waiting, people } = await counted(ctx);
  return {
    at: at.toISOString(),
    lines: waiting.flatMap(({ teamId, oldestSince, nextDueAt, ...counts }) =>
      teamId !== null && teams.has(teamId)
        ? [{ teamId, ...counts, oldestSince: oldestSince.toISOString(), nextDueAt: nextDueAt?.toISOString() ?? null }]
        : [],
    ),
    people: people.filter(({ teamId }) => teams.has(teamId)),
  };
}

function counted({ platform, db, now }: Ctx): Promise<Counted> {
  const before = kept.get(platform);
  if (before && performance.now() < before.until) return before.counted;
  const fresh = (async () => ({ at: now, waiting: await countWaiting(db, now), people: await staffing(db, now) }))();
  kept.set(platform, { until: performance.now() + keptMilliseconds, counted: fresh });
  fresh.catch(() => kept.delete(platform));
  return fresh;
}

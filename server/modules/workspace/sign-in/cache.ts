import type { Actor } from '../../../platform/actor.ts';
import type { Ctx, Platform } from '../../../platform/context.ts';
import type { Event } from '../../../platform/events/event.ts';

/** A safety net should an event be late; what changes rights or ends sessions empties the cache at once. */
const keptMilliseconds = 30_000;
const mostKept = 20_000;

export interface ActorCache {
  /** The actor under this key, or what `load` finds. That nobody is found is not remembered: strangers must not fill the cache. */
  find(key: string, load: () => Promise<Actor | undefined>): Promise<Actor | undefined>;
  forget(): void;
}

const caches = new WeakMap<Platform, ActorCache>();

/** The cache of this process. */
export function cacheOf(platform: Platform): ActorCache {
  let cache = caches.get(platform);
  if (!cache) {
    cache = createCache(() => platform.clock.now().getTime());
    caches.set(platform, cache);
  }
  return cache;
}

export function createCache(now: () => number): ActorCache {
  const known = new Map<string, { actor: Actor; until: number }>();
  let generation = 0;
  return {
    async find(key, load) {
      const found = known.get(key);
      if (found && found.until > now()) return found.actor;
      const begun = generation;
      const actor = await load();
      // Read before something changed and finished after it: right or wrong, nobody knows, so it is not kept.
      if (actor && begun === generation) {
        if (known.size >= mostKept) known.clear();
        known.set(key, { actor, until: now() + keptMilliseconds });
      } else known.delete(key);
      return actor;
    },
    forget() {
      generation += 1;
      known.clear();
    },
  };
}

const changesActors: ReadonlySet<string> = new Set([
  'workspace.rights_changed',
  'workspace.person_changed',
  'workspace.person_deactivated',
  'workspace.sessions_ended',
  'workspace.token_revoked',
  'workspace.team_changed',
  'workspace.skill_changed',
]);

/** Empties this process's cache with the commit, so that not even the reply comes before it. */
export const forgetActors = (ctx: Ctx): void => ctx.afterCommit(() => cacheOf(ctx.platform).forget());

/** Empties the cache when others, in this process or another, changed who may do what. Rare enough to forget everybody. */
export function heard(platform: Platform, events: readonly Event[]): void {
  if (events.some((event) => changesActors.has(event.type))) cacheOf(platform).forget();
}

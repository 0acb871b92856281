import type { Actor } from '../../../platform/actor.ts';
import type { Ctx, Platform } from '../../../platform/context.ts';
import type { Event } from '../../../platform/events/event.ts';

/** A safety net should an event be late; what changes rights or ends sessions empties the cache at once. */
const keptMilliseconds = 30_000;
const mostKept = 20_000;

export interface ActorCache {
  /** The actor under this key, or what `load` finds. That nobody is found is not remembered: strangers must not fill the cache. */
  find(key: string, load: () => Promise<Actor | undefined>): Promise<Actor | undefined>;
  /** Forgets these actors, or everybody. */
  forget(ids?: ReadonlySet<string>): void;
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
    forget(ids) {
      generation += 1;
      if (!ids) known.clear();
      else for (const [key, { actor }] of known) if (actor.id && ids.has(actor.id)) known.delete(key);
    },
  };
}

/** Forgets actors with the commit, so that not even the reply comes before it. */
export const forgetActors = (ctx: Ctx, ids?: readonly string[]): void =>
  ctx.afterCommit(() => cacheOf(ctx.platform).forget(ids && new Set(ids)));

/** By event, whom it changes: one person or token, or perhaps everybody. */
const changes: Partial<Record<string, 'personId' | 'tokenId' | 'everybody'>> = {
  'workspace.rights_changed': 'personId',
  'workspace.person_changed': 'personId',
  'workspace.person_deactivated': 'personId',
  'workspace.sessions_ended': 'personId',
  'workspace.token_revoked': 'tokenId',
  // Tokens act in every team.
  'workspace.team_changed': 'everybody',
  'workspace.skill_changed': 'everybody',
};

/** Forgets whom others, in this process or another, changed. A whole shift signs out in minutes: the rest must not be looked up anew each time. */
export function heard(platform: Platform, events: readonly Event[]): void {
  const ids = new Set<string>();
  for (const event of events) {
    const whom = changes[event.type];
    if (whom === 'everybody') return cacheOf(platform).forget();
    const id = whom && (event.data as Record<string, unknown>)[whom];
    if (typeof id === 'string') ids.add(id);
  }
  if (ids.size > 0) cacheOf(platform).forget(ids);
}

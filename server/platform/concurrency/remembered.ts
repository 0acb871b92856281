import type { Ctx, Platform } from '../context.ts';
import type { Event } from '../events/event.ts';

/** Something this process remembers until an event says that it has changed, in whichever process that was. */
export interface Remembered<T> {
  (ctx: Ctx): Promise<T>;
  /** For `Module.heard`. */
  forget(platform: Platform, events: readonly Event[]): void;
}

/** Reads once on the caller's own connection, since whoever holds one must never wait for another; anew after one of these events. */
export function remembered<T>(read: (ctx: Ctx) => Promise<T>, changing: ReadonlySet<string>): Remembered<T> {
  const houses = new WeakMap<Platform, { known?: T | undefined; generation: number }>();
  const keptFor = (platform: Platform) => {
    let kept = houses.get(platform);
    if (!kept) houses.set(platform, (kept = { generation: 0 }));
    return kept;
  };
  const get = async (ctx: Ctx): Promise<T> => {
    const kept = keptFor(ctx.platform);
    if (kept.known !== undefined) return kept.known;
    const { generation } = kept;
    const known = await read(ctx);
    // Read before something changed and finished after it: right or wrong, nobody knows, so it is not kept.
    if (generation === kept.generation) kept.known = known;
    return known;
  };
  return Object.assign(get, {
    forget(platform: Platform, events: readonly Event[]) {
      if (!events.some(({ type }) => changing.has(type))) return;
      const kept = keptFor(platform);
      kept.known = undefined;
      kept.generation += 1;
    },
  });
}

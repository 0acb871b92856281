/** Runs work that reaches for something; see `turns`. */
export type InTurn = <T>(thing: string, work: () => Promise<T>) => Promise<T>;

/**
 * Spares what reaches for the same thing at the same time from running into each other's locks: who comes while somebody is at it waits for that one
 * and then sees what became of it. A courtesy within this process, no guarantee: who waited together goes on together, and the database decides.
 */
export function turns(): InTurn {
  const underWay = new Map<string, Promise<unknown>>();
  return async (thing, work) => {
    const before = underWay.get(thing);
    if (before) {
      await before.catch(() => {});
      return work();
    }
    const mine = work();
    underWay.set(thing, mine);
    try {
      return await mine;
    } finally {
      underWay.delete(thing);
    }
  };
}

/** Runs work that reaches for a thing; `before` is what came of the work waited for, if it succeeded. */
export type InTurn<R> = (thing: string, work: (before: R | undefined) => Promise<R>) => Promise<R>;

/**
 * Spares what reaches for the same thing at the same time from running into each other's locks: who comes while somebody is at it waits for that one
 * and then goes on with what became of it. A courtesy within this process, no guarantee: who waited together goes on together, and the database decides.
 */
export function turns<R>(): InTurn<R> {
  const underWay = new Map<string, Promise<R>>();
  return async (thing, work) => {
    const before = underWay.get(thing);
    if (before) return work(await before.catch(() => undefined));
    const mine = work(undefined);
    underWay.set(thing, mine);
    try {
      return await mine;
    } finally {
      underWay.delete(thing);
    }
  };
}

/** What was found is worth no longer than this. */
const freshMilliseconds = 100;
/** Found at once; what `look` is asked for is more by what is given already. */
const page = 50;

/**
 * Gives everybody who asks another one of what `look` finds, in its order: two who ask at the same moment do not reach for the same thing. `work` tries
 * what it is given and returns undefined when that could not be had; it then gets the next one that `suits`, until nothing is left and undefined is
 * returned. A courtesy within this process, no guarantee: the database decides. `look` is told how many to find at most; for one that went meanwhile
 * it gives undefined.
 */
export function oneEach<T extends { id: string }>(look: (limit: number) => Promise<readonly (T | undefined)[]>) {
  let found: T[] = [];
  let isAll = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let foundAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;
  /** When the work with it ended. A look that began before that may still find it. */
  const given = new Map<string, number>();

  const fill = async (more: number) => {
    const at = performance.now();
    // Few sizes, so that a database keeps its plans.
    const limit = 2 ** Math.ceil(Math.log2(page + given.size + more));
    const all = await look(limit);
    for (const [id, ended] of given) if (ended < at) given.delete(id);
    found = all.filter((one) => one !== undefined && !given.has(one.id)) as T[];
    isAll = all.length < limit;
    lookedAt = at;
    foundAt = performance.now();
  };
  const next = async (suits: (one: T) => boolean): Promise<T | undefined> => {
    const askedAt = performance.now();
    for (let unsuited = 0; ; ) {
      if (performance.now() - foundAt <= freshMilliseconds) {
        const at = found.findIndex(suits);
        if (at >= 0) return found.splice(at, 1)[0];
        if (isAll && lookedAt >= askedAt) return undefined;
        unsuited = found.length;
      }
      looking ??= fill(unsuited).finally(() => (looking = undefined));
      await looking;
    }
  };
  return async <R>(work: (one: T) => Promise<R | undefined>, suits: (one: T) => boolean = () => true): Promise<R | undefined> => {
    const inVain = new Set<string>();
    for (;;) {
      const one = await next((one) => !inVain.has(one.id) && suits(one));
      if (!one) return undefined;
      given.set(one.id, Number.POSITIVE_INFINITY);
      try {
        const result = await work(one);
        if (result !== undefined) return result;
        inVain.add(one.id);
      } finally {
        given.set(one.id, performance.now());
      }
    }
  };
}

/** What is to happen, by its instant; what falls on one instant, in the order of telling. */
export interface Agenda {
  /** `lane`: who does it. What one does happens one after another, what several do may happen side by side. */
  add(at: number, lane: string, act: Act): void;
  /** The instant of what comes next. */
  next(): number | undefined;
  /** Takes of each lane what comes next, if it is due by then. */
  take(until: number): Entry[];
}

export type Act = () => Promise<void>;

export interface Entry {
  at: number;
  lane: string;
  order: number;
  act: Act;
}

/** A binary heap: a day holds hundreds of thousands of steps. */
export function createAgenda(): Agenda {
  const heap: Entry[] = [];
  let order = 0;
  const before = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.order < b.order);
  const swap = (i: number, j: number) => {
    const [a, b] = [heap[i], heap[j]];
    if (a && b) [heap[i], heap[j]] = [b, a];
  };
  const isBefore = (i: number, j: number): boolean => {
    const [a, b] = [heap[i], heap[j]];
    return a !== undefined && b !== undefined && before(a, b);
  };
  const push = (entry: Entry) => {
    heap.push(entry);
    for (let child = heap.length - 1; child > 0 && isBefore(child, (child - 1) >> 1); child = (child - 1) >> 1)
      swap(child, (child - 1) >> 1);
  };
  const sink = () => {
    for (let at = 0; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (isBefore(child, least)) least = child;
      if (least === at) return;
      swap(at, least);
      at = least;
    }
  };
  const pop = (until: number): Entry | undefined => {
    const first = heap[0];
    if (!first || first.at > until) return undefined;
    const last = heap.pop();
    if (last && heap.length > 0) {
      heap[0] = last;
      sink();
    }
    return first;
  };
  return {
    add: (at, lane, act) => push({ at, lane, act, order: (order += 1) }),
    next: () => heap[0]?.at,
    take(until) {
      const firsts = new Map<string, Entry>();
      const later: Entry[] = [];
      for (let one = pop(until); one; one = pop(until)) {
        if (firsts.has(one.lane)) later.push(one);
        else firsts.set(one.lane, one);
      }
      for (const one of later) push(one);
      return [...firsts.values()];
    },
  };
}

/** Runs what was taken, as many at once as are allowed; `within` gives each its instant. */
export async function runAll(entries: readonly Entry[], atOnce: number, within: (entry: Entry) => Promise<void>): Promise<void> {
  const waiting = entries.values();
  const run = async () => {
    for (const entry of waiting) await within(entry);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, entries.length) }, run));
}

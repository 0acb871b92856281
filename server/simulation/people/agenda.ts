/** What is to happen, by its instant; what falls on one instant, in the order of telling. */
export interface Agenda {
  /** `lane`: who does it. What one does happens one after another, what several do may happen side by side. */
  add(at: number, lane: string, act: Act): void;
  /** The instant of what comes next. */
  next(): number | undefined;
  /**
   * Runs everything that is due by then, what is told meanwhile included: of each lane one after another in the order of time, so many lanes side by side as are
   * allowed. `within` gives each its instant.
   */
  run(until: number, atOnce: number, within: (entry: Entry) => Promise<void>): Promise<void>;
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
  /** What is due of the lanes that are under way. */
  let running = { until: Number.NEGATIVE_INFINITY, lanes: new Map<string, Entry[]>() };
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
    add(at, lane, act) {
      const entry = { at, lane, act, order: (order += 1) };
      const rest = at <= running.until ? running.lanes.get(lane) : undefined;
      if (!rest) return push(entry);
      const later = rest.findIndex((one) => before(entry, one));
      rest.splice(later < 0 ? rest.length : later, 0, entry);
    },
    next: () => heap[0]?.at,
    async run(until, atOnce, within) {
      while ((heap[0]?.at ?? Number.POSITIVE_INFINITY) <= until) {
        const lanes = new Map<string, Entry[]>();
        for (let one = pop(until); one; one = pop(until)) {
          const lane = lanes.get(one.lane);
          if (lane) lane.push(one);
          else lanes.set(one.lane, [one]);
        }
        running = { until, lanes };
        // The longest first, for all wait for the last.
        const waiting = [...lanes].toSorted(([, a], [, b]) => b.length - a.length).values();
        const work = async () => {
          for (const [lane, rest] of waiting) {
            for (let one = rest.shift(); one; one = rest.shift()) await within(one);
            lanes.delete(lane);
          }
        };
        await Promise.all(Array.from({ length: Math.min(atOnce, lanes.size) }, work));
      }
    },
  };
}

import type { Problem } from '../../../../contract/core.ts';

/** What is needed of something that waits to be sent. */
export interface Queued {
  /** The message's id, made here: whatever is repeated, the server makes one message of it. */
  readonly id: string;
  /** Its turn. */
  readonly n: number;
  /** What leaves in its order, one only after the other: a second answer says nothing without the first. */
  readonly line: string;
  /**
   * `returned`: refused, or called back while its field was not open. `recalled`: its text is being changed, and it goes on under the same id, because it may
   * have arrived.
   */
  readonly state: 'waiting' | 'returned' | 'recalled';
  /** It was on its way at least once: whether it arrived is for the server to say. */
  readonly isTried: boolean;
  readonly problem: Problem | null;
}

/** Where it is kept: outlives the page, and every window of the person sees the same. */
export interface Shelf<Q extends Queued> {
  all(): readonly Q[];
  put(entry: Q): void;
  drop(id: string): void;
}

export interface Ways<Q extends Queued, Reply> {
  /** One window at a time. */
  alone: <T>(work: () => Promise<T>) => Promise<T>;
  /** Completes what is to be sent before it is on its way, so that each repetition is the same request; throws like `send`. */
  prepare: (entry: Q) => Promise<Q>;
  send: (entry: Q) => Promise<Reply>;
  /** The refusal; undefined when the line or the server failed, and it is to be tried again as it is. */
  refusalIn: (error: unknown) => Problem | undefined;
  onSent: (entry: Q, reply: Reply) => void;
  onRefused: (entry: Q) => void;
}

export interface Queue<Q extends Queued> {
  /** Sends what waits, in its order, until nothing does or the line fails; answers whether anything still waits. */
  flush: () => Promise<boolean>;
  /** Takes a text out to be changed or given back: no window sends it afterwards. Undefined when it has left or another window was first. */
  take: (id: string) => Promise<Q | undefined>;
}

/**
 * Each entry is sent exactly once, whatever is lost, closed or repeated: it is kept before it leaves and dropped after the server has answered, it goes out under one id,
 * and only one window sends at a time.
 */
export function createQueue<Q extends Queued, Reply>(shelf: Shelf<Q>, ways: Ways<Q, Reply>): Queue<Q> {
  const waiting = (): Q[] => shelf.all().filter(({ state }) => state === 'waiting');
  const still = (id: string): Q | undefined => shelf.all().find((entry) => entry.id === id);

  /** Whoever waits behind what was refused goes back with it. */
  const refuse = (refused: Q, problem: Problem): void => {
    for (const entry of waiting().filter(({ line, n }) => line === refused.line && n >= refused.n)) {
      const back = { ...entry, state: 'returned' as const, problem };
      shelf.put(back);
      ways.onRefused(back);
    }
  };
  const sendOne = async (entry: Q): Promise<boolean> => {
    try {
      const ready = { ...(await ways.prepare(entry)), isTried: true };
      shelf.put(ready);
      const reply = await ways.send(ready);
      shelf.drop(ready.id);
      ways.onSent(ready, reply);
      return true;
    } catch (error) {
      const problem = ways.refusalIn(error);
      if (problem) refuse(still(entry.id) ?? entry, problem);
      return problem !== undefined;
    }
  };
  return {
    flush: () =>
      ways.alone(async () => {
        for (let next = inTurn(waiting())[0]; next; next = inTurn(waiting())[0]) if (!(await sendOne(next))) return true;
        return false;
      }),
    take: (id) =>
      ways.alone(async () => {
        const entry = still(id);
        if (!entry || entry.state === 'recalled') return undefined;
        if (mayHaveArrived(entry)) shelf.put({ ...entry, state: 'recalled' });
        else shelf.drop(id);
        return entry;
      }),
  };
}

export const inTurn = <Q extends Queued>(entries: readonly Q[]): Q[] => entries.toSorted((a, b) => a.n - b.n || (a.id < b.id ? -1 : 1));

/** Who refuses says that nothing was made of it; a server that broke cannot know. */
const mayHaveArrived = ({ isTried, problem }: Queued): boolean => isTried && (problem === null || problem.code === 'core.internal');

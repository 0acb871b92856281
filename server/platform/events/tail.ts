import type { Database } from '../database/database.ts';
import { sideBySide } from '../database/packets.ts';
import { dbOf } from '../database/sql.ts';
import type { Log } from '../log.ts';
import { anyHeldBack, type Event, type Position, presentPosition, readEvents } from './event.ts';

/** Reads the event table from now on and hands every batch, in commit order, to its listeners. One per process. */
export interface Tail {
  /** The position of the last event handed out. */
  position(): Position;
  /** Whether a batch is being handed out just now. */
  isBusy(): boolean;
  /** Says that new events may be there. */
  poke(): void;
  stop(): Promise<void>;
}

/** At most this many events a batch. */
const batchSize = 500;
/** How often to look when nobody poked: another process may have written and its notice may be lost. */
const idleMilliseconds = 1_000;
/** How soon to look again while a running transaction holds events back. */
const heldBackMilliseconds = 4;
/**
 * While events keep coming they are gathered: a batch in this time at most, and no more than half of the time is spent on handing out, so that a crowd
 * of listeners gets more at a time instead of falling behind. The first one after a rest waits for nothing. The longest rest is for a process that has all
 * listeners of one that died and hands out for a quarter of a second: with a shorter one it would come to nothing else, and fall behind.
 */
const gatherMilliseconds = 20;
const longestRestMilliseconds = 250;

/** A single failure heals unseen. */
const failuresBeforeBlind = 3;

/**
 * `onBatch` is awaited before the next batch; it must not throw for one bad event. `onBlind` hears when events cannot be handed out any more, and when they
 * can again.
 */
export async function startTail(
  database: Database,
  log: Log,
  onBatch: (events: Event[]) => Promise<void>,
  onBlind: (is: boolean) => void = () => {},
): Promise<Tail> {
  const db = dbOf(sideBySide(database.pool));
  const { horizon } = database;
  let position = await presentPosition(db);
  let busy = false;
  let stopped = false;
  let poked = false;
  let wake: (() => void) | undefined;
  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      if (poked) return resolve();
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async () => {
    let failures = 0;
    while (!stopped) {
      poked = false;
      let rest = gatherMilliseconds;
      try {
        const bound = horizon.bound();
        const [events, isHeldBack] = await Promise.all([readEvents(db, bound, position, batchSize), anyHeldBack(db, bound)]);
        await horizon.note(isHeldBack && events.length === 0);
        const last = events.at(-1);
        if (last) {
          // Moved first: a listener that joins while the batch is being delivered reads the batch itself instead of missing it.
          const before = position;
          position = last.position;
          busy = true;
          const begun = performance.now();
          try {
            await onBatch(events);
            rest = Math.min(Math.max(rest, performance.now() - begun), longestRestMilliseconds);
          } catch (error) {
            position = before;
            throw error;
          } finally {
            busy = false;
          }
        }
        if (failures >= failuresBeforeBlind) onBlind(false);
        failures = 0;
        if (events.length === batchSize) continue;
        if (last) await sleep(rest);
        else if (isHeldBack) await sleep(heldBackMilliseconds);
        if (!isHeldBack) await pause(idleMilliseconds);
      } catch (error) {
        if (stopped) return;
        failures += 1;
        if (failures === failuresBeforeBlind) onBlind(true);
        // The database may be away for a while: slow down to once in two seconds, say it once a minute.
        if (failures % 30 === 1) log.error({ err: error, failures }, 'event tail cannot read');
        await sleep(Math.min(100 * 2 ** failures, 2_000));
      }
    }
  };
  const running = run();

  return {
    position: () => position,
    isBusy: () => busy,
    poke() {
      poked = true;
      wake?.();
    },
    async stop() {
      stopped = true;
      poked = true;
      wake?.();
      await running;
    },
  };
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

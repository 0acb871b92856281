import { setTimeout } from 'node:timers/promises';
import { together } from '../concurrency/together.ts';
import type { Platform } from '../context.ts';
import { dbOf } from '../database/sql.ts';
import { cursorOf, isAfter, isPruned, lastPositionUpTo, type Position, presentPosition, readEvents } from '../events/event.ts';
import type { Tail } from '../events/tail.ts';
import type { Hub, Socket } from './hub.ts';

/** A socket that is back, and where it stood. */
interface Returned {
  socket: Socket;
  from: Position;
}

/** More missed events than this, and reading state anew is cheaper than replaying. */
const mostReplayed = 5_000;
const chunk = 500;
/** How long a page that has seen more than this process waits for it before it is told to read state anew. */
const longestAwaitedMilliseconds = 10_000;
/** As many as a process may get at once from one that died. */
const mostTogether = 2_000;

/**
 * Lets sockets that are back hear what they missed, and then what comes. Those that stood at the same place read together: when a process dies, a thousand
 * pages come to another one in the same second.
 */
export function createCatchUp(platform: Platform, hub: Hub, tail: () => Tail): (returned: Returned) => Promise<void> {
  const db = dbOf(platform.database.pool);

  /**
   * Whether this process comes to a place ahead of it, and waits until it has. Processes read the events each for itself: when one dies, its pages come to
   * another that is a moment behind. Told to read state anew, all of them would do so at the same time.
   */
  const comesTo = async (asked: Position): Promise<boolean> => {
    const last = await lastPositionUpTo(db, asked);
    // Where nothing happened and time has not come to, as after a restore, is no place at all.
    const happened = last?.xid === asked.xid && last.seq === asked.seq;
    if (!happened && !isAfter(await presentPosition(db), asked)) return false;
    tail().poke();
    for (const begun = performance.now(); last && isAfter(last, tail().position()); await setTimeout(20))
      if (performance.now() - begun > longestAwaitedMilliseconds) return false;
    return true;
  };

  /**
   * Reads what was missed until the sockets stand where the tail stands, then lets them hear. No event can slip between: the last look at the tail and
   * `hearsAfter` are one step, and a batch that came while we read is read in the next round.
   */
  const catchUp = async (from: Position, sockets: readonly Socket[]): Promise<void> => {
    const hear = (after: Position): void => {
      for (const socket of sockets) socket.hearsAfter = after;
    };
    const readAnew = (): void => {
      for (const socket of sockets) socket.send(JSON.stringify({ op: 'reload', reason: 'cursor_too_old' }));
    };
    const now = tail().position();
    const isLost = isAfter(from, now) ? !(await comesTo(from)) : await isPruned(db, from);
    if (isLost) {
      readAnew();
      return hear(now);
    }
    let position = from;
    let total = 0;
    while (isAfter(tail().position(), position)) {
      const target = tail().position();
      const events = (await readEvents(db, platform.database.horizon.bound(), position, chunk)).filter((e) => !isAfter(e.position, target));
      const last = events.at(-1);
      total += events.length;
      if (total > mostReplayed) return readAnew();
      if (last) await hub.replay(sockets, events, last.position);
      position = last && events.length === chunk ? last.position : target;
    }
    hear(position);
  };

  return together(async (returned: readonly Returned[]) => {
    const byPlace = Map.groupBy(returned, ({ from }) => cursorOf(from));
    await Promise.all(
      [...byPlace.values()].map(async (group) => {
        const [first] = group;
        if (first)
          await catchUp(
            first.from,
            group.map(({ socket }) => socket),
          );
      }),
    );
    return returned.map(() => undefined);
  }, mostTogether);
}

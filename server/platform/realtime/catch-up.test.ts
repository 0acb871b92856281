import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { system } from '../actor.ts';
import { transaction } from '../context.ts';
import { type Db, dbOf, sql } from '../database/sql.ts';
import type { Event, Position } from '../events/event.ts';
import { cursorOf, readEvents } from '../events/event.ts';
import type { Tail } from '../events/tail.ts';
import type { House } from '../house/house.ts';
import { emptyHouse, madeUp } from '../testing.ts';
import { createCatchUp } from './catch-up.ts';
import type { Hub, Socket } from './hub.ts';

describe('pages that come back at the same moment', () => {
  let house: House;
  let db: Db;
  beforeAll(async () => {
    house = await emptyHouse([]);
    db = dbOf(house.platform.database.pool);
  });
  afterAll(() => house.close());

  const happens = (n: number) => transaction(house.platform, system, async (ctx) => ctx.emit(madeUp('made_up.happened'), { n } as never));
  const places = async (): Promise<Position[]> =>
    (await db.query<{ xid: string; seq: string }>(sql`select xid::text, seq::text from events order by events.xid, events.seq`)).map(
      ({ xid, seq }) => ({ xid: BigInt(xid), seq: BigInt(seq) }),
    );

  it('read what they missed once for each place at which they stood, and hear everything after it', async () => {
    for (const n of [1, 2, 3, 4]) await happens(n);
    const [first, second, , last] = await places();
    if (!first || !second || !last) throw new Error('four events were written');
    // Other people's transactions on this server may hold back what is read for a moment.
    const all = () => readEvents(db, house.platform.database.horizon.bound(), { xid: 0n, seq: 0n }, 10);
    await expect.poll(async () => (await all()).length).toBe(4);
    const read: { place: string; events: number; sockets: number }[] = [];
    const hub = {
      replay: (sockets: readonly Socket[], events: Event[], upTo: Position) => {
        read.push({ place: cursorOf(upTo), events: events.length, sockets: sockets.length });
        return Promise.resolve();
      },
    } as Partial<Hub> as Hub;
    const tail = { position: () => last, poke() {} } as Partial<Tail> as Tail;
    const catchUp = createCatchUp(house.platform, hub, () => tail);
    const sockets = Array.from({ length: 40 }, () => ({}) as Socket);
    await Promise.all(sockets.map((socket, n) => catchUp({ socket, from: n % 4 === 0 ? first : second })));
    expect(read.toSorted((a, b) => a.events - b.events)).toEqual([
      { place: cursorOf(last), events: 2, sockets: 30 },
      { place: cursorOf(last), events: 3, sockets: 10 },
    ]);
    expect(sockets.map(({ hearsAfter }) => hearsAfter)).toEqual(sockets.map(() => last));
  });
});

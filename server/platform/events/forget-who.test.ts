import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cleanDatabase } from '../../testing/database.ts';
import type { Database } from '../database/database.ts';
import { type Db, dbOf, sql } from '../database/sql.ts';
import type { House } from '../house/house.ts';
import { jobWork } from '../jobs/jobs.ts';
import type { Module } from '../module.ts';
import { emptyHouse, madeUp, newEvent } from '../testing.ts';
import { isPruned, type Position, writtenEvents } from './event.ts';
import { forgetWho, namedUntil } from './forget-who.ts';
import { on } from './subscribers.ts';

const day = 86_400_000;
const namedDays = 8;
const [ada, ben, leipzig, guest] = Array.from({ length: 4 }, () => crypto.randomUUID());
const people: ReadonlyMap<string, string> = new Map([
  [ada ?? '', leipzig ?? ''],
  [ben ?? '', leipzig ?? ''],
]);
let fails = false;
const room: Module = {
  name: 'made_up',
  pseudonyms: async () => people,
  subscribers: [
    { name: 'made_up.listens', on: '*', handle: async () => {} },
    on(madeUp('made_up.hard'), 'made_up.minds', async () => {
      if (fails) throw new Error('not now');
    }),
  ],
};

let database: Database;
let house: House;
let db: Db;
let now: Date;
beforeAll(async () => {
  database = await cleanDatabase({ max: 6 });
  db = dbOf(database.pool);
  house = await emptyHouse([room], { database: { ...database, close: async () => {} } });
  now = house.platform.clock.now();
});
afterAll(async () => {
  await house.close();
  await database.close();
});
beforeEach(async () => {
  fails = false;
  for (const table of ['events', 'events_pruned', 'pgboss.job']) await db.exec(sql`delete from ${sql.raw(table)}`);
  await db.exec(sql`delete from event_cursors where subscriber = 'platform.forget_who'`);
});

interface Told {
  days: number;
  by?: string | null;
  data?: Record<string, unknown>;
  type?: string;
}
const tell = async (all: readonly Told[]) => {
  for (const { days, by = null, data = {}, type = 'made_up.told' } of all)
    await db.exec(writtenEvents([{ ...newEvent(type, data), at: new Date(now.getTime() - days * day), actorId: by, actorKind: 'person' }]));
};
const tonight = async () => {
  await forgetWho([room]).run({ ...jobWork(house.platform), once: async () => {} }, {});
};
const rows = () =>
  db.query<{ at: Date; actorId: string | null; data: Record<string, unknown> }>(
    sql`select at, actor_id as "actorId", data from events order by seq`,
  );
const isNamed = (row: { actorId: string | null; data: unknown }) => [...people.keys()].some((id) => JSON.stringify(row).includes(id));

describe('what happened longer ago than a shift and seven days', () => {
  it('names nobody who works here, wherever in an event it stood, and says what it said else; what is younger stays', async () => {
    const who = fc.constantFrom(ada, ben, guest, null);
    const data = fc.record({ personId: who, mentionIds: fc.array(who, { maxLength: 3 }), deep: fc.record({ by: who, n: fc.nat(9) }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ days: fc.constantFrom(400, namedDays + 1, namedDays, namedDays - 0.01, 1, -30), by: who, data }), {
          maxLength: 25,
        }),
        fc.boolean(),
        async (told, twice) => {
          await db.exec(sql`delete from events`);
          await db.exec(sql`delete from event_cursors where subscriber = 'platform.forget_who'`);
          const all = told as Told[];
          await tell(all.toSorted((a, b) => b.days - a.days));
          await house.drain();
          const before = await rows();
          for (let night = 0; night < (twice ? 2 : 1); night += 1) await tonight();
          const text = (value: unknown) =>
            JSON.stringify(value)
              .replaceAll(ada ?? '', leipzig ?? '')
              .replaceAll(ben ?? '', leipzig ?? '');
          const isOld = ({ at }: { at: Date }) => at < namedUntil(now);
          for (const [n, row] of (await rows()).entries()) {
            const was = before[n];
            if (!was) throw new Error('one more than there were');
            if (isOld(row)) expect(JSON.parse(text(was))).toEqual(JSON.parse(JSON.stringify(row)));
            else if (row.at <= now) expect(row).toEqual(was);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('goes on where it came to the night before, more than one batch long', async () => {
    const rowsOf = Array.from({ length: 2_300 }, () => ({
      ...newEvent('made_up.told', { personId: ada }),
      at: new Date(now.getTime() - 20 * day),
      actorId: ben ?? null,
    }));
    await db.exec(writtenEvents(rowsOf));
    await house.drain();
    await tonight();
    expect((await rows()).filter(isNamed)).toEqual([]);
    await tell([{ days: 9, by: ada ?? null }]);
    await house.drain();
    await tonight();
    expect((await rows()).filter(isNamed)).toEqual([]);
  });

  it('waits for whoever has not heard it yet', async () => {
    await tell([{ days: 20, by: ada ?? null }]);
    await tonight();
    expect((await rows()).filter(isNamed)).toHaveLength(1);
    await house.drain();
    await tonight();
    expect((await rows()).filter(isNamed)).toHaveLength(0);
  });

  it('waits where it was set aside, until it was heard; what came after it does not', async () => {
    fails = true;
    await tell([
      { days: 20, by: ada ?? null, type: 'made_up.hard' },
      { days: 19, by: ben ?? null },
    ]);
    await house.drain();
    await tonight();
    expect((await rows()).map(isNamed)).toEqual([true, false]);
    await db.exec(sql`update pgboss.job set state = 'completed'`);
    await tonight();
    expect((await rows()).map(isNamed)).toEqual([false, false]);
  });

  it('is read anew by a browser that comes back from before it', async () => {
    const place = async (): Promise<Position> => {
      const { xid, seq } = await db.one<{ xid: string; seq: string }>(
        sql`select xid::text, seq::text from events order by events.xid desc, events.seq desc limit 1`,
      );
      return { xid: BigInt(xid), seq: BigInt(seq) };
    };
    await tell([{ days: 20, by: ada ?? null }]);
    const from = await place();
    await tell([{ days: 19, by: ben ?? null }]);
    const to = await place();
    await house.drain();
    expect(await isPruned(db, from)).toBe(false);
    await tonight();
    expect(await isPruned(db, from)).toBe(true);
    expect(await isPruned(db, to)).toBe(false);
  });
});

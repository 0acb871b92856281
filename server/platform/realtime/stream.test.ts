import { once } from 'node:events';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { closedForNewer, type ServerFrame } from '../../../contract/stream.ts';
import { cleanDatabase } from '../../testing/database.ts';
import { type Actor, system } from '../actor.ts';
import { transaction } from '../context.ts';
import { dbOf, sql } from '../database/sql.ts';
import { removeEvents } from '../events/pruning.ts';
import type { Module } from '../module.ts';
import { actorCalled, emptyHouse, madeUp, openStream, type TestSocket } from '../testing.ts';

// A made-up room: things lie on shelves, and whoever may see a shelf hears of its things.
const shelves = new Map<string, string[]>();
const touched: Record<string, unknown>[] = [];
/** Ids of things, each time they were read for the stream. */
const read: string[] = [];
/** Holds the next reading of things up. */
let held: Promise<void> | undefined;
const things: Module = {
  name: 'things',
  streams: (actor) => (shelves.get(actor.id ?? '') ?? []).map((shelf) => `shelf:${shelf}`),
  audiences: {
    [madeUp('things.changed')]: ({ data }: { data: { thingId: string; shelf: string; from?: string } }) => ({
      streams: [`shelf:${data.shelf}`],
      records: [{ kind: 'thing', id: data.thingId }],
      ...(data.from ? { leaving: [`shelf:${data.from}`] } : {}),
    }),
  } as unknown as NonNullable<Module['audiences']>,
  records: {
    thing: {
      async load(db, ids) {
        read.push(...ids);
        const mine = held;
        held = undefined;
        await mine;
        const rows = await db.query<{ id: string; version: number; shelf: string; secret: string }>(
          sql`select id, version, shelf, secret from things where id = any(${ids}::uuid[])`,
        );
        return new Map(rows.map((row) => [row.id, { version: row.version, data: { ...row }, streams: [`shelf:${row.shelf}`] }]));
      },
      mask: (data) => ({ ...data, secret: '•••' }),
    },
  },
  watch: {
    shelf: async (ctx, id) => ((shelves.get(ctx.actor.id ?? '') ?? []).includes(id) ? `shelf:${id}` : undefined),
    glance: async (_ctx, id) => `shelf:${id}`,
  },
  signals: { 'things.touch': (_platform, _from, data) => void touched.push(data) },
  rightsChanged: (event) =>
    String(event.type) === 'things.rights_changed' ? [(event.data as unknown as { personId: string }).personId] : [],
};

type House = Awaited<ReturnType<typeof emptyHouse>>;
let house: House;

beforeAll(async () => {
  const database = await cleanDatabase({ max: 12 });
  await database.pool.query('create table things (id uuid primary key, version int not null, shelf text not null, secret text not null)');
  house = await emptyHouse([things], { database, mode: 'run', actor: (id) => (id === 'gone' ? undefined : (actorCalled(id) as Actor)) });
});
afterAll(() => house.close());

const change = (id: string, shelf: string, secret = 'words', from?: string) =>
  transaction(house.platform, system, async (ctx) => {
    await ctx.db.exec(
      sql`insert into things values (${id}, 1, ${shelf}, ${secret}) on conflict (id) do update set version = things.version + 1, shelf = excluded.shelf, secret = excluded.secret`,
    );
    ctx.emit(madeUp('things.changed'), { thingId: id, shelf, ...(from ? { from } : {}) } as never);
  });

const eventFrames = (socket: TestSocket) => socket.frames.filter((f) => f.op === 'events');
const recordsOf = (frames: readonly ServerFrame[]) => frames.flatMap((f) => (f.op === 'events' ? f.records : []));
const until = async (socket: TestSocket, id: string, version: number) =>
  socket.until((f) => f.op === 'events' && f.records.some((r) => r.id === id && r.version >= version), `${id} version ${version}`);
const newId = () => crypto.randomUUID();

describe('the live stream', () => {
  it('refuses whoever is not signed in, and a foreign page', async () => {
    await expect(openStream(house.origin, 'Test gone')).rejects.toThrow('401');
    const foreign = { authorization: 'Test kim', origin: 'https://evil.example' };
    const ws = new WebSocket(`${house.origin.replace('http', 'ws')}/api/v1/stream`, { headers: foreign });
    const [error] = (await once(ws, 'error')) as [Error];
    expect(error.message).toContain('403');
  });

  it('reads what changed once for all who hear of it, however many they are', async () => {
    const people = Array.from({ length: 12 }, (_, n) => `reader-${n}`);
    for (const person of people) shelves.set(person, ['crowded']);
    const sockets = await Promise.all(people.map((person) => openStream(house.origin, `Test ${person}`)));
    await Promise.all(sockets.map((socket) => socket.until((f) => f.op === 'ready')));
    const id = newId();
    await change(id, 'crowded');
    await Promise.all(sockets.map((socket) => until(socket, id, 1)));
    expect(read.filter((one) => one === id)).toEqual([id]);
    for (const socket of sockets) socket.close();
  });

  it('brings the record as it is now, numbered without gaps, to those who may see it and to nobody else', async () => {
    shelves.set('kim', ['a']);
    shelves.set('olaf', ['b']);
    const kim = await openStream(house.origin, 'Test kim');
    const olaf = await openStream(house.origin, 'Test olaf');
    await kim.until((f) => f.op === 'ready');
    await olaf.until((f) => f.op === 'ready');
    const id = newId();
    for (let i = 0; i < 20; i += 1) await change(id, 'a');
    await until(kim, id, 20);
    expect(eventFrames(kim).map((f) => f.op === 'events' && f.n)).toEqual(eventFrames(kim).map((_, i) => i + 1));
    const mine = newId();
    await change(mine, 'b');
    await until(olaf, mine, 1);
    expect(recordsOf(olaf.frames).map((r) => r.id)).toEqual([mine]);
    expect(recordsOf(kim.frames).every((r) => r.id === id)).toBe(true);
    kim.close();
    olaf.close();
  });

  it('gives masked listeners the masked form only', async () => {
    shelves.set('lena', ['a:masked']);
    const lena = await openStream(house.origin, 'Test lena');
    await lena.until((f) => f.op === 'ready');
    const id = newId();
    await change(id, 'a', 'her bank account');
    await until(lena, id, 1);
    expect(JSON.stringify(lena.frames)).not.toContain('bank account');
    lena.close();
  });

  it('takes a record away from those who may no longer see it', async () => {
    shelves.set('kim', ['a']);
    shelves.set('luise', ['a', 'b']);
    const kim = await openStream(house.origin, 'Test kim');
    const luise = await openStream(house.origin, 'Test luise');
    await kim.until((f) => f.op === 'ready');
    await luise.until((f) => f.op === 'ready');
    const id = newId();
    await change(id, 'a');
    await until(kim, id, 1);
    await change(id, 'b', 'moved and secret', 'a');
    await kim.until((f) => f.op === 'events' && f.records.some((r) => r.id === id && r.gone));
    await until(luise, id, 2);
    expect(JSON.stringify(kim.frames)).not.toContain('moved and secret');
    expect(recordsOf(luise.frames).some((r) => r.gone)).toBe(false);
    kim.close();
    luise.close();
  });

  it('resumes after a break without loss, wherever the break falls', async () => {
    shelves.set('kim', ['a']);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 5 }), async (bursts) => {
        const id = newId();
        let socket = await openStream(house.origin, 'Test kim');
        await socket.until((f) => f.op === 'ready');
        let cursor = cursorIn(socket);
        let version = 0;
        for (const burst of bursts) {
          const writing = (async () => {
            for (let i = 0; i < burst; i += 1) await change(id, 'a');
          })();
          // Break off in the middle of the burst.
          socket.close();
          cursor = cursorIn(socket) ?? cursor;
          await writing;
          version += burst;
          socket = await openStream(house.origin, 'Test kim', cursor);
          await until(socket, id, version);
          cursor = cursorIn(socket);
        }
        expect(recordsOf(socket.frames).findLast((r) => r.id === id)?.version).toBe(version);
        socket.close();
      }),
      { numRuns: 15 },
    );
  });

  it('replays to nobody what has moved out of their sight, wherever the break falls', async () => {
    shelves.set('kim', ['a']);
    shelves.set('olaf', ['b']);
    const steps = fc.array(fc.record({ shelf: fc.constantFrom('a', 'b'), isBreak: fc.boolean() }), { minLength: 2, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(steps, async (moves) => {
        const id = newId();
        const mark = newId();
        let where = 'a';
        let version = 0;
        const screens = new Map<string, { socket: TestSocket; cursor: string | undefined; shown: Map<string, number>; told: string[] }>();
        const join = async (who: string, cursor?: string) => {
          const socket = await openStream(house.origin, `Test ${who}`, cursor);
          await socket.until((f) => f.op === 'ready');
          return socket;
        };
        for (const who of ['kim', 'olaf']) {
          const socket = await join(who);
          screens.set(who, { socket, cursor: cursorIn(socket), shown: new Map(), told: [] });
        }
        const leave = (screen: { socket: TestSocket; cursor: string | undefined; shown: Map<string, number>; told: string[] }) => {
          screen.socket.close();
          screen.cursor = cursorIn(screen.socket) ?? screen.cursor;
          screen.told.push(JSON.stringify(screen.socket.frames));
          for (const r of recordsOf(screen.socket.frames)) {
            if (r.gone) screen.shown.delete(r.id);
            else if ((screen.shown.get(r.id) ?? 0) < r.version) screen.shown.set(r.id, r.version);
          }
        };
        for (const { shelf, isBreak } of moves) {
          if (isBreak) for (const screen of screens.values()) leave(screen);
          await change(id, shelf, `${mark} on ${shelf}`, where === shelf ? undefined : where);
          version += 1;
          where = shelf;
          if (isBreak) for (const [who, screen] of screens) screen.socket = await join(who, screen.cursor);
        }
        // Away when the last move and one more change come, so that both are replayed from an old cursor.
        for (const screen of screens.values()) leave(screen);
        const last = where === 'a' ? 'b' : 'a';
        await change(id, where, `${mark} on ${where}`);
        await change(id, last, `${mark} on ${last}`, where);
        await change(id, last, `${mark} on ${last}`);
        version += 3;
        for (const [who, screen] of screens) screen.socket = await join(who, screen.cursor);
        const end = newId();
        await change(end, 'a');
        await change(end, 'b', 'words', 'a');
        for (const [who, screen] of screens) {
          const own = newId();
          await change(own, who === 'kim' ? 'a' : 'b');
          await until(screen.socket, own, 1);
          leave(screen);
        }
        const [here, gone] = last === 'a' ? (['kim', 'olaf'] as const) : (['olaf', 'kim'] as const);
        expect(screens.get(here)?.shown.get(id)).toBe(version);
        expect(screens.get(gone)?.shown.has(id)).toBe(false);
        expect(screens.get('kim')?.told.join('')).not.toContain(`${mark} on b`);
        expect(screens.get('olaf')?.told.join('')).not.toContain(`${mark} on a`);
      }),
      { numRuns: 15 },
    );
  });

  it('who comes back while a batch is being put together hears it once', async () => {
    shelves.set('kim', ['a']);
    shelves.set('luise', ['a']);
    const [kim, luise] = [await openStream(house.origin, 'Test kim'), await openStream(house.origin, 'Test luise')];
    await kim.until((f) => f.op === 'ready');
    const cursor = cursorIn(kim);
    kim.close();
    await luise.until((f) => f.op === 'ready');
    const hold = Promise.withResolvers<void>();
    held = hold.promise;
    const id = newId();
    await change(id, 'a');
    await expect.poll(() => read.includes(id)).toBe(true);
    const back = await openStream(house.origin, 'Test kim', cursor);
    await until(back, id, 1);
    hold.resolve();
    await until(luise, id, 1);
    const next = newId();
    await change(next, 'a');
    await until(back, next, 1);
    expect(recordsOf(back.frames).map((r) => r.id)).toEqual([id, next]);
    for (const socket of [back, luise]) socket.close();
  });

  it('who comes from a process that had read further goes on without reading anew, and hears nothing twice', async () => {
    shelves.set('kim', ['a']);
    shelves.set('luise', ['a']);
    const other = await emptyHouse([things], {
      database: { ...house.platform.database, close: async () => {} },
      mode: 'run',
      actor: (id) => actorCalled(id) as Actor,
    });
    try {
      const luise = await openStream(other.origin, 'Test luise');
      await luise.until((f) => f.op === 'ready');
      const hold = Promise.withResolvers<void>();
      held = hold.promise;
      const first = newId();
      await change(first, 'a');
      // The other one hangs with this one in hand.
      await expect.poll(() => read.includes(first)).toBe(true);
      const kim = await openStream(house.origin, 'Test kim');
      await kim.until((f) => f.op === 'ready');
      const second = newId();
      await change(second, 'a');
      await until(kim, second, 1);
      kim.close();
      const back = await openStream(other.origin, 'Test kim', cursorIn(kim));
      await back.until((f) => f.op === 'ready');
      hold.resolve();
      await until(luise, second, 1);
      const third = newId();
      await change(third, 'a');
      await until(back, third, 1);
      expect(back.frames.filter((f) => f.op === 'reload')).toEqual([]);
      expect(recordsOf(back.frames).map((r) => r.id)).toEqual([third]);
      for (const socket of [back, luise]) socket.close();
    } finally {
      await other.close();
    }
  });

  it('who comes back with many others hears what they missed and may, no more and nothing twice', async () => {
    const people = Array.from({ length: 40 }, (_, n) => `crew-${n}`);
    const mayHear = (n: number) => (n % 4 === 0 ? ['a', 'b'] : n % 4 === 1 ? ['b'] : n % 4 === 2 ? ['a:masked'] : ['a']);
    for (const [n, person] of people.entries()) shelves.set(person, mayHear(n));
    const join = (cursor: (n: number) => string | undefined) =>
      Promise.all(
        people.map(async (person, n) => {
          const socket = await openStream(house.origin, `Test ${person}`, cursor(n));
          await socket.until((f) => f.op === 'ready');
          return socket;
        }),
      );
    const before = await join(() => undefined);
    const early = newId();
    await change(early, 'a');
    await Promise.all(before.filter((_, n) => n % 4 !== 1).map((socket) => until(socket, early, 1)));
    const cursors = before.map(cursorIn);
    for (const socket of before) socket.close();
    const missed = await Promise.all(
      ['a', 'b', 'a'].map(async (shelf) => {
        const id = newId();
        await change(id, shelf, 'her bank account');
        return { id, shelf };
      }),
    );
    const back = await join((n) => cursors[n]);
    const last = { a: newId(), b: newId() };
    for (const shelf of ['a', 'b'] as const) await change(last[shelf], shelf);
    await Promise.all(back.map((socket, n) => until(socket, mayHear(n).includes('b') ? last.b : last.a, 1)));
    for (const [n, socket] of back.entries()) {
      const shelvesOf = mayHear(n).map((shelf) => shelf.replace(':masked', ''));
      const wanted = missed.filter(({ shelf }) => shelvesOf.includes(shelf)).map(({ id }) => id);
      const heard = recordsOf(socket.frames).map(({ id }) => id);
      // Whoever heard nothing before stands at the place they began at.
      expect(heard.filter((id) => id !== last.a && id !== last.b && id !== early).toSorted()).toEqual(wanted.toSorted());
      expect(JSON.stringify(socket.frames).includes('bank account')).toBe(wanted.length > 0 && n % 4 !== 2);
      socket.close();
    }
  });

  it('says when a cursor is too old or unreadable, so that state is read anew', async () => {
    shelves.set('kim', ['a']);
    const db = dbOf(house.platform.database.pool);
    await removeEvents(db, await db.query(sql`select seq::text from events where seq < 5`));
    for (const cursor of ['1.1', 'nonsense', `${(2n ** 40n).toString(36)}.1`, `${'z'.repeat(13)}.1`]) {
      const socket = await openStream(house.origin, 'Test kim', cursor);
      await socket.until((f) => f.op === 'reload' && f.reason === 'cursor_too_old', `reload for ${cursor}`);
      const id = newId();
      await change(id, 'a');
      await until(socket, id, 1);
      socket.close();
    }
  });

  it('obeys a change of rights before anything later', async () => {
    shelves.set('kim', ['a']);
    const kim = await openStream(house.origin, 'Test kim');
    await kim.until((f) => f.op === 'ready');
    const id = newId();
    shelves.set('kim', []);
    await transaction(house.platform, system, async (ctx) => {
      ctx.emit(madeUp('things.rights_changed'), { personId: 'kim' } as never);
    });
    await change(id, 'a', 'after the change');
    await kim.until((f) => f.op === 'reload' && f.reason === 'rights_changed');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(JSON.stringify(kim.frames)).not.toContain('after the change');
    kim.close();
  });

  it('lets nobody watch what they may not see, and answers nonsense with a refusal', async () => {
    shelves.set('kim', ['a']);
    const kim = await openStream(house.origin, 'Test kim');
    await kim.until((f) => f.op === 'ready');
    kim.send({ op: 'watch', kind: 'shelf', id: newId() });
    await kim.until((f) => f.op === 'refused' && f.code === 'core.not_found');
    kim.send({ op: 'delete everything' });
    await kim.until((f) => f.op === 'refused' && f.code === 'core.invalid_input');
    kim.send({ op: 'ping' });
    await kim.until((f) => f.op === 'pong');
    kim.close();
  });

  it('obeys frames in their order, and ends who sends them without end', async () => {
    shelves.set('kim', ['a']);
    const kim = await openStream(house.origin, 'Test kim');
    await kim.until((f) => f.op === 'ready');
    const id = newId();
    kim.send({ op: 'watch', kind: 'glance', id });
    kim.send({ op: 'unwatch', kind: 'glance', id });
    kim.send({ op: 'ping' });
    await kim.until((f) => f.op === 'pong');
    const [unseen, seen] = [newId(), newId()];
    await change(unseen, id);
    await change(seen, 'a');
    await until(kim, seen, 1);
    expect(recordsOf(kim.frames).map((r) => r.id)).toEqual([seen]);
    for (let i = 0; i < 5_000; i += 1) kim.send({ op: 'watch', kind: 'shelf', id });
    expect(await kim.closed).toBe(1008);
  });

  it('relays so many signals a second and no more', async () => {
    shelves.set('kim', ['a']);
    const kim = await openStream(house.origin, 'Test kim');
    await kim.until((f) => f.op === 'ready');
    for (let round = 0; round < 5; round += 1) {
      for (let i = 0; i < 90; i += 1) kim.send({ op: 'signal', topic: 'things.touch', data: { i } });
      kim.send({ op: 'ping' });
      await expect.poll(() => kim.frames.filter((f) => f.op === 'pong').length).toBe(round + 1);
    }
    expect(touched.length).toBeGreaterThanOrEqual(20);
    // The rounds take well under two seconds.
    expect(touched.length).toBeLessThanOrEqual(60);
    kim.close();
  });

  it('closes the oldest of too many sockets of one person, with a reason, and nobody else’s', async () => {
    shelves.set('many', ['a']);
    const other = await openStream(house.origin, 'Test olaf');
    const sockets: TestSocket[] = [];
    for (let i = 0; i < 53; i += 1) {
      const socket = await openStream(house.origin, 'Test many');
      await socket.until((f) => f.op === 'ready');
      sockets.push(socket);
    }
    expect(await Promise.all(sockets.slice(0, 3).map((socket) => socket.closed))).toEqual([closedForNewer, closedForNewer, closedForNewer]);
    const id = newId();
    await change(id, 'a');
    await Promise.all(sockets.slice(3).map((socket) => until(socket, id, 1)));
    expect(sockets.slice(0, 3).some((socket) => recordsOf(socket.frames).some((r) => r.id === id))).toBe(false);
    other.send({ op: 'ping' });
    await other.until((f) => f.op === 'pong');
    for (const socket of [other, ...sockets]) socket.close();
  });

  it('carries the newest state when many changes fall into one batch', async () => {
    shelves.set('kim', ['a']);
    const kim = await openStream(house.origin, 'Test kim');
    await kim.until((f) => f.op === 'ready');
    const ids = Array.from({ length: 30 }, newId);
    await Promise.all(ids.flatMap((id) => [change(id, 'a'), change(id, 'a')]));
    for (const id of ids) await until(kim, id, 2);
    const stored = await dbOf(house.platform.database.pool).query<{ id: string; version: number }>(
      sql`select id, version from things where id = any(${ids}::uuid[])`,
    );
    const view = new Map<string, number>();
    for (const r of recordsOf(kim.frames)) view.set(r.id, Math.max(view.get(r.id) ?? 0, r.version));
    for (const row of stored) expect(view.get(row.id)).toBe(row.version);
    kim.close();
  });
});

const cursorIn = (socket: TestSocket): string | undefined => {
  const last = socket.frames.findLast((f) => f.op === 'events' || f.op === 'ready');
  return last && 'cursor' in last ? last.cursor : undefined;
};

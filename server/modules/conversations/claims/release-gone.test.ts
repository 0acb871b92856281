import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { systemClock } from '../../../platform/clock.ts';
import { sql } from '../../../platform/database/sql.ts';
import type { House } from '../../../platform/house/house.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { besides, type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast, createPerson, noteDesks, type TestPerson } from '../../workspace/testing.ts';
import { module } from '../module.ts';
import { createConversation } from '../testing.ts';

let h: TestHouse;
let second: House;
let we: Cast;
beforeAll(async () => {
  h = await testHouse();
  second = await besides(h);
  we = await cast(h);
});
afterAll(async () => {
  await second.close();
  await h.close();
});

/** Whose sockets live in which process. */
let desks = new Map<House, Set<string>>();
const say = async () => {
  for (const [house, ids] of desks) await noteDesks(house.platform, new Map([...ids].map((id) => [id, 0])));
};
const opens = (who: TestPerson, house = h.house) => {
  desks.set(house, (desks.get(house) ?? new Set()).add(who.id));
  return say();
};
const closes = (who: TestPerson, house = h.house) => {
  desks.get(house)?.delete(who.id);
  return say();
};
const tick = (house: House = h.house) =>
  module.ticks?.find(({ name }) => name === 'conversations.release_gone')?.run(jobWork(house.platform));
/** Second by second, with signs of life every five. */
const passes = async (seconds: number) => {
  for (let n = 1; n <= seconds; n += 1) {
    h.clock.advance(1_000);
    if (n % 5 === 0) await say();
    await tick();
  }
};
beforeEach(async () => {
  desks = new Map();
  await h.db.exec(sql`delete from desk_processes`);
  await h.db.exec(sql`delete from customer_leases`);
  h.clock.advance(400_000);
  await passes(21);
});

const arrives = async (state?: string) => (await createConversation(h, { teamId: we.team.id, ...(state && { state }) })).id;
const takes = async (who: TestPerson, id: string) => (await h.call(who, api.claim, { id })).body.lease?.fence;
const holderOf = async (id: string) =>
  (await h.db.one<{ holder: string | null }>(sql`select claimed_by as holder from conversations where id = ${id}`)).holder;

describe('a browser that is gone', () => {
  it('gives back what a customer waits for, twenty seconds after its last sign; the text is kept, and the timeline says so', async () => {
    const id = await arrives();
    await opens(we.kim);
    const fence = (await takes(we.kim, id)) ?? 0;
    await h.call(we.kim, api.saveDraft, { id, kind: 'reply', text: 'Guten Tag Frau Kl', baseSeq: 1 });
    await passes(60);
    expect(await holderOf(id)).toBe(we.kim.id);
    await closes(we.kim);
    await passes(19);
    expect(await holderOf(id)).toBe(we.kim.id);
    await passes(1);
    expect(await holderOf(id)).toBeNull();
    // Whoever was there comes back to a claim that is worth nothing, and to every word.
    expect((await h.call(we.kim, api.heartbeat, { id, fence })).problem.code).toBe('conversations.claim_lost');
    const { body } = await h.call(we.kim, api.open, { id });
    expect(body.conversation).toMatchObject({ state: 'queued', claim: null });
    expect(JSON.stringify(body)).toContain('conversations.came_back');
    expect(JSON.stringify(body)).toContain('Guten Tag Frau Kl');
    expect(JSON.stringify(body.messages.find(({ kind }) => kind === 'system'))).not.toContain(we.kim.id);
    expect(await takes(we.olaf, id)).toBeGreaterThan(fence);
  });

  it('loses nothing by loading anew, a short sleep or another process', async () => {
    const id = await arrives();
    await opens(we.kim);
    await takes(we.kim, id);
    await closes(we.kim);
    await passes(18);
    await opens(we.kim, second);
    await passes(40);
    expect(await holderOf(id)).toBe(we.kim.id);
  });

  it('is not thought to be while the database is away and nobody can say that they live', async () => {
    const id = await arrives();
    await opens(we.kim);
    await takes(we.kim, id);
    await passes(21);
    await h.db.exec(sql`alter table desk_processes rename to desk_processes_away`);
    for (let n = 0; n < 40; n += 1) {
      h.clock.advance(1_000);
      await expect(tick()).rejects.toThrow('desk_processes');
    }
    await h.db.exec(sql`alter table desk_processes_away rename to desk_processes`);
    await tick();
    expect(await holderOf(id)).toBe(we.kim.id);
    await passes(40);
    expect(await holderOf(id)).toBe(we.kim.id);
    await closes(we.kim);
    await passes(21);
    expect(await holderOf(id)).toBeNull();
  });

  it('counts only when it was the last one', async () => {
    const id = await arrives();
    await opens(we.kim);
    await opens(we.kim, second);
    await takes(we.kim, id);
    await closes(we.kim);
    await passes(60);
    expect(await holderOf(id)).toBe(we.kim.id);
    await closes(we.kim, second);
    await passes(20);
    expect(await holderOf(id)).toBeNull();
  });

  it('is known though its process died with it, and others are not taken for gone', async () => {
    const [id, other] = [await arrives(), await arrives()];
    await opens(we.kim, second);
    await opens(we.olaf);
    await takes(we.kim, id);
    await takes(we.olaf, other);
    // Killed: it says nothing any more, not even that somebody left.
    desks.delete(second);
    await passes(20);
    expect(await holderOf(id)).toBeNull();
    expect(await holderOf(other)).toBe(we.olaf.id);
  });

  it('that only hangs and answers nothing is gone, too, and back with its next sign', async () => {
    const id = await arrives();
    await opens(we.kim);
    await takes(we.kim, id);
    const silent = (seconds: number) => noteDesks(h.house.platform, new Map([[we.kim.id, seconds * 1_000]]));
    desks.clear();
    h.clock.advance(1_000);
    for (let n = 1; n < 20; n += 1) {
      await silent(n);
      await tick();
      h.clock.advance(1_000);
    }
    expect(await holderOf(id)).toBe(we.kim.id);
    await silent(0);
    h.clock.advance(1_000);
    await tick();
    expect(await holderOf(id)).toBe(we.kim.id);
    for (let n = 1; n <= 21; n += 1) {
      h.clock.advance(1_000);
      await silent(n);
      await tick();
    }
    expect(await holderOf(id)).toBeNull();
  });

  it('keeps for the length of the lease what nobody waits for', async () => {
    const id = await arrives('waiting_customer');
    await opens(we.kim);
    await takes(we.kim, id);
    await closes(we.kim);
    await passes(120);
    expect(await holderOf(id)).toBe(we.kim.id);
  });

  it('is none where there never was one: programs keep their lease, and so does who works on without a desk', async () => {
    const [id, other] = [await arrives(), await arrives()];
    await takes(we.olaf, id);
    await opens(we.kim);
    const fence = (await takes(we.kim, other)) ?? 0;
    await closes(we.kim);
    await passes(15);
    await h.call(we.kim, api.heartbeat, { id: other, fence });
    await passes(120);
    expect(await holderOf(id)).toBe(we.olaf.id);
    expect(await holderOf(other)).toBe(we.kim.id);
  });

  it('cannot be told from one that could not be heard: after a time in which nothing ran everybody gets theirs', async () => {
    const id = await arrives();
    await opens(we.kim);
    await takes(we.kim, id);
    h.clock.advance(60_000);
    await tick();
    expect(await holderOf(id)).toBe(we.kim.id);
    await passes(60);
    expect(await holderOf(id)).toBe(we.kim.id);
    await closes(we.kim);
    await passes(20);
    expect(await holderOf(id)).toBeNull();
  });
});

it('whatever comes, goes and dies: nobody who is there loses what they have, and nobody else’s claim is worth anything', async () => {
  const people = { kim: we.kim, olaf: we.olaf };
  const who = fc.constantFrom<keyof typeof people>('kim', 'olaf');
  const step = fc.oneof(
    fc.record({ does: fc.constant('opens' as const), who }),
    fc.record({ does: fc.constant('closes' as const), who }),
    fc.record({ does: fc.constant('takes' as const), who }),
    fc.record({ does: fc.constant('renews' as const), who }),
    fc.record({ does: fc.constant('waits' as const), seconds: fc.integer({ min: 1, max: 25 }) }),
  );
  const begun = [
    { does: 'opens' as const, who: 'kim' as const },
    { does: 'takes' as const, who: 'kim' as const },
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
      desks = new Map();
      await h.db.exec(sql`delete from desk_processes`);
      await h.db.exec(sql`delete from customer_leases`);
      const id = await arrives();
      const fences = { kim: 0, olaf: 0 };
      /** Who took it last; when their desk was closed, if it is. */
      let holder: keyof typeof people | null = null;
      const closedAt: Record<keyof typeof people, number | null> = { kim: null, olaf: null };
      let renewedAt = 0;
      /** Whoever has it was away long enough to lose it, and has come back since. */
      let wasAway = false;
      const now = () => h.clock.now().getTime();
      for (const one of [...begun, ...steps]) {
        if (one.does === 'waits') {
          await passes(one.seconds);
          continue;
        }
        const person = people[one.who];
        if (one.does === 'opens') {
          const closed = closedAt[one.who];
          wasAway ||= holder === one.who && closed !== null && now() - closed >= 20_000;
          await opens(person);
          closedAt[one.who] = null;
        } else if (one.does === 'closes') {
          await closes(person);
          closedAt[one.who] ??= now();
        } else if (one.does === 'takes') {
          const fence = await takes(person, id);
          if (fence === undefined) {
            expect(holder).not.toBeNull();
            continue;
          }
          expect(fence).toBeGreaterThan(Math.max(fences.kim, fences.olaf));
          if (holder && holder !== one.who) {
            const closed = closedAt[holder];
            // Taken from nobody who was there.
            expect(wasAway || now() - renewedAt >= 300_000 || (closed !== null && now() - closed >= 20_000)).toBe(true);
          }
          fences[one.who] = fence;
          holder = one.who;
          wasAway = false;
          renewedAt = now();
        } else if (fences[one.who] > 0) {
          const { status } = await h.call(person, api.heartbeat, { id, fence: fences[one.who] });
          if (status === 200) {
            expect(holder).toBe(one.who);
            wasAway = false;
            renewedAt = now();
          }
        }
      }
    }),
    { numRuns: 15 },
  );
}, 120_000);

it('a socket that breaks off without a word, in one of two processes on the wall clock, gives its work back within thirty seconds', async () => {
  const wall = await testHouse();
  const [one, other] = await Promise.all([
    besides(wall, { clock: systemClock, mode: 'run' }),
    besides(wall, { clock: systemClock, mode: 'run' }),
  ]);
  try {
    const site = await cast(wall);
    const nora = await createPerson(wall, { teamIds: [site.team.id] });
    const connect = async (house: House, who: TestPerson) => {
      const ws = new WebSocket(`${house.address.replace('http', 'ws')}/api/v1/stream`, { headers: { authorization: `Test ${who.id}` } });
      await new Promise((resolve, reject) => ws.once('message', resolve).once('error', reject));
      return ws;
    };
    const [kim, olaf] = await Promise.all([connect(one, site.kim), connect(other, site.olaf)]);
    const take = async (house: House, who: TestPerson) => {
      const { id } = await createConversation(wall, { teamId: site.team.id });
      const { statusCode } = await house.http.inject({
        method: 'POST',
        url: `/api/v1/conversations/${id}/claim`,
        payload: {},
        headers: { authorization: `Test ${who.id}` },
      });
      expect(statusCode).toBe(200);
      return id;
    };
    const [kims, olafs, noras] = [await take(one, site.kim), await take(other, site.olaf), await take(one, nora)];
    const holder = async (id: string) =>
      (await wall.db.one<{ holder: string | null }>(sql`select claimed_by as holder from conversations where id = ${id}`)).holder;
    // Nobody is taken for gone before the ticks have looked for a while.
    await new Promise((resolve) => setTimeout(resolve, 21_000));
    expect(await Promise.all([kims, olafs, noras].map(holder))).toEqual([site.kim.id, site.olaf.id, nora.id]);
    const brokeAt = performance.now();
    kim.terminate();
    await expect.poll(() => holder(kims), { timeout: 40_000, interval: 250 }).toBeNull();
    const seconds = (performance.now() - brokeAt) / 1_000;
    expect(seconds).toBeGreaterThan(15);
    expect(seconds).toBeLessThan(30);
    expect(await Promise.all([olafs, noras].map(holder))).toEqual([site.olaf.id, nora.id]);
    olaf.terminate();
  } finally {
    await Promise.all([one.close(), other.close()]);
    await wall.close();
  }
}, 120_000);

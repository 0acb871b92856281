import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closedForBalance } from '../../../contract/stream.ts';
import { cleanDatabase } from '../../testing/database.ts';
import { system } from '../actor.ts';
import { transaction } from '../context.ts';
import type { Module } from '../module.ts';
import { emptyHouse, madeUp, openStream, type TestSocket } from '../testing.ts';
import { createBalance } from './balance.ts';

interface Web {
  sockets: number;
  balance: ReturnType<typeof createBalance>;
}

const websWith = (counts: readonly number[]): Web[] => counts.map((sockets) => ({ sockets, balance: createBalance() }));

/** A second after the other, from second `begin` on; whoever is sent away comes to the web that `goesTo` names. Returns how many moved in all. */
function play(webs: readonly Web[], seconds: number, goesTo: (from: number) => number, begin = 0): number {
  let moved = 0;
  for (let second = begin; second < begin + seconds; second += 1) {
    const at = second * 1_000;
    for (const [n, { sockets }] of webs.entries())
      for (const [other, { balance }] of webs.entries()) if (other !== n) balance.heard(String(n), sockets, at);
    for (const [n, web] of webs.entries()) {
      for (let left = web.balance.surplus(web.sockets, at); left > 0; left -= 1) {
        const to = goesTo(n);
        moved += 1;
        web.sockets -= 1;
        (webs[to] as Web).sockets += 1;
      }
    }
  }
  return moved;
}

const most = (webs: readonly Web[]) => Math.max(...webs.map(({ sockets }) => sockets));
const mean = (webs: readonly Web[]) => webs.reduce((sum, { sockets }) => sum + sockets, 0) / webs.length;

describe('how many sockets a web sends to its siblings', () => {
  it('makes an empty one as full as the others, whichever web each comes to, and then leaves everybody in peace', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(counts, fc.constantFrom('least', 'turn'), (given, way) => {
        const webs = websWith(given);
        let turn = 0;
        const goesTo = () =>
          way === 'turn'
            ? (turn += 1) % webs.length
            : webs.findIndex(({ sockets }) => sockets === Math.min(...webs.map((web) => web.sockets)));
        play(webs, 600, goesTo);
        expect(most(webs)).toBeLessThanOrEqual(Math.max(mean(webs) * 1.2, mean(webs) + 4) + 1);
        expect(play(webs, 60, goesTo, 600)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('is even again half a minute after one of two was started anew, and at most fifty a second move', () => {
    const webs = websWith([2_000, 0]);
    const each: number[] = [];
    for (let second = 0; second < 30; second += 1) each.push(play(webs, 1, () => 1, second));
    expect(Math.max(...each)).toBe(50);
    expect(webs.map(({ sockets }) => sockets)).toEqual([1_000, 1_000]);
  });

  it('gives up for ten minutes when something in front sends everybody back to the same web', () => {
    const webs = websWith([1_000, 0]);
    expect(play(webs, 600, (from) => from)).toBeLessThanOrEqual(300);
    expect(webs.map(({ sockets }) => sockets)).toEqual([1_000, 0]);
  });

  it('gives up as well when the web that has room is not among those that pages come to', () => {
    const webs = websWith([1_000, 1_000, 0]);
    expect(play(webs, 600, (from) => (from + 1) % 2)).toBeLessThanOrEqual(2 * 600);
    expect(play(webs, 50, (from) => (from + 1) % 2, 550)).toBe(0);
    // Once it is, its share is found again.
    let turn = 0;
    play(webs, 300, () => (turn += 1) % 3, 1_300);
    expect(most(webs)).toBeLessThanOrEqual(668);
  });

  it('sends nobody anywhere for what lasts a moment, nor to a web of which nothing is heard any more', () => {
    const [web] = websWith([900]) as [Web];
    for (let second = 0; second < 5; second += 1) {
      web.balance.heard('other', 10, second * 1_000);
      expect(web.balance.surplus(900, second * 1_000)).toBe(0);
    }
    // It missed two of its seconds.
    for (let second = 7; second < 60; second += 1) expect(web.balance.surplus(900, second * 1_000)).toBe(0);
  });

  it('does nothing where one web is alone', () => {
    const { balance } = websWith([5_000])[0] as Web;
    for (let second = 0; second < 60; second += 1) expect(balance.surplus(5_000, second * 1_000)).toBe(0);
  });
});

it('a web that was started anew takes over half of the pages of the other, and each hears everything once', async () => {
  const room: Module = {
    name: 'things',
    streams: () => ['things'],
    audiences: { [madeUp('things.made')]: () => ({ streams: ['things'] }) } as unknown as NonNullable<Module['audiences']>,
  };
  const database = await cleanDatabase({ max: 12 });
  const full = await emptyHouse([room], { database: { ...database, close: async () => {} }, mode: 'run' });
  const pages = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const person = `Test ${crypto.randomUUID()}`;
      const sockets = [await openStream(full.origin, person)];
      await sockets[0]?.until((f) => f.op === 'ready');
      return { person, sockets };
    }),
  );
  const empty = await emptyHouse([room], { database, mode: 'run' });
  const cursorOf = ({ frames }: TestSocket) =>
    frames.reduce<string | undefined>((last, f) => (f.op === 'ready' || f.op === 'events' ? f.cursor : last), undefined);
  let moved = 0;
  for (const page of pages)
    void page.sockets[0]?.closed.then(async (code) => {
      if (code !== closedForBalance) return;
      page.sockets.push(await openStream(empty.origin, page.person, cursorOf(page.sockets[0] as TestSocket)));
      moved += 1;
    });
  let made = 0;
  const make = () =>
    transaction(full.platform, system, async (ctx) => {
      made += 1;
      ctx.emit(madeUp('things.made'), { thingId: crypto.randomUUID() } as never);
    });
  for (const begun = Date.now(); moved < 6 && Date.now() - begun < 60_000; ) {
    await make();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await make();
  const heardBy = ({ sockets }: (typeof pages)[number]) =>
    sockets.flatMap(({ frames }) => frames.flatMap((f) => (f.op === 'events' ? f.events : [])));
  await expect.poll(() => pages.map((page) => heardBy(page).length)).toEqual(pages.map(() => made));
  expect(moved).toBe(6);
  for (const { sockets } of pages) for (const socket of sockets) socket.close();
  await full.close();
  await empty.close();
}, 90_000);

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { erlangA, erlangB, type Line } from './erlang-a.ts';
import { usualUnits } from '../offers/units.ts';
import { proposedReserve, serversFor } from './propose.ts';

const line = (servers: number): Line => ({ perSecond: 100 / 1_800, handling: 180, patience: 120, servers });

it('gives the vectors of the specification', () => {
  expect(erlangB(10, 5)).toBeCloseTo(0.0183845703, 10);
  expect(erlangB(100, 90)).toBeCloseTo(0.0269573805, 10);
  expect(erlangB(2_000, 1_950)).toBeCloseTo(0.0054092044, 10);
  expect(erlangB(2_000, 500)).toBe(0);
  const rounded = (servers: number) => {
    const { waits, abandons, within } = erlangA(line(servers), 20);
    return [waits, abandons, within].map((value) => Number(value.toFixed(6)));
  };
  expect(rounded(14)).toEqual([0.126976, 0.022839, 0.93273]);
  expect(rounded(12)).toEqual([0.279807, 0.061597, 0.825583]);
  expect(rounded(8)).toEqual([0.722626, 0.257982, 0.403213]);
  // More than twice as many as can be served.
  expect(erlangA({ perSecond: 0.2, handling: 300, patience: 180, servers: 30 }, 20).abandons).toBeCloseTo(0.500011, 6);
  // With both targets fourteen, where the service level alone would take twelve.
  expect(serversFor({ perSecond: 100 / 1_800, handling: 180, patience: 120 })).toBe(14);
});

it('is what a chain of people who come, are served and give up comes to, computed step by step', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.2, max: 15, noNaN: true }),
      fc.integer({ min: 1, max: 12 }),
      fc.double({ min: 0.2, max: 5, noNaN: true }),
      (load, servers, patience) => {
        const { waits, abandons } = erlangA({ perSecond: load / 100, handling: 100, patience: patience * 100, servers }, 20);
        // Balance equations of birth and death, from the empty house up.
        const weights = [1];
        for (let k = 1; k < 400; k += 1)
          weights.push(((weights[k - 1] ?? 0) * load) / (Math.min(k, servers) + Math.max(0, k - servers) / patience));
        const all = weights.reduce((sum, one) => sum + one, 0);
        const busy = weights.slice(servers).reduce((sum, one) => sum + one, 0);
        const queue = weights.reduce((sum, one, k) => sum + one * Math.max(0, k - servers), 0);
        expect(waits).toBeCloseTo(busy / all, 8);
        expect(abandons).toBeCloseTo(queue / all / patience / load, 8);
      },
    ),
  );
});

it('one more never makes anybody wait longer; a longer time lets no fewer be served within it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 120 }), (servers, seconds) => {
      const [one, more] = [erlangA(line(servers), seconds), erlangA(line(servers + 1), seconds)];
      expect(more.abandons).toBeLessThanOrEqual(one.abandons);
      expect(more.within).toBeGreaterThanOrEqual(one.within - 1e-12);
      expect(erlangA(line(servers), seconds + 1).within).toBeGreaterThanOrEqual(one.within - 1e-12);
    }),
  );
});

it('proposes nobody where nobody came or what came could wait, and never fewer for more', () => {
  expect(proposedReserve({ perHour: 0, minutesEach: 8, channel: 'chat' }, usualUnits)).toBe(0);
  expect(proposedReserve({ perHour: 60, minutesEach: 8, channel: 'email' }, usualUnits)).toBe(0);
  // Thirteen chats an hour of six minutes each take four places, of which 1.3 are in use: three beyond, which one person has. Of forty it is four of eight.
  expect([13, 40].map((perHour) => proposedReserve({ perHour, minutesEach: 6, channel: 'chat' }, usualUnits))).toEqual([1, 2]);
  expect(proposedReserve({ perHour: 200, minutesEach: 3, channel: 'phone' }, usualUnits)).toBe(4);
  // Where one person has one chat only, as many people as places.
  expect(proposedReserve({ perHour: 13, minutesEach: 6, channel: 'chat' }, { ...usualUnits, chat: 51 })).toBe(3);
  for (let n = 1; n < 100; n += 1)
    expect(proposedReserve({ perHour: n, minutesEach: 6, channel: 'chat' }, usualUnits)).toBeGreaterThanOrEqual(1);
});

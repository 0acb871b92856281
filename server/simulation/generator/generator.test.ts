import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chance } from '../../demo/random.ts';
import { arrivals, contacts, expectedBySlot, ways, wayShare, weekdayFactor } from './arrivals.ts';
import { quantileOf, shapeOf, varianceOf } from './counts.ts';
import { exponential, gamma, logNormal, normal } from './draws.ts';

const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
const variance = (all: readonly number[]) => {
  const middle = mean(all);
  return mean(all.map((one) => (one - middle) ** 2));
};
const many = (count: number, draw: () => number) => Array.from({ length: count }, draw);
const seed = fc.integer({ min: 1, max: 1_000_000 });

describe('counts of an uncertain rate', () => {
  it('are those of the specification: m = 100, cv = 0.15', () => {
    const given = { mean: 100, cv: 0.15 };
    expect(shapeOf(given)).toBeCloseTo(44.44, 2);
    expect(varianceOf(given)).toBeCloseTo(325, 9);
    expect([0.1, 0.5, 0.9, 0.95].map((share) => quantileOf(given, share))).toEqual([78, 99, 124, 131]);
  });

  it('become Poisson’s when the rate is certain', () => {
    expect([0.1, 0.5, 0.9, 0.95].map((share) => quantileOf({ mean: 100, cv: 1e-4 }, share))).toEqual([87, 100, 113, 117]);
  });
});

describe('draws', () => {
  it('have the mean and the variance of their distribution', () => {
    fc.assert(
      fc.property(seed, fc.constantFrom(0.5, 1, 3, 44.44), (n, shape) => {
        const drawn = many(
          20_000,
          (
            (c) => () =>
              gamma(c, shape)
          )(chance(n)),
        );
        expect(mean(drawn) / shape).toBeCloseTo(1, 1);
        expect(Math.abs(variance(drawn) / shape - 1)).toBeLessThan(0.15);
      }),
      { numRuns: 8 },
    );
    const c = chance(7);
    const standard = many(20_000, () => normal(c));
    expect(Math.abs(mean(standard))).toBeLessThan(0.03);
    expect(Math.abs(variance(standard) - 1)).toBeLessThan(0.05);
    expect(mean(many(20_000, () => exponential(c, 4)))).toBeCloseTo(0.25, 2);
  });

  it('of a lognormal have its median, and half of them lie on each side', () => {
    const c = chance(11);
    const drawn = many(20_000, () => logNormal(c, 300, 0.6));
    expect(drawn.filter((one) => one < 300).length / drawn.length).toBeCloseTo(0.5, 1);
    expect(mean(drawn) / (300 * Math.exp(0.18))).toBeCloseTo(1, 1);
  });
});

describe('arrivals', () => {
  it('scatter more than Poisson’s, as the specification says: variance 325 at a mean of 100', () => {
    const c = chance(3);
    const counts = many(6_000, () => arrivals(c, [100], 0.15).length);
    expect(Math.abs(mean(counts) - 100)).toBeLessThan(1);
    expect(Math.abs(variance(counts) / 325 - 1)).toBeLessThan(0.1);
    const sorted = counts.toSorted((a, b) => a - b);
    for (const [share, wanted] of [
      [0.1, 78],
      [0.5, 99],
      [0.9, 124],
      [0.95, 131],
    ] as const)
      expect(Math.abs((sorted[Math.floor(share * sorted.length)] ?? 0) - wanted)).toBeLessThanOrEqual(2);
  });

  it('stand in the order of time within the day, and are the same for the same seed', () => {
    fc.assert(
      fc.property(seed, fc.constantFrom(...ways), fc.integer({ min: 1, max: 3_000 }), (n, way, total) => {
        const day = expectedBySlot(way, total);
        expect(day).toHaveLength(48);
        expect(day.reduce((sum, one) => sum + one, 0)).toBeCloseTo(total * wayShare(way), 6);
        const all = arrivals(chance(n), day);
        expect(all).toEqual(arrivals(chance(n), day));
        expect(all).toEqual(all.toSorted((a, b) => a - b));
        expect(all.every((at) => at >= 0 && at < 86_400_000)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('follow the week, whose days are one on average, and the mix of ways, which is one', () => {
    expect(mean([1, 2, 3, 4, 5, 6, 7].map(weekdayFactor))).toBeCloseTo(1, 12);
    expect(weekdayFactor(1)).toBeGreaterThan(weekdayFactor(7));
    expect(wayShare('mail') / wayShare('chat')).toBeCloseTo(25 / 15, 9);
    expect(wayShare('post')).toBeCloseTo(5 / 45, 9);
    expect(ways.reduce((sum, way) => sum + wayShare(way), 0)).toBeCloseTo(1, 9);
    expect(Object.values(contacts).reduce<number>((sum, one) => sum + one, 0)).toBe(100);
    // Nobody opens a chat at night.
    expect(expectedBySlot('chat', 100).slice(0, 14)).toEqual(Array(14).fill(0));
  });
});

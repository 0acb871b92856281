import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Forecast, forecastOf, isAlarming, quantileOf } from './forecast.ts';

/** Summed anew for every count, each chance by logarithms of its factors: slow, and shares no step with what is tested. */
function slowQuantile({ mean, variation }: Forecast, share: number): number {
  const r = 1 / variation ** 2;
  const chance = (count: number): number => {
    let log = r * Math.log(r / (r + mean)) + count * Math.log(mean / (r + mean));
    for (let n = 0; n < count; n += 1) log += Math.log(r + n) - Math.log(n + 1);
    return Math.exp(log);
  };
  for (let count = 0; ; count += 1) {
    let below = 0;
    for (let n = 0; n <= count; n += 1) below += chance(n);
    if (below >= share) return count;
  }
}

describe('the quantile of a forecast', () => {
  it.each([
    [0.1, 78],
    [0.5, 99],
    [0.9, 124],
    [0.95, 131],
  ])('at %d is as the specification has it (2.5)', (share, count) => {
    expect(quantileOf({ mean: 100, variation: 0.15 }, share)).toBe(count);
  });

  it('is the one that is found slowly', () => {
    const some = fc.record({
      mean: fc.double({ min: 0.1, max: 60, noNaN: true }),
      variation: fc.double({ min: 0.15, max: 1.5, noNaN: true }),
    });
    fc.assert(
      fc.property(some, fc.constantFrom(0.1, 0.5, 0.9, 0.995), (forecast, share) => {
        expect(Math.abs(quantileOf(forecast, share) - slowQuantile(forecast, share))).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('ends for thousands, and grows with what is expected and how unsure it is', () => {
    expect(quantileOf({ mean: 50_000, variation: 0.15 }, 0.995)).toBeGreaterThan(60_000);
    expect(quantileOf({ mean: 20, variation: 0.5 }, 0.995)).toBeGreaterThan(quantileOf({ mean: 20, variation: 0.15 }, 0.995));
  });
});

describe('what earlier weeks let expect', () => {
  it('counts the last week most', () => {
    expect(forecastOf([10, 0]).mean).toBeCloseTo(10 / 1.8);
    expect(forecastOf([0, 10]).mean).toBeCloseTo(8 / 1.8);
    expect(forecastOf([]).mean).toBe(0);
  });

  it('is less sure where weeks were unlike each other, and never surer than anybody can be', () => {
    const { mean, variation } = forecastOf([100, 100, 100, 100]);
    expect(mean).toBeCloseTo(100);
    expect(variation).toBe(0.15);
    expect(forecastOf([100, 5, 180, 20]).variation).toBeGreaterThan(0.5);
  });
});

describe('the alarm', () => {
  it.each([
    [9, [0, 0, 0, 0], false],
    [10, [0, 0, 0, 0], true],
    [10, [5, 5, 5, 5], false],
    [13, [5, 5, 5, 5], true],
    [140, [100, 100, 100, 100], false],
    [200, [100, 100, 100, 100], true],
  ])('%d after %j: %s', (count, weeks, is) => expect(isAlarming(count, forecastOf(weeks))).toBe(is));

  it('never comes for fewer than ten, and stays when more write', () => {
    const weeks = fc.array(fc.nat(40), { maxLength: 8 });
    fc.assert(
      fc.property(weeks, fc.nat(200), fc.nat(50), (counts, count, more) => {
        const forecast = forecastOf(counts);
        if (isAlarming(count, forecast)) {
          expect(count).toBeGreaterThanOrEqual(10);
          expect(isAlarming(count + more, forecast)).toBe(true);
        }
      }),
    );
  });
});

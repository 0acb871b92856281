import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formulas } from '../../../../contract/routing.ts';
import { quantile, serviceLevel, wilson } from './formulas.ts';
import { lastWeek } from './weeks.ts';

const rounded = (value: number | null) => value && Math.round(value * 1_000) / 10;

describe('the figures of a service level', () => {
  it('are 83.0, 86.0, 81.1, 82.7, 82.1 and 81.9 % for the same day, by the six formulas (specification 2.1)', () => {
    const day = { answered: 1_000, answeredInTime: 860, abandoned: 60, abandonedInTime: 20, abandonedShort: 10 };
    expect(formulas.map((formula) => rounded(serviceLevel(formula, day)))).toEqual([83, 86, 81.1, 82.7, 82.1, 81.9]);
    const nobody = { answered: 0, answeredInTime: 0, abandoned: 0, abandonedInTime: 0, abandonedShort: 0 };
    expect(formulas.map((formula) => serviceLevel(formula, nobody))).toEqual(formulas.map(() => null));
  });

  it('have the interval of Wilson, which stays within 0 and 1 and around what was counted', () => {
    const percent = ({ low, high }: { low: number; high: number }) => [rounded(low), rounded(high)];
    expect(percent(wilson(42, 50))).toEqual([71.5, 91.7]);
    expect(percent(wilson(0, 10))).toEqual([0, 27.8]);
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
    fc.assert(
      fc.property(fc.nat(5_000), fc.nat(5_000), (good, bad) => {
        const all = good + bad;
        const { low, high } = wilson(good, all);
        if (all > 0) expect(low <= good / all + 1e-12 && good / all <= high + 1e-12 && low >= 0 && high <= 1).toBe(true);
      }),
    );
  });

  it('have quantiles that were really waited', () => {
    expect(quantile([], 0.5)).toBeNull();
    expect([0, 0.5, 0.9, 1].map((share) => quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], share))).toEqual([1, 5, 9, 10]);
  });

  it('are of whole weeks, Monday to Monday by the clocks of the company, also when these change', () => {
    const week = (now: string) => {
      const { monday, from, to } = lastWeek('Europe/Berlin', new Date(now));
      return [monday, from.toISOString(), to.toISOString()];
    };
    expect(week('2026-11-23T03:00:00+01:00')).toEqual(['2026-11-16', '2026-11-15T23:00:00.000Z', '2026-11-22T23:00:00.000Z']);
    expect(week('2026-11-22T23:59:00+01:00')).toEqual(['2026-11-09', '2026-11-08T23:00:00.000Z', '2026-11-15T23:00:00.000Z']);
    // An hour more, and an hour less.
    expect(week('2026-10-26T12:00:00+01:00')).toEqual(['2026-10-19', '2026-10-18T22:00:00.000Z', '2026-10-25T23:00:00.000Z']);
    expect(week('2026-03-30T12:00:00+02:00')).toEqual(['2026-03-23', '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
  });
});

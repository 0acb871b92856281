import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deskMilliseconds, planShifts, restOf } from './shifts.ts';
import { isoWeekday, planVisits } from './visits.ts';

const hour = 3_600_000;

it('plans the same visits for the same seed, others for another, in the order of time, everybody with an address of their own', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 20, max: 300 }), (seed, conversations) => {
      const plan = { day: '2026-11-24', conversations, seed };
      const visits = planVisits(plan);
      expect(visits).toEqual(planVisits(plan));
      expect(visits).not.toEqual(planVisits({ ...plan, seed: seed + 1 }));
      expect(visits.map(({ at }) => at)).toEqual(visits.map(({ at }) => at).toSorted((a, b) => a - b));
      expect(new Set(visits.map(({ who }) => who.address.toLowerCase())).size).toBe(visits.length);
      expect(new Set(visits.map(({ order }) => order)).size).toBe(visits.length);
    }),
    { numRuns: 20 },
  );
});

it('plans more for a Monday than for a Sunday, and about as many as an average day is said to bring', () => {
  const on = (day: string) => planVisits({ day, conversations: 3_000, seed: 4 }).length;
  expect([isoWeekday('2026-11-23'), isoWeekday('2026-11-29')]).toEqual([1, 7]);
  expect(on('2026-11-23') / on('2026-11-29')).toBeGreaterThan(1.5);
  expect(Math.abs(on('2026-11-27') / 3_000 - 1)).toBeLessThan(0.1);
});

it('plans shifts within the opening hours, with breaks within the shift, nobody beginning in the instant of somebody else', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_000 }), (size) => {
      const shifts = planShifts(size);
      expect(shifts).toHaveLength(size);
      expect(new Set(shifts.map(({ from }) => from)).size).toBe(size);
      for (const shift of shifts) {
        expect(shift.from).toBeGreaterThanOrEqual(7 * hour);
        expect(shift.to).toBeLessThanOrEqual(22 * hour);
        for (const { from, minutes } of shift.breaks) {
          expect(from).toBeGreaterThan(shift.from);
          expect(from + minutes * 60_000).toBeLessThan(shift.to);
        }
        expect(deskMilliseconds(shift)).toBeGreaterThan(6 * hour);
        const hourly = Array.from({ length: 24 }, (_, h) => deskMilliseconds(shift, h * hour, (h + 1) * hour));
        expect(hourly.reduce((sum, one) => sum + one, 0)).toBeCloseTo(deskMilliseconds(shift), 3);
        expect(Math.max(...hourly)).toBeLessThanOrEqual(hour);
        expect(Math.min(...hourly)).toBeGreaterThanOrEqual(0);
        for (const since of [0, 8.2, 9.5, 12.7, 24]) {
          const rest = restOf(shift, since * hour, 0);
          expect(rest ? deskMilliseconds(rest) : 0).toBeCloseTo(deskMilliseconds(shift, since * hour), 3);
        }
      }
    }),
    { numRuns: 20 },
  );
});

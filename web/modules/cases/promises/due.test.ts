import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNearlyDue, isTimeToTell } from './due.ts';

const said = '2026-11-22T08:00:00Z';
const at = (time: string): number => Date.parse(`2026-11-22T${time}Z`);

test.each([
  ['18:00:00', '15:59:00', false, false],
  ['18:00:00', '16:00:00', true, false],
  ['18:00:00', '17:00:00', true, true],
  ['18:00:00', '18:00:00', false, false],
  // Of ten minutes the last two.
  ['08:10:00', '08:07:59', false, false],
  ['08:10:00', '08:08:00', true, true],
] as const)('promised at 8 for %s, at %s: countdown %s, told %s', (due, now, isNear, isTold) => {
  const promised = { saidAt: said, dueTo: `2026-11-22T${due}Z` };
  expect([isNearlyDue(promised, at(now)), isTimeToTell(promised, at(now))]).toEqual([isNear, isTold]);
});

test('without a time nothing is due', () => expect(isNearlyDue({ saidAt: said, dueTo: null }, at('12:00:00'))).toBe(false));

test('counts down in no more than a fifth of the time, whatever was promised', () => {
  const minutes = fc.integer({ min: 1, max: 100_000 });
  fc.assert(
    fc.property(minutes, fc.double({ min: 0, max: 0.79, noNaN: true }), (length, part) => {
      const dueTo = new Date(Date.parse(said) + length * 60_000).toISOString();
      expect(isNearlyDue({ saidAt: said, dueTo }, Date.parse(said) + length * 60_000 * part)).toBe(false);
    }),
  );
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainWork as plain } from '../testing.ts';
import { choose, type Waiting } from './choose.ts';

const day = '2026-11-29';

it('giving work out is fair: over a week of work that takes as long as chance wants, Jain’s index of what each is offered is at least 0.9', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 30 }), fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (size, lengths) => {
      const team = Array.from({ length: size }, (_, n) => ({ id: `p${String(n).padStart(2, '0')}`, freeAt: 0, without: 0, offered: 0 }));
      for (let minute = 0; minute < 2_400; minute += 1) {
        const free = team.filter(({ freeAt }) => freeAt <= minute);
        const waits = Array.from(
          { length: Math.ceil(size / 10) },
          (_, n): Waiting => ({ ...plain, conversationId: `${minute} ${n}`, units: 100 }),
        );
        const candidates = free.map(({ id, without }) => ({
          personId: id,
          teamIds: [],
          skills: [],
          units: 0,
          hasDeferred: false,
          withoutSince: without,
        }));
        for (const { personId } of choose(waits, candidates, day)) {
          const one = team.find(({ id }) => id === personId);
          if (!one) continue;
          one.offered += 1;
          one.freeAt = minute + (lengths.next().value ?? 1);
          one.without = one.freeAt;
        }
      }
      expect(jain(team.map(({ offered }) => offered))).toBeGreaterThanOrEqual(0.9);
    }),
    { numRuns: 10 },
  );
  // The vector of the specification.
  expect(jain([10, 12, 8, 10])).toBeCloseTo(0.98039, 5);
});

const jain = (all: readonly number[]): number =>
  all.reduce((sum, one) => sum + one, 0) ** 2 / (all.length * all.reduce((sum, one) => sum + one * one, 0));

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAgenda, runAll } from './agenda.ts';

const lane = fc.constantFrom('ada', 'ben', 'cem');

it('gives of each lane what comes next, in the order of time and of one instant in the order of telling, whatever is told in between', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), lane, fc.boolean())), (told) => {
      const agenda = createAgenda();
      let waiting: { at: number; lane: string; order: number }[] = [];
      for (const [n, [at, who, takes]] of told.entries()) {
        waiting.push({ at, lane: who, order: n + 1 });
        agenda.add(at, who, async () => {});
        if (!takes) continue;
        waiting = waiting.toSorted((a, b) => a.at - b.at || a.order - b.order);
        expect(agenda.next()).toBe(waiting[0]?.at);
        expect(agenda.take((waiting[0]?.at ?? 0) - 1)).toEqual([]);
        const due = waiting.filter((one) => one.at <= at);
        const expected = due.filter((one, i) => due.findIndex((other) => other.lane === one.lane) === i);
        expect(agenda.take(at).map((one) => ({ at: one.at, lane: one.lane, order: one.order }))).toEqual(expected);
        waiting = waiting.filter((one) => !expected.includes(one));
      }
    }),
  );
});

it('runs everything once, and no more at once than is allowed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 8 }), async (size, atOnce) => {
      const done: number[] = [];
      let [running, most] = [0, 0];
      const entries = Array.from({ length: size }, (_, order) => ({ at: 0, lane: `${order}`, order, act: async () => {} }));
      await runAll(entries, atOnce, async ({ order }) => {
        most = Math.max(most, (running += 1));
        await new Promise(setImmediate);
        running -= 1;
        done.push(order);
      });
      expect(done.toSorted((a, b) => a - b)).toEqual(entries.map(({ order }) => order));
      expect(most).toBe(Math.min(size, atOnce));
    }),
    { numRuns: 30 },
  );
});

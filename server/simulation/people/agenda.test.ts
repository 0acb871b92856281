import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAgenda } from './agenda.ts';

const lane = fc.constantFrom('ada', 'ben', 'cem');
const told = fc.array(fc.record({ at: fc.integer({ min: 0, max: 20 }), lane, leadsTo: fc.option(fc.integer({ min: 0, max: 12 })) }), {
  maxLength: 30,
});

it('runs once whatever is due, and what that leads to, of each lane in the order of time, and leaves the rest for later', async () => {
  await fc.assert(
    fc.asyncProperty(told, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 4 }), async (entries, until, atOnce) => {
      const agenda = createAgenda();
      const done: { at: number; lane: string; name: string }[] = [];
      const isRunning = new Set<string>();
      let most = 0;
      const act = (at: number, who: string, name: string, leadsTo: number | null) =>
        agenda.add(at, who, async () => {
          isRunning.add(who);
          most = Math.max(most, isRunning.size);
          await new Promise(setImmediate);
          if (leadsTo !== null) act(at + leadsTo, who, `${name}, after it`, null);
          isRunning.delete(who);
          done.push({ at, lane: who, name });
        });
      for (const [n, { at, lane: who, leadsTo }] of entries.entries()) act(at, who, `${n}`, leadsTo);
      const all = entries.flatMap(({ at, lane: who, leadsTo }, n) => [
        { at, lane: who, name: `${n}` },
        ...(leadsTo === null ? [] : [{ at: at + leadsTo, lane: who, name: `${n}, after it` }]),
      ]);
      const dueBy = (limit: number) => all.filter(({ at }) => at <= limit);
      const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).toSorted();

      await agenda.run(until, atOnce, ({ lane: who, act: go }) => {
        expect(isRunning.has(who)).toBe(false);
        return go();
      });
      expect(names(done)).toEqual(names(dueBy(until)));
      for (const who of ['ada', 'ben', 'cem']) {
        const times = done.filter((one) => one.lane === who).map(({ at }) => at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }
      expect(most).toBeLessThanOrEqual(atOnce);
      expect(agenda.next()).toBe(
        all
          .map(({ at }) => at)
          .filter((at) => at > until)
          .toSorted((a, b) => a - b)[0],
      );
      await agenda.run(100, atOnce, ({ act: go }) => go());
      expect(names(done)).toEqual(names(all));
    }),
    { numRuns: 300 },
  );
});

it('keeps what one does within one instant in the order of telling, and does what several do side by side', async () => {
  const agenda = createAgenda();
  const done: string[] = [];
  let [running, most] = [0, 0];
  for (const who of ['ada', 'ben', 'cem'])
    for (const what of [1, 2, 3])
      agenda.add(5, who, async () => {
        most = Math.max(most, (running += 1));
        await new Promise(setImmediate);
        running -= 1;
        done.push(`${who} ${what}`);
      });
  await agenda.run(5, 2, ({ act }) => act());
  expect(done.filter((one) => one.startsWith('ben'))).toEqual(['ben 1', 'ben 2', 'ben 3']);
  expect([done.length, most]).toEqual([9, 2]);
});

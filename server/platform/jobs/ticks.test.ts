import { expect, it } from 'vitest';
import { sql } from '../database/sql.ts';
import type { Module } from '../module.ts';
import { emptyHouse } from '../testing.ts';
import type { Tick } from './ticks.ts';

const houseWith = (ticks: Tick[]) => emptyHouse([{ name: 'things', ticks } satisfies Module], { mode: 'run' });

it('a tick runs when what it looks for is there, and not before', async () => {
  const [ran, all]: [string[], string[]] = [[], []];
  let isThere = false;
  const house = await houseWith([
    {
      name: 'things.wake',
      everySeconds: 0.5,
      due: () => sql`(select 1 where ${isThere}::boolean) one`,
      run: async () => void ran.push('wake'),
    },
    { name: 'things.look', everySeconds: 0.5, run: async () => void all.push('look') },
  ]);
  await expect.poll(() => all.length).toBeGreaterThan(2);
  expect(ran).toEqual([]);
  isThere = true;
  await expect.poll(() => ran.length).toBeGreaterThan(1);
  isThere = false;
  await house.close();
});

it('what one asks for wrongly keeps nobody from running, itself neither', async () => {
  const ran = new Set<string>();
  const run = (name: string) => async () => void ran.add(name);
  const house = await houseWith([
    { name: 'things.wrong', everySeconds: 0.5, due: () => sql`no_such_table`, run: run('wrong') },
    { name: 'things.right', everySeconds: 1, due: () => sql`(select 1) one`, run: run('right') },
    { name: 'things.silent', everySeconds: 1, run: run('silent') },
  ]);
  await expect.poll(() => [...ran].toSorted()).toEqual(['right', 'silent', 'wrong']);
  await house.close();
});

it('none runs beside itself, and one whose work went away without it does not count as failing', async () => {
  let [beside, most, isThere] = [0, 0, true];
  const house = await houseWith([
    {
      name: 'things.slow',
      everySeconds: 0.5,
      async run() {
        beside += 1;
        most = Math.max(most, beside);
        await new Promise((resolve) => setTimeout(resolve, 1_200));
        beside -= 1;
      },
    },
    {
      name: 'things.broken',
      everySeconds: 0.5,
      due: () => sql`(select 1 where ${isThere}::boolean) one`,
      run: () => Promise.reject(new Error('no')),
    },
  ]);
  await expect.poll(() => house.platform.jobs.failingTicks()).toEqual(['things.broken']);
  isThere = false;
  await expect.poll(() => house.platform.jobs.failingTicks()).toEqual([]);
  expect(most).toBe(1);
  await house.close();
});

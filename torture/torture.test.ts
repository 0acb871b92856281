import { expect, it } from 'vitest';
import { type Fault, faults } from './faults.ts';
import { torture } from './run.ts';

const killTwo: Fault = {
  name: 'kill-two',
  about: 'kill -9 of a web and of a worker at the same moment',
  async happen({ installation, chance }, serves) {
    const victims = [chance.oneOf(installation.webs), chance.oneOf(installation.workers)];
    serves();
    await Promise.all(victims.map((one) => one.kill()));
    await Promise.all(victims.map((one) => one.start()));
  },
};

/** What `npm run torture` does besides: the same again at other moments, and an orderly end. */
const notHere = new Set(['kill-web', 'kill-worker', 'kill-often', 'rolling-restart']);

it('two webs and two workers on one database, each kind of fault once: nothing lost, nothing doubled, all goes on within five seconds, every screen as the database', async () => {
  const seed = Date.now() % 1_000_000;
  const said: string[] = [];
  // Not by time, because a busy machine starts slowly: however long it takes, the same must hold.
  const { violations, counts, recoveries, left } = await torture({
    seed,
    faults: [killTwo, ...faults.filter(({ name }) => !notHere.has(name))],
    calmMilliseconds: 500,
    aWhile: 1_500,
    say: (line) => said.push(line),
  });
  process.stdout.write(`Torture with seed ${seed}: ${recoveries.map(({ fault }) => fault).join(', ')}.\n`);
  for (const one of left) process.stdout.write(`Left out: ${one}.\n`);
  expect(violations, [`seed ${seed}`, ...said].join('\n')).toEqual([]);
  for (const what of ['mails', 'claims', 'offers', 'warnings', 'overdue answers', 'accepted answers', 'events heard'])
    expect(counts[what], what).toBeGreaterThan(0);
}, 600_000);

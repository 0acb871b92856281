import { expect, it } from 'vitest';
import type { Fault } from './faults.ts';
import { torture } from './run.ts';

/** The short form of `npm run torture`: a web and a worker die in the middle of their work, and are started again. */
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

it('two webs and two workers on one database, of which any may die: nothing lost, nothing doubled, every screen as the database', async () => {
  // Not by time, because a busy machine starts slowly: however long it takes, the same must hold.
  const { violations, counts } = await torture({
    seed: 20_261_123,
    faults: [killTwo],
    calmMilliseconds: 1_000,
    network: 'proxy',
    say: () => {},
  });
  expect(violations).toEqual([]);
  for (const what of ['mails', 'claims', 'accepted answers', 'events heard']) expect(counts[what], what).toBeGreaterThan(0);
}, 300_000);

import { sql } from '../platform/database/sql.ts';
import { readConfig } from '../platform/config/config.ts';
import { startHouse } from '../platform/house/house.ts';
import type { Job } from '../platform/jobs/jobs.ts';
import { silentLog } from '../platform/log.ts';

/** A made-up job that writes down when it begins and ends, and works or thinks in between. */
export const slowJob: Job = {
  name: 'things.work',
  async run({ transaction }, { milliseconds, thinks, onlyOnce }) {
    const note = (what: string) => transaction((ctx) => ctx.db.exec(sql`insert into ran (what, pid) values (${what}, ${process.pid})`));
    await note('begun');
    const [{ count }] = (await transaction((ctx) =>
      ctx.db.query<{ count: number }>(sql`select count(*)::int as count from ran where what = 'begun'`),
    )) as [{ count: number }];
    // Whoever gets it from somebody else has no need to take so long.
    if (onlyOnce !== true || count === 1) {
      const end = Date.now() + Number(milliseconds);
      if (thinks === true) while (Date.now() < end);
      else await new Promise((resolve) => setTimeout(resolve, Number(milliseconds)));
    }
    await note('ended');
  },
};

// Started by itself it is a worker that does these jobs, for tests that kill or halt it.
if (process.argv[1] === import.meta.filename) {
  await startHouse({
    config: readConfig(),
    log: silentLog,
    secret: 'a secret for tests only, thirty-two characters',
    modules: [{ name: 'things', jobs: [slowJob] }],
    authenticate: () => () => Promise.resolve(undefined),
    authenticateAgain: () => () => Promise.resolve(undefined),
  });
  process.stdout.write('ready\n');
  process.on('disconnect', () => process.exit());
}

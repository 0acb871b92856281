// What all our processes and PostgreSQL's keep in memory: at rest, and after lists, cases, takes and mails at once. And what resting costs.
import { adviserCount, sessionToken } from './corpus.ts';
import { startDriver } from './load.ts';
import { pause } from './measure.ts';
import { loadNow, report } from './report.ts';
import { costOf, kinds, memoryOf, run, usualCases } from './running.ts';

const sessions = Array.from({ length: adviserCount }, (_, n) => sessionToken(`adviser${n + 1}`));
const restSeconds = Number(process.env['BENCH_REST'] ?? 20);

for (const kind of kinds()) {
  const loadBefore = loadNow();
  const running = await run(kind, usualCases);
  const [first, second, third] = [startDriver(), startDriver(), startDriver()];
  try {
    await pause(5_000);
    const { cost } = await costOf(running, () => pause(restSeconds * 1_000));
    const idle = memoryOf(running);
    const { rows: cases } = await running.sql.query<{ id: string }>(
      `select case_id as id from conversations where last_seq = 20 order by id limit 200`,
    );
    const { rows: parents } = await running.sql.query<{
      platformId: string;
      customer: number;
      team: number;
    }>(`select m.platform_id as "platformId",
        substring(c.participants[1] from '\\d+')::int as customer, (1 + (split_part(m.platform_id, '@', 1)::bigint - 1) / 20 % 9)::int as team
      from messages m join conversations c on c.id = m.conversation_id where m.direction = 'out' and c.is_open order by md5(m.id::text) limit 1500`);
    let most = idle;
    let done = false;
    const look = async () => {
      for (; !done; await pause(500)) {
        const now = memoryOf(running);
        if (now.total > most.total) most = now;
      }
    };
    const looking = look();
    const loaded = await costOf(running, () =>
      Promise.all([
        first.do('http', { port: running.port, sessions, paths: ['/api/v1/conversations?view=open&limit=50'], clients: 16, seconds: 15 }),
        second.do('http', { port: running.port, sessions, paths: cases.map(({ id }) => `/api/v1/cases/${id}`), clients: 16, seconds: 15 }),
        third.do('mail', { port: running.smtpPort, connections: 4, count: 3_000, run: 'memory', parents, customers: usualCases / 5 }),
      ]),
    );
    done = true;
    await looking;
    report({
      bench: 'memory',
      database: running.database.version,
      busy: loaded.cost.busy,
      loadBefore,
      figures: [
        { what: 'at rest', unit: 'MiB', value: idle.total, goal: { atMost: 250 } },
        { what: 'of it the server', unit: 'MiB', value: idle.server },
        { what: 'of it PostgreSQL', unit: 'MiB', value: idle.postgres },
        { what: 'most under load', unit: 'MiB', value: most.total, goal: { atMost: 400 } },
        { what: 'of it the server then', unit: 'MiB', value: most.server },
        { what: 'of it PostgreSQL then', unit: 'MiB', value: most.postgres },
        { what: 'CPU at rest', unit: '% of a core', value: (100 * (cost.server + cost.postgres)) / cost.seconds, goal: { atMost: 2 } },
        { what: 'of it PostgreSQL’s', unit: '% of a core', value: (100 * cost.postgres) / cost.seconds },
      ],
    });
  } finally {
    for (const driver of [first, second, third]) driver.end();
    await running.stop();
  }
}

// One case with its conversation and twenty messages, as its page asks for it.
import { adviserCount, longEvery, sessionToken } from './corpus.ts';
import { startDriver } from './load.ts';
import { median } from './measure.ts';
import { loadNow, report } from './report.ts';
import { costOf, kinds, repeated, run, usualCases } from './running.ts';

const sessions = Array.from({ length: adviserCount }, (_, n) => sessionToken(`adviser${n + 1}`));

for (const kind of kinds()) {
  const loadBefore = loadNow();
  const running = await run(kind, usualCases);
  const driver = startDriver();
  try {
    const { rows } = await running.sql.query<{ id: string }>(
      `select case_id as id from conversations where last_seq = 20 order by id limit 200`,
    );
    if (rows.length === 0) throw new Error(`No conversation of twenty messages; BENCH_CASES must be ${longEvery} at least.`);
    const paths = rows.map(({ id }) => `/api/v1/cases/${id}`);
    const ask = (seconds: number) => driver.do('http', { port: running.port, sessions, paths, clients: 16, seconds });
    await ask(3);
    const measured = await repeated(() => costOf(running, () => ask(5)));
    const limits = await repeated(() =>
      driver.do('sql', { url: running.database.url, statements: bare(rows.map((r) => r.id)), clients: 16, seconds: 3 }),
    );
    const of = (pick: (m: (typeof measured)[number]) => number) => median(measured.map(pick));
    report({
      bench: 'case',
      database: running.database.version,
      busy: of((m) => m.cost.busy),
      loadBefore,
      figures: [
        {
          what: 'cases',
          unit: '/s',
          value: of((m) => m.result.perSecond),
          goal: { atLeast: 800 },
          limit: median(limits.map((l) => l.perSecond)),
        },
        { what: 'p95', unit: 'ms', value: of((m) => m.result.p95), goal: { atMost: 40 }, limit: median(limits.map((l) => l.p95)) },
        { what: 'CPU a case', unit: 'ms', value: of((m) => (1_000 * (m.cost.server + m.cost.postgres)) / m.result.operations) },
        { what: 'of it PostgreSQL', unit: 'ms', value: of((m) => (1_000 * m.cost.postgres) / m.result.operations) },
        { what: 'answer', unit: 'kB', value: of((m) => m.result.bytes / 1_000) },
        { what: 'failures', unit: '', value: measured.reduce((sum, m) => sum + m.result.failures, 0), goal: { atMost: 0 } },
      ],
    });
  } finally {
    driver.end();
    await running.stop();
  }
}

/** The least that shows a case: itself with its customer, its conversations, their messages. */
function bare(ids: string[]) {
  const values = ids.map((id) => [id]);
  return [
    { text: 'select k.*, u.display_name from cases k join customers u on u.id = k.customer_id where k.id = $1', values },
    { text: 'select * from conversations where case_id = $1', values },
    {
      text: `select m.id, m.version, m.conversation_id, m.seq, m.kind, m.direction, m.visibility, m.author_kind, m.author_id, m.author_name, m.envelope, m.subject, m.text,
        m.quoted, m.signature, m.has_html, m.automatic, m.facts, m.mentions, m.delivery, m.at from messages m join conversations c on c.id = m.conversation_id
        where c.case_id = $1 order by m.at desc, m.id desc limit 31`,
      values,
    },
  ];
}

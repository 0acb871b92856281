// The open queue as the inbox asks for it, by sixteen advisers at once, each of whom sees all nine teams.
import { adviserCount, sessionToken } from './corpus.ts';
import { startDriver } from './load.ts';
import { median } from './measure.ts';
import { loadNow, report } from './report.ts';
import { costOf, kinds, repeated, run, usualCases } from './running.ts';

const path = '/api/v1/conversations?view=open&limit=50';
const sessions = Array.from({ length: adviserCount }, (_, n) => sessionToken(`adviser${n + 1}`));

for (const kind of kinds()) {
  const loadBefore = loadNow();
  const running = await run(kind, usualCases);
  const driver = startDriver();
  try {
    const ask = (seconds: number) => driver.do('http', { port: running.port, sessions, paths: [path], clients: 16, seconds });
    await ask(3);
    const measured = await repeated(() => costOf(running, () => ask(5)));
    const { rows } = await running.sql.query<{ id: string }>('select id from teams order by id');
    const limits = await repeated(() =>
      driver.do('sql', { url: running.database.url, statements: [bare(rows.map((r) => r.id))], clients: 16, seconds: 3 }),
    );
    const of = (pick: (m: (typeof measured)[number]) => number) => median(measured.map(pick));
    report({
      bench: 'queue',
      database: running.database.version,
      busy: of((m) => m.cost.busy),
      loadBefore,
      figures: [
        {
          what: 'lists',
          unit: '/s',
          value: of((m) => m.result.perSecond),
          goal: { atLeast: 1_000 },
          limit: median(limits.map((l) => l.perSecond)),
        },
        { what: 'p95', unit: 'ms', value: of((m) => m.result.p95), goal: { atMost: 30 }, limit: median(limits.map((l) => l.p95)) },
        {
          what: 'CPU a list',
          unit: 'ms',
          value: of((m) => (1_000 * (m.cost.server + m.cost.postgres)) / m.result.operations),
          goal: { atMost: 1 },
        },
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

/** What any program would have to ask: the fifty rows with their customers' names, in one statement. */
function bare(teams: string[]) {
  const text = `select c.*, u.display_name from (select c.* from unnest($1::uuid[]) as t(id) cross join lateral (
      select id, version, channel, account_id, visibility, state, subject, preview, customer_root_id, case_id, team_id, assignee_id, claimed_by, claimed_at, claim_until,
        priority, tags, last_seq, last_message_at, last_direction, waiting_since, due_at, snoozed_until, automatic, attachment_count, created_at from conversations c
      where c.team_id = t.id and c.is_open and (c.snoozed_until is null or c.snoozed_until <= now()) order by c.due_at nulls last, c.id limit 51) c
    order by c.due_at nulls last, c.id limit 51) c join customers u on u.id = c.customer_root_id`;
  return { text, values: [[teams]] };
}

// Sixteen advisers take five hundred conversations from under each other's hands. Ends with 1 when two are told to have the same.
import { adviserCount, sessionToken } from './corpus.ts';
import { startDriver } from './load.ts';
import { median } from './measure.ts';
import { loadNow, report } from './report.ts';
import { costOf, kinds, repeated, rounds, run, usualCases } from './running.ts';

const sessions = Array.from({ length: adviserCount }, (_, n) => sessionToken(`adviser${n + 1}`));
const perRound = 500;

for (const kind of kinds()) {
  const loadBefore = loadNow();
  const running = await run(kind, usualCases);
  const driver = startDriver();
  try {
    // Each of another customer: one customer is served by one adviser at a time.
    const { rows } = await running.sql.query<{
      id: string;
    }>(`select id from (select distinct on (customer_root_id) id, waiting_since from conversations
      where state = 'queued' and assignee_id is null order by customer_root_id, waiting_since) c order by waiting_since`);
    const ids = rows.map((r) => r.id);
    const lot = () => ids.splice(0, perRound);
    // The first lot makes the server warm.
    await driver.do('claim', { port: running.port, sessions, ids: lot() });
    const measured = await repeated(() => costOf(running, () => driver.do('claim', { port: running.port, sessions, ids: lot() })));
    const limits = await repeated(() =>
      driver.do('sql', { url: running.database.url, statements: [bare(ids)], clients: 16, seconds: 3, transaction: false }),
    );
    const of = (pick: (m: (typeof measured)[number]) => number) => median(measured.map(pick));
    const twice = measured.reduce((sum, m) => sum + m.result.twice, 0);
    report({
      bench: 'claim',
      database: running.database.version,
      busy: of((m) => m.cost.busy),
      loadBefore,
      figures: [
        { what: 'taken twice', unit: `of ${perRound * rounds}`, value: twice, goal: { atMost: 0 } },
        {
          what: 'takes',
          unit: '/s',
          value: of((m) => m.result.takesPerSecond),
          goal: { atLeast: 1_000 },
          limit: median(limits.map((l) => l.perSecond)),
        },
        { what: 'tries', unit: '/s', value: of((m) => m.result.perSecond) },
        { what: 'p95 of a try', unit: 'ms', value: of((m) => m.result.p95), limit: median(limits.map((l) => l.p95)) },
        { what: 'CPU a try', unit: 'ms', value: of((m) => (1_000 * (m.cost.server + m.cost.postgres)) / m.result.operations) },
        { what: 'of it PostgreSQL', unit: 'ms', value: of((m) => (1_000 * m.cost.postgres) / m.result.operations) },
        { what: 'failures', unit: '', value: measured.reduce((sum, m) => sum + m.result.failures, 0), goal: { atMost: 0 } },
      ],
    });
    const untold = measured.filter((m) => m.result.taken !== perRound).length;
    if (twice > 0 || untold > 0) {
      process.stderr.write(`${twice} conversations were taken twice; in ${untold} rounds some were taken by nobody.\n`);
      process.exitCode = 1;
    }
  } finally {
    driver.end();
    await running.stop();
  }
}

/** The least a take can be: one statement that takes a conversation if it is free, and notes the event. */
function bare(ids: string[]) {
  const text = `with taken as (update conversations set claimed_by = $2, claimed_at = now(), claim_until = now() + interval '5 minutes', fence = fence + 1, version = version + 1,
      state = 'in_progress' where id = $1 and (claimed_by is null or claim_until <= now() or claimed_by = $2) returning id)
    insert into events (id, type, at, actor_kind, actor_id, data) select $3, 'bench.taken', now(), 'person', $2, jsonb_build_object('conversationId', id) from taken`;
  const person = '00000000-0000-7000-8000-000000000001';
  return { text, values: ids.map((id) => [id, person, id]) };
}

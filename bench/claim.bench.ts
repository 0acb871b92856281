// Sixteen advisers take five hundred conversations from under each other's hands, once by asking for the next and once by picking one of the same eight.
// Ends with 1 when two are told to have the same.
import { adviserCount, sessionToken } from './corpus.ts';
import { startDriver } from './load.ts';
import { median } from './measure.ts';
import { type Figure, loadNow, report } from './report.ts';
import { costOf, kinds, repeated, rounds, run, usualCases } from './running.ts';

const sessions = Array.from({ length: adviserCount }, (_, n) => sessionToken(`adviser${n + 1}`));
const perRound = 500;
const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((total, one) => total + of(one), 0);

for (const kind of kinds()) {
  const loadBefore = loadNow();
  const running = await run(kind, usualCases);
  const driver = startDriver();
  try {
    // The first rounds make the server warm.
    const warm = 3;
    for (let round = 0; round < warm; round += 1) await driver.do('next', { port: running.port, sessions, count: perRound });
    const next = await repeated(() => costOf(running, () => driver.do('next', { port: running.port, sessions, count: perRound })));
    // Each of another customer: one customer is served by one adviser at a time.
    const { rows } = await running.sql.query<{
      id: string;
    }>(`select id from (select distinct on (customer_root_id) id, due_at from conversations c
      where state = 'queued' and assignee_id is null and not exists (select from customer_leases l where l.customer_id = c.customer_root_id)
      order by customer_root_id, due_at) c order by due_at`);
    const ids = rows.map((r) => r.id);
    const lot = () => ids.splice(0, perRound);
    for (let round = 0; round < warm; round += 1) await driver.do('claim', { port: running.port, sessions, ids: lot() });
    const measured = await repeated(() => costOf(running, () => driver.do('claim', { port: running.port, sessions, ids: lot() })));
    const limits = await repeated(() =>
      driver.do('sql', { url: running.database.url, statements: [bare(ids)], clients: 16, seconds: 3, transaction: false }),
    );
    const limit = { perSecond: median(limits.map((l) => l.perSecond)), p95: median(limits.map((l) => l.p95)) };
    const figuresOf = (way: string, of: typeof measured): Figure[] => {
      const mid = (pick: (m: (typeof measured)[number]) => number) => median(of.map(pick));
      return [
        { what: `${way}: taken twice`, unit: `of ${perRound * rounds}`, value: sum(of, (m) => m.result.twice), goal: { atMost: 0 } },
        { what: `${way}: takes`, unit: '/s', value: mid((m) => m.result.takesPerSecond), goal: { atLeast: 1_000 }, limit: limit.perSecond },
        { what: `${way}: requests`, unit: '/s', value: mid((m) => m.result.perSecond) },
        { what: `${way}: p95 of a request`, unit: 'ms', value: mid((m) => m.result.p95), limit: limit.p95 },
        { what: `${way}: CPU a request`, unit: 'ms', value: mid((m) => (1_000 * (m.cost.server + m.cost.postgres)) / m.result.operations) },
        { what: `${way}: of it PostgreSQL`, unit: 'ms', value: mid((m) => (1_000 * m.cost.postgres) / m.result.operations) },
        { what: `${way}: failures`, unit: '', value: sum(of, (m) => m.result.failures), goal: { atMost: 0 } },
      ];
    };
    report({
      bench: 'claim',
      database: running.database.version,
      busy: median([...next, ...measured].map((m) => m.cost.busy)),
      loadBefore,
      figures: [...figuresOf('by “next”', next), ...figuresOf('each picks by chance', measured)],
    });
    const twice = sum([...next, ...measured], (m) => m.result.twice);
    const untold = [...next, ...measured].filter((m) => m.result.taken !== perRound).length;
    if (twice > 0 || untold > 0) {
      process.stderr.write(`${twice} conversations were taken twice; in ${untold} rounds not all were taken.\n`);
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

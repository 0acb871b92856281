// Claims, reliefs, the next of a view, hand-overs between two, answers and answers by claims that are over, by 64 clients through two web processes. Afterwards the checker of `torture/` reads the event log.
// Ends with 1 when two held the same, or an answer went out by an old claim. `BENCH_ATTEMPTS=1000000` is the whole size. As fast as it goes tells what the
// machine can; how long a claim takes tells a second run at a quarter of that pace, for whoever drives a queue to its end measures the queue.
import { checkLeases } from '../torture/checker/leases.ts';
import { readEvidence } from '../torture/checker/evidence.ts';
import { adviserCount, sessionToken } from './corpus.ts';
import { startDriver } from './load.ts';
import { loadNow, report } from './report.ts';
import type { Raced } from './tasks/raced.ts';
import { besides, costOf, kinds, run, usualCases } from './running.ts';

const attempts = Number(process.env['BENCH_ATTEMPTS'] ?? 20_000);
const clients = 64;
const pacedAttempts = Math.min(3_000, attempts);

/** The least that taking the next free one can be. */
const bareTake = {
  text: `update conversations set claimed_by = $1, claim_until = now() + interval '5 minutes', fence = fence + 1 where id = (select id from conversations
    where state = 'queued' and claimed_by is null limit 1 for update skip locked)`,
  values: [['00000000-0000-7000-8000-000000000001']],
};

// Two processes need a database of their own.
for (const kind of kinds().filter((one) => one !== 'embedded')) {
  const loadBefore = loadNow();
  const running = await run(kind, usualCases);
  const second = await besides(running);
  const driver = startDriver();
  try {
    const names = Array.from({ length: adviserCount }, (_, n) => `adviser${n + 1}`);
    const { rows: found } = await running.sql.query<{ id: string; email: string }>('select id, email from people');
    const people = names.map((name) => ({
      id: found.find(({ email }) => email === `${name}@haus.example`)?.id ?? '',
      session: sessionToken(name),
    }));
    const { rows } = await running.sql.query<{ id: string }>(
      `select id from conversations where state = 'queued' and assignee_id is null and claimed_by is null order by customer_root_id`,
    );
    const ids = rows.map(({ id }) => id);
    const forPaced = ids.splice(-Math.min(pacedAttempts, Math.floor(ids.length / 2)));
    const begun = Date.now();
    const race = { ports: [running.port, second.port], people, clients };
    const { result, cost } = await costOf(running, () => driver.do('raced', { ...race, ids, attempts }));
    const pace = result.attempts / result.seconds / 4;
    const paced = await driver.do('raced', { ...race, ids: forPaced, attempts: pacedAttempts, pace });
    const evidence = await readEvidence(running.database.url);
    const wrong = [...misheld(evidence, new Set(ids), result, begun), ...misheld(evidence, new Set(forPaced), paced, begun)];
    const stale = result.stale + paced.stale;
    const staleAccepted = result.staleAccepted + paced.staleAccepted;
    const limit = await driver.do('sql', { url: running.database.url, statements: [bareTake], clients, seconds: 3, transaction: false });
    const { rows: counted } = await running.sql.query<{ deadlocks: number }>(
      'select deadlocks::int from pg_stat_database where datname = current_database()',
    );
    report({
      bench: 'claims-raced',
      database: running.database.version,
      busy: cost.busy,
      loadBefore,
      figures: [
        { what: 'wrong by the event log', unit: `of ${result.attempts + paced.attempts}`, value: wrong.length, goal: { atMost: 0 } },
        {
          what: 'answers by claims that were over, let through',
          unit: `of ${stale}`,
          value: staleAccepted,
          goal: { atMost: 0 },
        },
        { what: 'at a quarter of the pace: p99 of a claim', unit: 'ms', value: paced.claimP99, goal: { atMost: 20 } },
        { what: 'as fast as it goes: p99 of a claim', unit: 'ms', value: result.claimP99, limit: limit.p99 },
        { what: 'claims that succeeded', unit: '/s', value: result.claims / result.seconds, limit: limit.perSecond },
        { what: 'attempts of all kinds', unit: '/s', value: result.attempts / result.seconds },
        { what: 'deadlocks', unit: '', value: counted[0]?.deadlocks ?? Number.NaN, goal: { atMost: 0 } },
        { what: 'answers accepted', unit: '', value: result.accepted },
        { what: 'taken as the next of a view', unit: '', value: result.nexts + paced.nexts },
        { what: 'handed over, read and accepted', unit: '', value: result.handovers + paced.handovers },
        { what: 'failures', unit: '', value: result.failures + paced.failures, goal: { atMost: 0 } },
      ],
    });
    for (const one of wrong.slice(0, 10)) process.stderr.write(`${one}\n`);
    if (wrong.length > 0 || staleAccepted > 0) process.exitCode = 1;
  } finally {
    driver.end();
    await second.stop();
    await running.stop();
  }
}

/** What the corpus holds besides was never claimed through the product, so its log says nothing of it. */
function misheld(
  evidence: Awaited<ReturnType<typeof readEvidence>>,
  ids: ReadonlySet<string>,
  { leases, answers }: Pick<Raced, 'leases' | 'answers'>,
  begun: number,
): string[] {
  const drafts = new Set(answers.map(({ draftId }) => draftId));
  return checkLeases(
    { leases, answers: answers.map((one) => ({ ...one, conversationId: '', outcome: 'unknown' as const, lost: false })) },
    {
      events: evidence.events.filter(({ at, data }) => at >= begun && ids.has(String(data['conversationId']))),
      messages: evidence.messages.filter(
        ({ conversationId, kind, draftId }) => ids.has(conversationId) && (kind === 'system' || (draftId !== null && drafts.has(draftId))),
      ),
      conversations: evidence.conversations.filter(({ id }) => ids.has(id)),
    },
  );
}

// Two thousand people with the chat of a shop open at once, some of them writing, advisers answering others: real sockets, the real way through intake, case and outbox.
import { adviserCount, sessionToken } from './corpus.ts';
import { startDriver } from './load.ts';
import { median, pause } from './measure.ts';
import { type Figure, loadNow, report } from './report.ts';
import { costOf, kinds, memoryOf, type Running, repeated, run, usualCases } from './running.ts';

const count = Number(process.env['BENCH_VISITORS'] ?? 2_000);
const perSecond = 100;
const seconds = Number(process.env['BENCH_SECONDS'] ?? 10);
const answered = 200;

for (const kind of kinds()) {
  const loadBefore = loadNow();
  const running = await run(kind, usualCases);
  const driver = startDriver();
  try {
    const measured = await repeated(async (round) => {
      const accountId = await openAccount(running, round);
      const before = memoryOf(running).server;
      const opened = await driver.do('openVisitors', { port: running.port, accountId, count });
      await settled(running, accountId, count);
      const after = memoryOf(running).server;
      const answers = await toAnswer(running, accountId);
      const { result, cost } = await costOf(running, () =>
        driver.do('talk', { port: running.port, accountId, perSecond, seconds, answers }),
      );
      return { opened, result, cost, kilobytes: ((after - before) * 1024) / count };
    });
    const of = (pick: (m: (typeof measured)[number]) => number): number => median(measured.map(pick));
    const all = (pick: (m: (typeof measured)[number]) => number): number => measured.reduce((sum, m) => sum + pick(m), 0);
    const figures: Figure[] = [
      { what: 'visitors with an open line', unit: '', value: of((m) => m.opened.open), goal: { atLeast: count } },
      { what: 'all of them open after', unit: 's', value: of((m) => m.opened.seconds) },
      {
        what: `p99 until a message is safe, ${perSecond} of them a second`,
        unit: 'ms',
        value: of((m) => share(m.result.acknowledged, 0.99)),
        goal: { atMost: 250 },
      },
      { what: 'p50', unit: 'ms', value: of((m) => share(m.result.acknowledged, 0.5)) },
      {
        what: 'p99 until it has its case and stands in the talk on the own page',
        unit: 'ms',
        value: of((m) => share(m.result.shown, 0.99)),
        goal: { atMost: 1_000 },
      },
      {
        what: `p99 from an adviser’s answer to the visitor’s page, ${answered / seconds} a second`,
        unit: 'ms',
        value: of((m) => share(m.result.answered, 0.99)),
        goal: { atMost: 500 },
      },
      { what: 'p50', unit: 'ms', value: of((m) => share(m.result.answered, 0.5)) },
      {
        what: 'lost',
        unit: `of ${(perSecond * seconds + answered) * measured.length}`,
        value: all((m) => m.result.lost),
        goal: { atMost: 0 },
      },
      { what: 'doubled', unit: '', value: all((m) => m.result.doubled), goal: { atMost: 0 } },
      {
        what: 'CPU a message, answers included',
        unit: 'ms',
        value: of((m) => ((m.cost.server + m.cost.postgres) * 1000) / (m.result.said + answered)),
      },
      { what: 'memory a visitor', unit: 'kB', value: of((m) => m.kilobytes) },
    ];
    report({ bench: 'chat', database: running.database.version, busy: of((m) => m.cost.busy), loadBefore, figures });
  } finally {
    driver.end();
    await running.stop();
  }
}

async function openAccount({ sql }: Running, round: number): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    `insert into channel_accounts (id, kind, name, address, team_id, active, settings, secrets, created_at)
      select gen_random_uuid(), 'chat', 'Shop', $1, (select id from teams order by name limit 1), true, $2, '{}', now() returning id`,
    [`shop-${round}.example`, { origins: ['https://shop.example'] }],
  );
  // The server looks once a second which accounts there are.
  await pause(1_500);
  return rows[0]?.id ?? '';
}

/** Every first sentence has its conversation. */
async function settled({ sql }: Running, accountId: string, wanted: number): Promise<void> {
  for (;;) {
    const { rows } = await sql.query<{ n: string }>('select count(*) as n from conversations where account_id = $1', [accountId]);
    if (Number(rows[0]?.n) >= wanted) return;
    await pause(200);
  }
}

type Answer = { visitor: number; guest: string; conversationId: string; session: string };

/** Talks that advisers answer while the others write. */
async function toAnswer({ sql }: Running, accountId: string): Promise<Answer[]> {
  const { rows } = await sql.query<{ id: string; preview: string; guest: string }>(
    `select c.id, c.preview, m.envelope->'from'->>'address' as guest from conversations c join messages m on m.conversation_id = c.id and m.seq = 1
      where c.account_id = $1 order by c.created_at, c.id limit ${answered}`,
    [accountId],
  );
  return rows.map(({ id, preview, guest }, n) => ({
    guest,
    visitor: Number(/Besucher (\d+)/.exec(preview)?.[1]),
    conversationId: id,
    session: sessionToken(`adviser${(n % adviserCount) + 1}`),
  }));
}

function share(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

// Mails through the SMTP door until each is a message of a conversation with a case, found by search. Counts that none is lost and none is in a wrong thread.
import { startDriver } from './load.ts';
import { median, pause } from './measure.ts';
import { loadNow, report } from './report.ts';
import { costOf, kinds, type Running, repeated, rounds, run, usualCases } from './running.ts';

const count = Number(process.env['BENCH_MAILS'] ?? 2_000);
const connections = 4;

for (const kind of kinds()) {
  const loadBefore = loadNow();
  const running = await run(kind, usualCases);
  const driver = startDriver();
  try {
    const { rows: parents } = await running.sql.query<{
      platformId: string;
      customer: number;
      team: number;
      conversationId: string;
    }>(`select m.platform_id as "platformId",
        substring(c.participants[1] from '\\d+')::int as customer, (1 + (split_part(m.platform_id, '@', 1)::bigint - 1) / 20 % 9)::int as team, c.id as "conversationId"
      from messages m join conversations c on c.id = m.conversation_id where m.direction = 'out' and c.is_open order by md5(m.id::text) limit ${(count / 2) * (rounds + 1)}`);
    const send = async (name: string, mails: number, from: typeof parents) => {
      const mailed = await driver.do('mail', {
        port: running.smtpPort,
        connections,
        count: mails,
        run: name,
        parents: from,
        customers: usualCases / 5,
      });
      const begun = performance.now();
      while (!(await isThrough(running, name, mails)) && performance.now() - begun < 120_000) await pause(20);
      return { ...mailed, behind: (performance.now() - begun) / 1_000 };
    };
    await send('warm', count, parents.splice(0, count / 2));
    let lost = 0;
    let astray = 0;
    const measured = await repeated(async (round) => {
      const mine = parents.splice(0, count / 2);
      const one = await costOf(running, () => send(`r${round}`, count, mine));
      lost += count - (await arrived(running, `r${round}`));
      astray += await misplaced(running, `r${round}`, mine);
      return one;
    });
    const least = await bare(running);
    const limits = await repeated(() => driver.do('sql', { url: running.database.url, ...least, clients: connections, seconds: 3 }));
    const of = (pick: (m: (typeof measured)[number]) => number) => median(measured.map(pick));
    report({
      bench: 'receive',
      database: running.database.version,
      busy: of((m) => m.cost.busy),
      loadBefore,
      figures: [
        {
          what: 'mails, to the last one searchable',
          unit: '/s',
          value: of((m) => count / (m.result.seconds + m.result.behind)),
          goal: { atLeast: 300 },
          limit: median(limits.map((l) => l.perSecond)),
        },
        { what: 'CPU a mail', unit: 'ms', value: of((m) => (1_000 * (m.cost.server + m.cost.postgres)) / count), goal: { atMost: 2.5 } },
        { what: 'of it PostgreSQL', unit: 'ms', value: of((m) => (1_000 * m.cost.postgres) / count) },
        { what: 'acknowledged', unit: '/s', value: of((m) => count / m.result.seconds) },
        { what: 'last one searchable after its 250', unit: 's', value: of((m) => m.result.behind) },
        { what: 'lost', unit: `of ${count * rounds}`, value: lost, goal: { atMost: 0 } },
        { what: 'in a wrong thread', unit: `of ${(count * rounds) / 2}`, value: astray, goal: { atMost: 0 } },
      ],
    });
    if (lost + astray > 0) process.exitCode = 1;
  } finally {
    driver.end();
    await running.stop();
  }
}

/** Its message is there, with its words, and the conversation has its case. */
async function isThrough(running: Running, name: string, mails: number): Promise<boolean> {
  return (await arrived(running, name)) >= mails;
}

async function arrived(running: Running, name: string): Promise<number> {
  const { rows } = await running.sql.query<{ n: string }>({
    name: 'arrived',
    text: `select count(*) as n from messages m join conversations c on c.id = m.conversation_id
      where m.platform_id = any(select $1 || '-' || n || '@example.test' from generate_series(0, $2::int) n) and c.case_id is not null and m.words is not null`,
    values: [name, count],
  });
  return Number(rows[0]?.n);
}

/** Replies that are not in the conversation they answer. */
async function misplaced(running: Running, name: string, parents: { conversationId: string }[]): Promise<number> {
  const { rows } = await running.sql.query<{ n: string; conversationId: string }>(
    `select split_part(split_part(platform_id, '@', 1), '-', 2) as n, conversation_id as "conversationId" from messages where platform_id like $1`,
    [`${name}-%@example.test`],
  );
  return rows.filter(
    ({ n, conversationId }) => Number(n) % 2 === 0 && parents[(Number(n) / 2) % parents.length]?.conversationId !== conversationId,
  ).length;
}

/** The least a mail can be: raw bytes, message with its full-text index, conversation, event; one transaction of four statements. */
async function bare(running: Running) {
  const { rows } = await running.sql.query<{ id: string; seq: number }>(
    `select id, last_seq as seq from conversations where state <> 'closed' order by md5(id::text) limit 4000`,
  );
  const { rows: texts } = await running.sql.query<{ text: string }>('select text from messages limit 4000');
  const lines = rows.map(({ id }, i) => ({ id, text: texts[i % texts.length]?.text ?? '' }));
  return {
    transaction: true,
    statements: [
      {
        text: `insert into files (id, sha256, size, media_type, content, created_at) values (gen_random_uuid(), sha256($1), length($1), 'message/rfc822', $1, now())`,
        values: lines.map(({ text }) => [Buffer.from(text.repeat(2))]),
      },
      {
        text: `insert into messages (id, conversation_id, seq, kind, direction, visibility, author_kind, author_name, envelope, text, at, created_at)
          select gen_random_uuid(), $1, coalesce(max(seq), 0) + 1, 'message', 'in', 'private', 'customer', '', '{}', $2, now(), now() from messages where conversation_id = $1`,
        values: lines.map(({ id, text }) => [id, text]),
      },
      {
        text: `update conversations set version = version + 1, last_seq = last_seq + 1, last_message_at = now(), preview = $2 where id = $1`,
        values: lines.map(({ id, text }) => [id, text.slice(0, 160)]),
      },
      {
        text: `insert into events (id, type, at, actor_kind, data) values (gen_random_uuid(), 'bench.received', now(), 'system', jsonb_build_object('conversationId', $1::text))`,
        values: lines.map(({ id }) => [id]),
      },
    ],
  };
}

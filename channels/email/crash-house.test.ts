import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAccount } from '../../server/modules/channels/testing.ts';
import { cast } from '../../server/modules/workspace/testing.ts';
import { sql } from '../../server/platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../server/testing/house.ts';
import { until } from './testing/expect.ts';
import { freePorts } from './testing/ports.ts';
import { stubbornSender } from './testing/stubborn-sender.ts';
import { bareEnv } from '../../server/testing/bare-env.ts';

/** The whole way of a mail, from the raw mail to its case, in a server process with all rooms that is killed on it again and again. */
let h: TestHouse;
let smtpPort = 0;
let server: ChildProcess | undefined;
/** Keeps the server from going on, on a connection of its own. */
let brake: Client;
beforeAll(async () => {
  h = await testHouse();
  const { team } = await cast(h);
  await createAccount(h, { kind: 'email', address: 'service@shop.test', teamId: team.id });
  [smtpPort = 0] = await freePorts(1);
  brake = new Client({ connectionString: h.house.platform.database.url });
  await brake.connect();
});
afterAll(async () => {
  server?.kill('SIGKILL');
  await brake?.end();
  await h?.close();
});

async function start(): Promise<void> {
  server = spawn(process.execPath, [new URL('../../server/testing/web-process.ts', import.meta.url).pathname], {
    env: {
      ...bareEnv,
      DATABASE_URL: h.house.platform.database.url,
      DATABASE_CONNECTIONS: '8',
      NAHBAR_PROCESS: 'worker',
      NAHBAR_DATA: '/nonexistent',
      SMTP_PORT: String(smtpPort),
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  await Promise.race([
    once(server.stdout as NodeJS.ReadableStream, 'data'),
    once(server, 'exit').then(([code]) => Promise.reject(new Error(`ended with ${code}`))),
  ]);
}

async function kill(): Promise<void> {
  const dying = server as ChildProcess;
  const ended = once(dying, 'exit');
  dying.kill('SIGKILL');
  await ended;
}

/** Each customer writes twice, the second time in answer to the first. */
const mail = (id: string, tries = 0) => {
  const [customer, n] = id.split('.');
  const lines = [
    `Received: from kunde.test by relay.test; attempt ${tries}`,
    `From: Kundin ${customer} <${customer}@kunde.test>`,
    'To: service@shop.test',
    `Message-ID: <${id}@kunde.test>`,
    `Subject: ${n === '2' ? 'AW: ' : ''}Paket`,
    ...(n === '2' ? [`In-Reply-To: <${customer}.1@kunde.test>`] : []),
  ];
  return `${lines.join('\r\n')}\r\n\r\nGuten Tag ${id}\r\n`;
};

const there = async (rows: ReturnType<typeof sql>) => (await h.db.query(rows)).length > 0;

interface Step {
  between: string;
  brake: string;
  reached: ReturnType<typeof sql>;
}
/** Whoever writes the first row there waits; without a transaction number, which would keep every later event back. */
const firstWriteTo = (table: string): Omit<Step, 'between'> => ({
  brake: `lock table ${table} in share mode`,
  reached: sql`select from pg_locks where relation = ${table}::regclass and not granted`,
});

/** What keeps the server from the next step, and how one sees that it stands before it. */
const steps: Step[] = [
  {
    between: 'stored and read',
    brake: `select from event_cursors where subscriber = 'channels.parse' for update`,
    reached: sql`select from intake where state = 'stored'`,
  },
  { between: 'read and known whose it is', ...firstWriteTo('customers') },
  { between: 'known whose it is and taken into a conversation', ...firstWriteTo('conversations') },
  { between: 'a conversation and its message', ...firstWriteTo('messages') },
  { between: 'a conversation and its case', ...firstWriteTo('cases') },
  { between: 'a case and what is in it', ...firstWriteTo('case_conversations') },
];

test('killed between any two steps, and at any moment, it makes of each acknowledged mail one message, in one conversation, in one case', async () => {
  await start();
  const sender = stubbornSender(`127.0.0.1:${smtpPort}`, mail);
  const everySent: string[] = [];
  let isOver = false;
  const sending = Promise.all(
    [0, 1, 2, 3].map(async (lane) => {
      for (let n = 0; !isOver; n += 1) {
        const pair = [`k${lane}-${n}.1`, `k${lane}-${n}.2`];
        await sender.deliver(pair);
        everySent.push(...pair);
      }
    }),
  );

  for (const step of steps) {
    await brake.query('begin');
    await brake.query(step.brake);
    await until(step.between, () => there(step.reached), 60_000);
    await kill();
    await brake.query('rollback');
    await start();
  }
  for (const moment of [30, 110, 270]) {
    const enough = sender.acknowledged.size + 8;
    await until('more mail', () => sender.acknowledged.size >= enough, 60_000);
    await new Promise((resolve) => setTimeout(resolve, moment));
    await kill();
    await start();
  }
  isOver = true;
  await sending;
  expect([...sender.acknowledged].toSorted()).toEqual(everySent.toSorted());

  const unfinished = sql`select from intake i where not exists (select from messages m join case_conversations k
    on k.conversation_id = m.conversation_id where m.intake_id = i.id)`;
  await until('every mail to have its case', async () => !(await there(unfinished)), 60_000);
  const rows = await h.db.query<{ id: string; conversationId: string; caseId: string; author: string; opened: number; told: number }>(sql`
    select split_part(m.platform_id, '@', 1) as id, m.conversation_id as "conversationId", k.case_id as "caseId", m.author_id as author,
      (select count(*)::int from events where type = 'conversations.opened' and data->>'conversationId' = m.conversation_id::text) as opened,
      (select count(*)::int from events where type = 'conversations.message_received' and data->>'messageId' = m.id::text) as told
    from messages m left join case_conversations k on k.conversation_id = m.conversation_id where m.direction = 'in'`);
  expect(rows.map(({ id }) => id).toSorted()).toEqual([...sender.acknowledged].toSorted());
  expect(rows.filter(({ opened, told }) => opened !== 1 || told !== 1)).toEqual([]);

  // Both mails of a customer lie together, and with nobody else's.
  const customers = Map.groupBy(rows, ({ id }) => id.split('.')[0]);
  for (const key of ['conversationId', 'caseId', 'author'] as const) {
    for (const [customer, two] of customers) expect([customer, new Set(two.map((row) => row[key])).size]).toEqual([customer, 1]);
    expect(new Set(rows.map((row) => row[key])).size).toBe(customers.size);
  }
  const counts =
    await h.db.one(sql`select (select count(*)::int from conversations) as conversations, (select count(*)::int from cases) as cases,
    (select count(*)::int from case_conversations) as links, (select count(*)::int from customers) as customers`);
  expect(counts).toEqual({ conversations: customers.size, cases: customers.size, links: customers.size, customers: customers.size });
}, 600_000);

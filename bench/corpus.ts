import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { caseNumber, yearInBerlin } from '../server/modules/cases/opening/number.ts';
import { makePhrases } from './words.ts';

/** What a corpus holds; everything follows from the number of cases: three messages, a fifth of a customer and a fifth of an open conversation each. */
export interface CorpusSize {
  cases: number;
}

export const teamCount = 9;
/** Advisers who are in every team, so each sees the whole queue: the hardest case, and what the rivals were measured with. */
export const adviserCount = 16;
/** As the browser keeps it; adviser 1 to 16, or `desk` 1 to 9 for somebody of one team only. */
export const sessionToken = (name: string) => `bench-session-${name}`;
export const accountAddress = (team: number) => `service${team}@bench.test`;
export const customerAddress = (n: number) => `kunde${n}@example.test`;
/** Every five-hundredth conversation has exactly twenty messages. */
export const longEvery = 500;

/**
 * Fills an empty, migrated database with rows as the product writes them, set by set: mails with their raw bytes, threads, cases, links, deliveries.
 * The same size gives the same corpus. Indexes of full text are made afterwards, as one would after an import.
 */
export async function fillCorpus(client: Client, { cases }: CorpusSize): Promise<void> {
  const customers = Math.max(1, Math.round(cases / 5));
  await client.query('set synchronous_commit = off');
  await client.query(`create function pg_temp.make_id(kind text, n bigint, at timestamptz) returns uuid language sql immutable as $$
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(kind || n), 1, 3) || '8' || substr(md5(kind || n), 5, 15))::uuid $$`);
  await client.query(
    `create function pg_temp.began() returns timestamptz language sql immutable as $$ select '2024-01-01T00:00:00Z'::timestamptz $$`,
  );
  await fillHouse(client);
  await fillCustomers(client, customers);
  await planThreads(client, cases, customers);
  await fillMessages(client);
  await fillThreads(client);
  await client.query('reset synchronous_commit');
  await client.query('vacuum (analyze, freeze)');
  await client.query('checkpoint');
}

async function fillHouse(client: Client): Promise<void> {
  await client.query(
    `insert into sites (id, name, land, zone) values (pg_temp.make_id('site', 1, pg_temp.began()), 'Leipzig', 'SN', 'Europe/Berlin')`,
  );
  await client.query(
    `insert into teams (id, name, site_id, created_at) select pg_temp.make_id('team', n, pg_temp.began()), 'Team ' || n,
      pg_temp.make_id('site', 1, pg_temp.began()), pg_temp.began() + n * interval '1 day' from generate_series(1, $1::int) n`,
    [teamCount],
  );
  await client.query(
    `insert into channel_accounts (id, kind, name, address, team_id, active, settings, created_at)
      select pg_temp.make_id('account', n, pg_temp.began()), 'email', 'Service ' || n, 'service' || n || '@bench.test', pg_temp.make_id('team', n, pg_temp.began()),
        true, '{}', pg_temp.began() from generate_series(1, $1::int) n`,
    [teamCount],
  );
  const people = [
    ...Array.from({ length: adviserCount }, (_, i) => ({ name: `adviser${i + 1}`, team: null })),
    ...Array.from({ length: teamCount }, (_, i) => ({ name: `desk${i + 1}`, team: i + 1 })),
  ];
  for (const [n, { name, team }] of people.entries()) {
    const id = `pg_temp.make_id('person', ${n}, pg_temp.began())`;
    await client.query(
      `insert into people (id, name, email, roles, site_id) values (${id}, $1, $2, '{agent}', pg_temp.make_id('site', 1, pg_temp.began()))`,
      [`Kim ${name}`, `${name}@haus.example`],
    );
    await client.query(
      `insert into team_members (team_id, person_id) select id, ${id} from teams where $1::int is null or name = 'Team ' || $1`,
      [team],
    );
    await client.query(
      `insert into sessions (id, person_id, token_hash, user_agent, created_at, last_seen_at, expires_at)
        values (pg_temp.make_id('session', ${n}, now()), ${id}, $1, 'bench', now(), now(), now() + interval '29 days')`,
      [createHash('sha256').update(sessionToken(name)).digest()],
    );
  }
}

async function fillCustomers(client: Client, count: number): Promise<void> {
  await client.query(
    `insert into customers (id, root_id, name, display_name, created_at)
      select id, id, 'Kunde ' || n, 'Kunde ' || n, pg_temp.began() from (select n, pg_temp.make_id('customer', n, pg_temp.began()) as id from generate_series(1, $1::int) n) c`,
    [count],
  );
  await client.query(
    `insert into customer_identities (id, customer_id, kind, value, label, evidence, recognises, created_at)
      select pg_temp.make_id('identity', n, pg_temp.began()), pg_temp.make_id('customer', n, pg_temp.began()), 'mail', 'kunde' || n || '@example.test',
        'kunde' || n || '@example.test', 'inbound_message', true, pg_temp.began() from generate_series(1, $1::int) n`,
    [count],
  );
}

/** One line for each conversation: whose, which team's, how long, in which state. A tenth waits unowned, a tenth is open and owned. */
async function planThreads(client: Client, cases: number, customers: number): Promise<void> {
  const year = yearInBerlin(new Date('2026-01-01'));
  await client.query('create temp table numbers (n int primary key, number text)');
  for (let from = 1; from <= cases; from += 50_000) {
    const running = Array.from({ length: Math.min(50_000, cases - from + 1) }, (_, i) => from + i);
    await client.query('insert into numbers select * from unnest($1::int[], $2::text[])', [
      running,
      running.map((n) => caseNumber(n, year)),
    ]);
  }
  await client.query(`select setval('case_numbers', $1)`, [cases]);
  await client.query('create temp table phrases (n int primary key, text text)');
  const phrases = makePhrases(40_000);
  await client.query('insert into phrases select ordinality, text from unnest($1::text[]) with ordinality as p(text)', [phrases]);
  await client.query(
    `create temp table plan as select n, number, at, at + messages * interval '3 hours' as last_at, customer, 1 + n % ${teamCount} as team, messages, state,
        pg_temp.make_id('conversation', n, at) as id, pg_temp.make_id('case', n, at) as case_id,
        pg_temp.make_id('customer', customer, pg_temp.began()) as customer_id, pg_temp.make_id('team', 1 + n % ${teamCount}, pg_temp.began()) as team_id,
        pg_temp.make_id('account', 1 + n % ${teamCount}, pg_temp.began()) as account_id,
        case when state = 'queued' and luck < 10 then null else pg_temp.make_id('person', luck % ${adviserCount}, pg_temp.began()) end as assignee_id,
        p1.text || ' ' || substr(p2.text, 1, 20) as subject
      from (select n, number, pg_temp.began() + (n::float8 / $1) * interval '1000 days' as at, 1 + hashint4extended(n, 1) % $2 as customer, luck,
          case when n % ${longEvery} = 0 then 20 when n % 30 = 1 then 2 else 3 end as messages,
          case when luck < 15 then 'queued' when luck < 20 then 'waiting_customer' when luck < 30 then 'resolved' else 'closed' end as state
        from (select n, number, ((hashint4extended(n, 7) % 100 + 100) % 100)::int as luck from numbers) l) c
      join lateral (select substr(text, 1, 40) as text from phrases where phrases.n = 1 + c.n % 40000) p1 on true
      join lateral (select text from phrases where phrases.n = 1 + (c.n * 7) % 40000) p2 on true`.replace(
      '1 + hashint4extended(n, 1) % $2',
      '1 + ((hashint4extended(n, 1) % $2) + $2) % $2',
    ),
    [cases, customers],
  );
  await client.query('analyze plan');
}

async function fillMessages(client: Client): Promise<void> {
  await client.query(`create temp table lines as
    select p.n, p.id as conversation_id, p.customer, p.customer_id, p.account_id, p.team, p.subject, p.assignee_id, s.seq, p.n::bigint * 20 + s.seq as m,
      p.at + s.seq * interval '3 hours' as at,
      case when (s.seq = p.messages and p.state = 'queued') or (s.seq < p.messages and s.seq % 2 = 1) then 'in' else 'out' end as direction,
      p1.text || ' ' || p2.text || E'\\n\\n' || p3.text || ' ' || p4.text || ' ' || p5.text as text
    from plan p cross join lateral generate_series(1, p.messages) as s(seq)
      join phrases p1 on p1.n = 1 + (p.n * 31 + s.seq * 101) % 40000 join phrases p2 on p2.n = 1 + (p.n * 37 + s.seq * 103) % 40000
      join phrases p3 on p3.n = 1 + (p.n * 41 + s.seq * 107) % 40000 join phrases p4 on p4.n = 1 + (p.n * 43 + s.seq * 109) % 40000
      join phrases p5 on p5.n = 1 + (p.n * 47 + s.seq * 113) % 40000`);
  await client.query('analyze lines');
  await client.query(`insert into intake (id, account_id, channel, platform_id, hash, size, media_type, envelope, received_at, state, items)
    select pg_temp.make_id('intake', m, at), account_id, 'email', m || '@example.test', sha256(('hash' || m)::bytea), length(text) + 220, 'message/rfc822',
      jsonb_build_object('by', 'door', 'from', 'kunde' || customer || '@example.test', 'to', jsonb_build_array('service' || team || '@bench.test'), 'helo', 'example.test',
        'remote', '127.0.0.1', 'secure', false), at, 'parsed', 1 from lines where direction = 'in' order by m`);
  await client.query(`insert into files (id, sha256, size, media_type, content, created_at)
    select pg_temp.make_id('intake', m, at), sha256(content), length(content), 'message/rfc822', content, at from (select m, at, convert_to(
      'From: Kunde <kunde' || customer || E'@example.test>\\r\\nTo: service' || team || E'@bench.test\\r\\nMessage-ID: <' || m || E'@example.test>\\r\\nSubject: ' || subject ||
      E'\\r\\nDate: Mon, 02 Mar 2026 10:00:00 +0100\\r\\nMIME-Version: 1.0\\r\\nContent-Type: text/plain; charset=utf-8\\r\\n\\r\\n' || text, 'UTF8') as content
      from lines where direction = 'in') l order by m`);
}

async function fillThreads(client: Client): Promise<void> {
  await client.query(`insert into conversations (id, version, channel, account_id, visibility, state, subject, preview, customer_id, customer_root_id, case_id, team_id,
      assignee_id, last_seq, last_message_at, last_direction, waiting_since, due_at, warn_at, first_answer_at, participants, resolved_at, created_at)
    select p.id, p.messages + 1, 'email', p.account_id, 'private', p.state, p.subject, left(regexp_replace(l.text, '\\s+', ' ', 'g'), 160), p.customer_id, p.customer_id,
      p.case_id, p.team_id, p.assignee_id, p.messages, p.last_at, l.direction, case when w.waits then p.last_at end,
      case when w.waits then p.last_at + interval '4 hours' end, case when w.waits then p.last_at + interval '192 minutes' end,
      case when p.messages > 1 then p.at + interval '6 hours' end, array['kunde' || p.customer || '@example.test'], case when p.state in ('resolved', 'closed') then p.last_at end, p.at
    from plan p join lines l on l.n = p.n and l.seq = p.messages
      cross join lateral (select l.direction = 'in' and p.state not in ('resolved', 'closed') as waits) w order by p.n`);
  const fullText = await client.query<{ definition: string }>(
    `select indexdef as definition from pg_indexes where indexname = 'messages_words'`,
  );
  await client.query('drop index if exists messages_words');
  await client.query(`insert into messages (id, conversation_id, seq, kind, direction, visibility, author_kind, author_id, author_name, envelope, subject, text, delivery,
      platform_id, intake_id, intake_index, at, created_at)
    select pg_temp.make_id('message', m, at), conversation_id, seq, 'message', direction, 'private', case when direction = 'in' then 'customer' else 'person' end,
      case when direction = 'in' then customer_id else coalesce(assignee_id, pg_temp.make_id('person', 0, pg_temp.began())) end,
      case when direction = 'in' then 'Kunde ' || customer else 'Kim' end,
      case when direction = 'in' then jsonb_build_object('from', c, 'to', jsonb_build_array(s), 'cc', '[]'::jsonb, 'bcc', '[]'::jsonb)
        else jsonb_build_object('from', s, 'to', jsonb_build_array(c), 'cc', '[]'::jsonb, 'bcc', '[]'::jsonb) end,
      subject, text, case when direction = 'out' then jsonb_build_object('state', 'sent', 'at', at, 'until', null, 'problem', null) end,
      m || case when direction = 'in' then '@example.test' else '@bench.test' end,
      case when direction = 'in' then pg_temp.make_id('intake', m, at) end, case when direction = 'in' then 0 end, at, at
    from (select *, jsonb_build_object('name', 'Kunde ' || customer, 'address', 'kunde' || customer || '@example.test') as c,
      jsonb_build_object('name', 'Service', 'address', 'service' || team || '@bench.test') as s from lines) l order by m`);
  for (const { definition } of fullText.rows) await client.query(definition);
  // What learning them message by message comes to (`conversations/search/vocabulary.ts`).
  await client.query(`insert into search_words (word, english, seen)
    select word, (ts_lexize('english_stem', word))[1], least(count(*), 50) from messages m, unnest(tsvector_to_array(m.words)) word
    where word ~ '^[a-z\\u0080-\\uffff]{3,40}$' group by word`);
  await client.query(`insert into outbox (message_id, conversation_id, account_id, state, due_at, next_at, attempts, attempted_at, platform_id, at, created_at)
    select pg_temp.make_id('message', m, at), conversation_id, account_id, 'sent', at, at, 1, at, m || '@bench.test', at, at from lines where direction = 'out' order by m`);
  await client.query(`insert into cases (id, number, customer_id, subject, state, origin, contacts_count, first_answer_at, last_answer_at, last_activity_at, resolved_at,
      closed_at, resolution, created_at)
    select case_id, number, customer_id, subject, case state when 'queued' then 'open' when 'waiting_customer' then 'waiting' else state end, 'private', (messages + 1) / 2,
      at + interval '6 hours', at + interval '6 hours', last_at, case when state in ('resolved', 'closed') then last_at end, case when state = 'closed' then last_at end,
      case when state in ('resolved', 'closed') then jsonb_build_object('summary', subject, 'solvedById', pg_temp.make_id('person', 0, pg_temp.began()), 'customerInformedAt', last_at) end,
      at from plan order by n`);
  await client.query(`insert into case_conversations (conversation_id, case_id, team_id, state, state_at, contacts, first_answer_at, last_answer_at, activity_at)
    select id, case_id, team_id, state, last_at, (messages + 1) / 2, at + interval '6 hours', at + interval '6 hours', last_at from plan order by n`);
  // What rooms were told of it; the planner must know that this table is large.
  await client.query(`insert into events (id, type, at, actor_kind, correlation_id, data)
    select pg_temp.make_id('event', l.m, l.at), case l.direction when 'in' then 'conversations.message_received' else 'conversations.message_sent' end, l.at, 'system', p.case_id,
      jsonb_build_object('conversationId', p.id, 'customerId', p.customer_id, 'teamId', p.team_id, 'caseId', p.case_id, 'assigneeId', null, 'seq', l.seq,
        'messageId', pg_temp.make_id('message', l.m, l.at), 'automatic', null, 'reopened', false)
    from lines l join plan p on p.n = l.n order by l.m`);
  await client.query('drop table plan, lines, numbers, phrases');
}

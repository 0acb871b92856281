// Two thousand advisers are free at once while twenty thousand customers wait: how long until each has an offer, what one costs, and how soon one who becomes free has theirs.
import type { Client } from 'pg';
import { addAdmin } from './admin.ts';
import { httpConnection, request } from './http-client.ts';
import { median, pause, quantile } from './measure.ts';
import { loadNow, report } from './report.ts';
import { costOf, kinds, repeated, run, usualCases } from './running.ts';

const advisers = 2_000;
const singles = 40;

for (const kind of kinds()) {
  const loadBefore = loadNow();
  const running = await run(kind, usualCases);
  try {
    const { sql } = running;
    await addPeople(sql);
    await offerEverything(sql, running.port, await addAdmin(sql));
    await sql.query('vacuum analyze');
    const all = await repeated(async () => {
      await nobodyIsFree(sql);
      return costOf(running, () => everybodyIsFree(sql));
    });
    const late: number[] = [];
    await nobodyIsFree(sql);
    for (let n = 0; n < singles; n += 1) late.push(await oneIsFree(sql, n));
    const mid = (pick: (one: (typeof all)[number]) => number) => median(all.map(pick));
    report({
      bench: 'offers',
      database: running.database.version,
      busy: mid(({ cost }) => cost.busy),
      loadBefore,
      figures: [
        { what: `until each of ${advisers} has an offer`, unit: 's', value: mid(({ result }) => result) },
        {
          what: 'CPU an offer, server and PostgreSQL',
          unit: 'ms',
          value: mid(({ cost }) => (1_000 * (cost.server + cost.postgres)) / advisers),
          goal: { atMost: 50 },
        },
        { what: 'offered twice, or two to one person', unit: '', value: await doubled(sql), goal: { atMost: 0 } },
        {
          what: `from being free to the offer, p95 of ${singles}`,
          unit: 'ms',
          value: quantile(
            late.toSorted((a, b) => a - b),
            0.95,
          ),
        },
      ],
    });
  } finally {
    await running.stop();
  }
}

/** Advisers of all teams with a skill of some level, each with the desk open. */
async function addPeople(sql: Client): Promise<void> {
  await sql.query(`insert into skills (id, key, label_de, label_en) values (gen_random_uuid(), 'bench', 'Probe', 'Trial')`);
  await sql.query(
    `insert into people (id, name, email, roles, site_id) select gen_random_uuid(), 'Free ' || n, 'free' || n || '@haus.example', '{agent}', s.id
      from generate_series(1, $1) n, (select id from sites limit 1) s`,
    [advisers],
  );
  await sql.query(`insert into team_members (team_id, person_id) select t.id, p.id from people p, teams t where p.email like 'free%'`);
  await sql.query(`insert into person_skills (person_id, skill_id, level) select p.id, s.id, 1 + abs(hashtext(p.email)) % 3 from people p, skills s
    where p.email like 'free%' and s.key = 'bench'`);
  await sql.query(`insert into sessions (id, person_id, token_hash, user_agent, created_at, last_seen_at, expires_at)
    select gen_random_uuid(), id, sha256(email::bytea), 'bench', now(), now() + interval '1 hour', now() + interval '1 day' from people where email like 'free%'`);
}

/** One queue that takes the skill and is offered; resolves when all who wait stand in it. */
async function offerEverything(sql: Client, port: number, admin: string): Promise<void> {
  const { rows: skills } = await sql.query<{ id: string }>(`select id from skills where key = 'bench'`);
  const queue = {
    id: crypto.randomUUID(),
    name: 'Alles',
    channels: [],
    visibility: 'any',
    teamIds: [],
    priorities: [],
    topicIds: [],
    languages: [],
    needs: [{ skillId: skills[0]?.id, level: 1 }],
    isOffered: true,
    keepFree: 0,
    overflow: { teamIds: [], whenClosed: false, afterMinutes: null },
  };
  const http = httpConnection(port);
  const { status, body } = await http.send(request('PUT', '/api/v1/queues', admin, { items: [queue] }));
  http.end();
  if (status !== 200) throw new Error(body);
  for (const end = Date.now() + 120_000; ; await pause(200)) {
    const { rows } = await sql.query(`select from conversations where is_open and waiting_since is not null and queue_id is null limit 1`);
    if (rows.length === 0) return;
    if (Date.now() > end) throw new Error('Not all stand in the queue');
  }
}

async function nobodyIsFree(sql: Client): Promise<void> {
  await sql.query('delete from presence');
  await sql.query(`update offers set state = 'withdrawn', ended_at = now() where state = 'open'`);
  // What was being given out meanwhile goes too.
  await pause(1_500);
  await sql.query('delete from offers');
}

/** Seconds until each has an offer. */
async function everybodyIsFree(sql: Client): Promise<number> {
  const begun = performance.now();
  await sql.query(`insert into presence (person_id, state, since) select id, 'available', now() from people where email like 'free%'`);
  for (;;) {
    const { rows } = await sql.query<{ n: number }>('select count(distinct person_id)::int as n from offers');
    if ((rows[0]?.n ?? 0) >= advisers) return (performance.now() - begun) / 1_000;
    await pause(20);
  }
}

/** Milliseconds until one who becomes free while nobody else is has an offer. */
async function oneIsFree(sql: Client, n: number): Promise<number> {
  // Not always at the same distance from when it is looked next.
  await pause(Math.random() * 1_000);
  const email = `free${n + 1}@haus.example`;
  const begun = performance.now();
  await sql.query(`insert into presence (person_id, state, since) select id, 'available', now() from people where email = $1`, [email]);
  for (;;) {
    const { rows } = await sql.query(`select from offers o join people p on p.id = o.person_id where p.email = $1 and o.state = 'open'`, [
      email,
    ]);
    if (rows.length > 0) return performance.now() - begun;
    await pause(5);
  }
}

async function doubled(sql: Client): Promise<number> {
  const { rows } = await sql.query<{ n: number }>(
    `select count(*)::int as n from offers a join offers b on a.id < b.id and a.at < b.until and b.at < a.until
      and (a.ended_at is null or a.ended_at > b.at) and (b.ended_at is null or b.ended_at > a.at)
      and (a.person_id = b.person_id or a.conversation_id = b.conversation_id)`,
  );
  return rows[0]?.n ?? 0;
}

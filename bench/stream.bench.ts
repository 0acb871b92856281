// From a change to every browser that may see it: sockets with real sessions, rights and cursors, changes made through the API like any other.
import { fork } from 'node:child_process';
import path from 'node:path';
import { adviserCount, sessionToken, teamCount } from './corpus.ts';
import { type Driver, startDriver } from './load.ts';
import { median } from './measure.ts';
import { type Figure, loadNow, report } from './report.ts';
import { costOf, kinds, type Running, repeated, run, usualCases } from './running.ts';

const advisers = Array.from({ length: adviserCount }, (_, n) => sessionToken(`adviser${n + 1}`));
const perSecond = 200;

for (const kind of kinds()) {
  const loadBefore = loadNow();
  const running = await run(kind, usualCases);
  const driver = startDriver();
  try {
    const writes = await changes(running);
    const figures: Figure[] = [];
    const busy: number[] = [];
    // As in a house of nine teams, where everybody hears the own team's; and the worst there is, where everybody hears everything.
    for (const [who, sessions] of [
      ['one team each', await crowd(running, 'own', 2_000)],
      ['all hear all', await crowd(running, 'all', 2_000)],
    ] as const) {
      for (const count of [1_000, 2_000]) {
        const sockets = sessions.slice(0, count);
        const measured = await repeated(() =>
          costOf(running, () => driver.do('stream', { port: running.port, sessions: sockets, perSecond, seconds: 6, writes })),
        );
        const of = (pick: (m: (typeof measured)[number]) => number) => median(measured.map(pick));
        busy.push(of((m) => m.cost.busy));
        const name = `${count} sockets, ${who}`;
        figures.push(
          { what: `${name}: p99 at ${perSecond} events/s`, unit: 'ms', value: of((m) => m.result.p99), goal: { atMost: 250 } },
          { what: `${name}: p50`, unit: 'ms', value: of((m) => m.result.p50) },
          { what: `${name}: events written`, unit: '/s', value: of((m) => m.result.written / m.result.seconds) },
          { what: `${name}: deliveries`, unit: '/s', value: of((m) => m.result.delivered / m.result.seconds) },
          { what: `${name}: gaps`, unit: '', value: measured.reduce((sum, m) => sum + m.result.gaps, 0), goal: { atMost: 0 } },
        );
      }
    }
    figures.push(...(await most(running, driver, writes, await crowd(running, 'most', 1_000))));
    report({ bench: 'stream', database: running.database.version, busy: median(busy), loadBefore, figures });
  } finally {
    driver.end();
    await running.stop();
  }
}

/** Deliveries when changes are made as fast as they are taken, beside the bare library with frames of the size of one of ours. */
async function most(running: Running, driver: Driver, writes: Awaited<ReturnType<typeof changes>>, sockets: string[]): Promise<Figure[]> {
  const measured = await repeated(() =>
    driver.do('stream', { port: running.port, sessions: sockets, perSecond: 'flood', seconds: 5, writes }),
  );
  const size = Math.round(
    median(measured.map((m) => (m.bytes * sockets.length) / (m.frames * Math.max(1, m.delivered / m.frames)) / sockets.length)),
  );
  const bare = await repeated(() => bareSockets(driver, sockets.length, size));
  return [
    {
      what: '1,000 sockets, all hear all, as fast as it goes: deliveries',
      unit: '/s',
      value: median(measured.map((m) => m.delivered / m.seconds)),
      goal: { atLeast: Math.round(median(bare) / 2) },
      limit: median(bare),
    },
    { what: 'frames for them', unit: '/s', value: median(measured.map((m) => m.frames / m.seconds)) },
    { what: 'bytes of one delivery', unit: '', value: size },
    { what: 'p99 then', unit: 'ms', value: median(measured.map((m) => m.p99)) },
  ];
}

async function bareSockets(driver: Driver, sockets: number, size: number): Promise<number> {
  const child = fork(path.join(import.meta.dirname, 'bare-sockets.ts'), [String(size)]);
  const port = await new Promise<number>((resolve) => child.once('message', (found) => resolve(found as number)));
  const { framesPerSecond } = await driver.do('bareSockets', { port, sockets, seconds: 4 });
  child.disconnect();
  return framesPerSecond;
}

/** As many people with a session each: in one team each (`own`) or in all of them. One person may not have a thousand sockets. */
async function crowd({ sql }: Running, name: string, count: number): Promise<string[]> {
  await sql.query(
    `with made as (insert into people (id, name, email, roles, site_id)
        select gen_random_uuid(), $1 || n, $1 || n || '@crowd.example', '{agent}', (select id from sites limit 1) from generate_series(1, $2::int) n returning id, name),
      members as (insert into team_members (team_id, person_id) select t.id, m.id from made m
        join (select id, row_number() over (order by name) - 1 as place from teams) t on $1 <> 'own' or t.place = substr(m.name, length($1) + 1)::int % ${teamCount})
      insert into sessions (id, person_id, token_hash, user_agent, created_at, last_seen_at, expires_at)
        select gen_random_uuid(), id, sha256(convert_to('${sessionToken('')}' || name, 'UTF8')), 'bench', now(), now(), now() + interval '29 days' from made`,
    [name, count],
  );
  return Array.from({ length: count }, (_, n) => sessionToken(`${name}${n + 1}`));
}

/** The priority of open conversations of all teams goes up and down. */
async function changes(running: Running) {
  const { rows } = await running.sql.query<{ id: string }>(`select id from conversations where is_open order by md5(id::text) limit 2000`);
  return rows.map(({ id }, n) => ({
    session: advisers[n % advisers.length] ?? '',
    path: `/api/v1/conversations/${id}`,
    body: { priority: n % 2 === 0 ? 'high' : 'normal' },
  }));
}

// Advisers at their screens while events come at a steady rate and processes are killed: how soon each screen shows what is committed, how soon all are as the database again.
// Ends with 1 when a screen is wrong. `BENCH_MINUTES=15 BENCH_KILLS=20` is the whole size.
import { Pool } from 'pg';
import { chanceOf } from '../torture/chance.ts';
import { install, type Installation, type Process } from '../torture/installation.ts';
import { emptyRecord } from '../torture/record.ts';
import { comeToRest } from '../torture/run.ts';
import { type Crowd, gather, readConversations, seat } from './advisers/crowd.ts';
import { startWork, type Work } from './advisers/work.ts';
import { startPost } from './mails/post.ts';
import { busyBetween, cpuOf, family, machineBusy, median, pause, postgresOf, pssOf } from './measure.ts';
import { type Figure, loadNow, report } from './report.ts';

const minutes = Number(process.env['BENCH_MINUTES'] ?? 1);
const kills = Number(process.env['BENCH_KILLS'] ?? 2);
const advisers = Number(process.env['BENCH_ADVISERS'] ?? 2_000);
const teamCount = 9;
const conversationCount = 1_800;
const perSecond = Number(process.env['BENCH_PER_SECOND'] ?? 200);
/** Until all screens are as the database after a kill. */
const soon = 5;
const patience = 60_000;

const say = (line: string) => void process.stderr.write(`${line}\n`);
const loadBefore = loadNow();
const before = machineBusy();
const installation = await install(emptyRecord(), { advisers: 0, network: 'direct', ownDisk: false, onTaken: () => {} });
const pool = new Pool({ connectionString: installation.database.url, max: 4 });
try {
  const teams = await fill();
  const once = await withCrowd(teams, 1, async (crowd, work, memory) => {
    const calm = await measure(crowd, work, (minutes * 60) / 2);
    const killed = await killInTurn(crowd, work, (minutes * 60) / 2);
    return { memory, calm, killed };
  });
  // The same people hear of the same conversations, by twice as many teams and twice as many places in them.
  const twice = await withCrowd(await split(teams), 2, (crowd, work) => measure(crowd, work, (minutes * 60) / 3));
  const { memory, calm, killed } = once;
  const figures: Figure[] = [
    { what: `events, open loop, ${advisers} advisers with a screen each`, unit: '/s', value: calm.perSecond },
    { what: 'from commit to the socket: p99', unit: 'ms', value: calm.p99, goal: { atMost: 250 } },
    { what: 'from commit to the socket: p99.9', unit: 'ms', value: calm.p999, goal: { atMost: 1_000 } },
    { what: 'from commit to the socket: p50', unit: 'ms', value: calm.p50 },
    { what: 'from commit to the socket: p99 in the time of the kills, comings back included', unit: 'ms', value: killed.p99 },
    { what: 'kill -9 of a web or worker', unit: '', value: killed.recoveries.length },
    {
      what: 'after each all screens as the database: the longest',
      unit: 's',
      value: Math.max(0, ...killed.recoveries),
      goal: { atMost: soon },
    },
    { what: 'after each all screens as the database: the median', unit: 's', value: median(killed.recoveries) },
    { what: 'lines on screens that are not as the database', unit: '', value: killed.wrong.length, goal: { atMost: 0 } },
    { what: 'frames missing', unit: '', value: killed.gaps, goal: { atMost: 0 } },
    { what: 'memory a connected adviser', unit: 'kB', value: memory },
    { what: 'CPU an event, webs and PostgreSQL', unit: 'ms', value: calm.cpu },
    { what: 'CPU an event with twice the teams and places in them', unit: 'times', value: twice.cpu / calm.cpu, goal: { atMost: 1.2 } },
    { what: 'changes that failed', unit: '', value: killed.failed },
  ];
  report({ bench: 'advisers', database: '18, embedded', busy: busyBetween(before, machineBusy()), loadBefore, figures });
  for (const one of killed.wrong.slice(0, 10)) say(one);
  if (killed.wrong.length + killed.gaps > 0) process.exitCode = 1;
} catch (error) {
  say((error as Error).stack ?? String(error));
  process.exitCode = 1;
} finally {
  // Its idle connections end with the database.
  pool.on('error', () => {});
  await installation.close();
}
// What still waits for an answer waits for nobody.
process.exit();

/** Teams with a mailbox each, and conversations in them that came as mails. */
async function fill(): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into teams (id, name, site_id, created_at) select gen_random_uuid(), 'Team ' || n, (select id from sites limit 1), now() from generate_series(1, $1::int) n returning id`,
    [teamCount],
  );
  const teams = rows.map(({ id }) => id);
  await pool.query(
    `insert into channel_accounts (id, kind, name, address, team_id, active, settings, created_at)
      select gen_random_uuid(), 'email', 'Service ' || n, 'service' || n || '@haus.example', id, true, '{}', now() from unnest($1::uuid[]) with ordinality as t(id, n)`,
    [teams],
  );
  // They keep their accounts in mind.
  for (const one of installation.all) {
    await one.stop();
    await one.start();
  }
  const post = startPost(installation.workers, 8);
  await Promise.all(
    Array.from({ length: conversationCount }, (_, n) => {
      const to = `service${1 + (n % teamCount)}@haus.example`;
      const fields = [`From: <kunde${n}@post.example>`, `To: <${to}>`, `Subject: Frage ${n}`, `Message-ID: <m${n}@post.example>`];
      return post.deliver(`kunde${n}@post.example`, to, `${fields.join('\r\n')}\r\n\r\nGuten Tag, Frage ${n}.\r\n`);
    }),
  );
  post.close();
  await comeToRest(installation.database.url, () => {}, say);
  return teams;
}

/** Half of each team's conversations go to a new team; whoever was in the one is then in both. */
async function split(teams: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into teams (id, name, site_id, created_at) select gen_random_uuid(), 'Team B ' || n, (select id from sites limit 1), now() from generate_series(1, $1::int) n returning id`,
    [teams.length],
  );
  const more = rows.map(({ id }) => id);
  await pool.query(
    `update conversations c set team_id = t.new from unnest($1::uuid[], $2::uuid[]) as t(old, new) where c.team_id = t.old and hashtext(c.id::text) % 2 = 0`,
    [teams, more],
  );
  return [...teams, ...more];
}

async function withCrowd<T>(
  teams: readonly string[],
  teamsEach: number,
  look: (crowd: Crowd, work: Work, memory: number) => Promise<T>,
): Promise<T> {
  const people = await seat(pool, `crowd${teamsEach}`, advisers, teams, teamsEach);
  const empty = pssOf(pidsOf(installation.webs));
  const crowd = await gather(installation, people);
  const memory = ((pssOf(pidsOf(installation.webs)) - empty) * 1_024) / advisers;
  say(`${crowd.size} advisers are connected.`);
  const { rows } = await pool.query<{ id: string; teamId: string }>(
    `select id, team_id as "teamId" from conversations where is_open order by md5(id::text)`,
  );
  const ofTeam = new Map(teams.map((id) => [id, people.filter(({ teamIds }) => teamIds.includes(id))]));
  const tasks = rows.flatMap(({ id, teamId }, n) => {
    const theirs = ofTeam.get(teamId) ?? [];
    const who = theirs[n % theirs.length];
    return who ? [{ id, session: who.session }] : [];
  });
  const work = startWork(installation.webs, tasks, perSecond);
  try {
    // Long enough for what is compiled and cached.
    await pause(4_000);
    return await look(crowd, work, memory);
  } finally {
    await work.end();
    crowd.close();
  }
}

async function measure(crowd: Crowd, work: Work, seconds: number) {
  const cpu = () => cpuOf([...pidsOf(installation.webs), ...postgresOf(installation.database.cluster)]);
  const [cpuBefore, eventsBefore, begun] = [cpu(), await eventCount(), performance.now()];
  crowd.takeDelays();
  await pause(seconds * 1_000);
  const [used, took] = [cpu() - cpuBefore, (performance.now() - begun) / 1_000];
  const events = (await eventCount()) - eventsBefore;
  const { p50, p99, p999 } = crowd.takeDelays();
  if (work.written() === 0) throw new Error('Nothing was written.');
  return { p50, p99, p999, cpu: (1_000 * used) / events, perSecond: events / took };
}

/** Kills one process after the other, a web, a worker, a web; after each waits until all screens have caught up, and compares every line of all of them. */
async function killInTurn(crowd: Crowd, work: Work, seconds: number) {
  const chance = chanceOf(1);
  const recoveries: number[] = [];
  const wrong: string[] = [];
  crowd.takeDelays();
  for (let n = 0; n < kills; n += 1) {
    await pause((seconds * 1_000) / kills / 2);
    const victim: Process = chance.oneOf(n % 2 === 0 ? installation.webs : installation.workers);
    say(`kill -9 ${victim.name}`);
    const from = performance.now();
    await victim.kill();
    const back = victim.start();
    recoveries.push((await caughtUp(crowd)) - from);
    await back;
    say(`all screens as the database after ${((recoveries.at(-1) ?? 0) / 1_000).toFixed(2)} s`);
    await pause((seconds * 1_000) / kills / 2);
    await work.rest();
    await caughtUp(crowd);
    // What came last is on its way to some.
    await pause(500);
    wrong.push(...crowd.compare(await readConversations(pool)));
    work.go();
  }
  return {
    recoveries: recoveries.map((one) => one / 1_000),
    wrong,
    gaps: crowd.gaps(),
    failed: work.failed(),
    p99: crowd.takeDelays().p99,
  };
}

/** The moment at which every screen is open and shows all that was committed at some moment since. */
async function caughtUp(crowd: Crowd): Promise<number> {
  const begun = performance.now();
  let late: ReadonlyMap<string, string> = new Map();
  while (performance.now() - begun < patience) {
    const { rows } = await pool.query<{ id: string; version: number; teamId: string }>(
      'select id, version, team_id as "teamId" from conversations',
    );
    // What is looked for stands still while what comes goes on; who left and came back meanwhile is looked at again.
    late = crowd.behind(rows);
    for (const looked = performance.now(); performance.now() - looked < 3_000; await pause(50)) {
      // Only those that were late: looking at 400,000 lines every time would take a core from those that are measured.
      if (late.size > 0) late = crowd.behind(rows, late);
      else if (crowd.isReady()) {
        late = crowd.behind(rows);
        if (late.size === 0) return performance.now();
      }
    }
  }
  const some = [...late].slice(0, 5).map(([id, what]) => `${id} ${what}`);
  say(`${late.size} screens are still behind: ${some.join('; ')}`);
  return performance.now();
}

function pidsOf(processes: Installation['webs']): number[] {
  return processes.flatMap((one) => family(one.pid() ?? 0));
}

async function eventCount(): Promise<number> {
  return Number((await pool.query<{ n: string }>('select count(*) as n from events')).rows[0]?.n);
}

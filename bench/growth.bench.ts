// The same list, case, search and report with ever more cases: what is asked for every minute must not grow with the archive, and a report must not be felt by who works.
// 10,000 against 100,000 cases, since more takes long to build; `BENCH_GROWTH=10000,100000,500000,2000000` is the whole curve.
import { adviserCount, sessionToken } from './corpus.ts';
import { type Driver, startDriver } from './load.ts';
import { httpConnection, request } from './http-client.ts';
import { median, pause } from './measure.ts';
import { type Figure, loadNow, report } from './report.ts';
import { costOf, kinds, repeated, type Running, run } from './running.ts';

const sizes = (process.env['BENCH_GROWTH'] ?? '10000,100000').split(',').map(Number);
const sessions = Array.from({ length: adviserCount }, (_, n) => sessionToken(`adviser${n + 1}`));
const list = ['/api/v1/conversations?view=open&limit=50'];
/** What whoever leads teams looks at: of all teams, of thirty days. */
const reports = ['/api/v1/standing', '/api/v1/breaches'];

for (const kind of kinds()) {
  const loadBefore = loadNow();
  const curve: Awaited<ReturnType<typeof measure>>[] = [];
  for (const size of sizes) curve.push(await measure(kind, size));
  const [first, last] = [curve[0], curve.at(-1)];
  if (!first || !last) throw new Error('BENCH_GROWTH names no size.');
  const least = first.cases.toLocaleString('en');
  const figures = curve.flatMap((one): Figure[] => {
    const at = `at ${one.cases.toLocaleString('en')} cases`;
    const isLast = one === last;
    const upTo = (most: number) => (isLast ? { goal: { atMost: most } } : {});
    return [
      ...(one === first
        ? []
        : [
            { what: `list ${at}: CPU against ${least}`, unit: 'times', value: one.list.cpu / first.list.cpu, ...upTo(1.5) },
            { what: `case ${at}: CPU against ${least}`, unit: 'times', value: one.kase.cpu / first.kase.cpu, ...upTo(1.5) },
          ]),
      { what: `list ${at}: p50`, unit: 'ms', value: one.list.p50 },
      { what: `list ${at}: p99`, unit: 'ms', value: one.list.p99, ...upTo(50) },
      { what: `case ${at}: p50`, unit: 'ms', value: one.kase.p50 },
      { what: `case ${at}: p99`, unit: 'ms', value: one.kase.p99, ...upTo(100) },
      { what: `search ${at}: p95`, unit: 'ms', value: one.search.p95, ...upTo(200) },
      { what: `heaviest report ${at}: p95`, unit: 'ms', value: one.heaviest, ...upTo(2_000) },
      { what: `list ${at} while reports are read: p99 against without`, unit: 'times', value: one.disturbed, ...upTo(1.1) },
    ];
  });
  report({ bench: 'growth', database: last.version, busy: last.list.busy, loadBefore, figures });
}

async function measure(kind: Parameters<typeof run>[0], cases: number) {
  const running = await run(kind, cases);
  const driver = startDriver();
  try {
    const { rows } = await running.sql.query<{ id: string }>(
      `select case_id as id from conversations where last_seq = 20 order by md5(id::text) limit 20`,
    );
    const { rows: texts } = await running.sql.query<{ text: string }>('select text from messages order by md5(id::text) limit 200');
    const ask = (paths: string[], seconds: number) => driver.do('http', { port: running.port, sessions, paths, clients: 4, seconds });
    const cases20 = rows.map(({ id }) => `/api/v1/cases/${id}`);
    const searches = texts.map(({ text }, n) => `/api/v1/messages?limit=20&q=${encodeURIComponent(twoWords(text, n))}`);
    // Long enough for V8 to have compiled what it will: on the larger corpus fewer answers come in the first seconds, and the comparison would measure that.
    await ask([...list, ...cases20], 10);
    await ask(searches, 3);
    const each = async (paths: string[]) => {
      const measured = await repeated(() => costOf(running, () => ask(paths, 3)));
      const mid = (pick: (m: (typeof measured)[number]) => number) => median(measured.map(pick));
      const worst = (pick: (m: (typeof measured)[number]) => number) => Math.max(...measured.map(pick));
      return {
        cpu: mid((m) => (1_000 * (m.cost.server + m.cost.postgres)) / m.result.operations),
        p50: worst((m) => m.result.p50),
        p95: worst((m) => m.result.p95),
        p99: worst((m) => m.result.p99),
        busy: mid((m) => m.cost.busy),
      };
    };
    const [lists, kases, found] = [await each(list), await each(cases20), await each(searches)];
    return {
      cases,
      version: running.database.version,
      list: lists,
      kase: kases,
      search: found,
      ...(await withReports(running, driver, lists.p99)),
    };
  } finally {
    driver.end();
    await running.stop();
  }
}

/** How long the heaviest report takes, and what reading reports one after the other does to the list. */
async function withReports(running: Running, driver: Driver, alone: number): Promise<{ heaviest: number; disturbed: number }> {
  const lead = [await addLead(running)];
  await addLateAnswers(running);
  const reading = (paths: string[], seconds: number) =>
    driver.do('http', { port: running.port, sessions: lead, paths, clients: 1, seconds });
  let heaviest = { path: '', p95: 0 };
  for (const path of reports) {
    const { p95, failures } = await reading([path], 3);
    if (failures > 0) throw new Error(`${path} was refused.`);
    if (p95 > heaviest.p95) heaviest = { path, p95 };
  }
  // A person who reads one a second, which is more than people do.
  const http = httpConnection(running.port);
  const asked = request('GET', heaviest.path, lead[0] ?? '');
  const measured = await repeated(async () => {
    let isOver = false;
    const person = (async () => {
      while (!isOver) {
        await http.send(asked);
        await pause(1_000);
      }
    })();
    const { p99 } = await driver.do('http', { port: running.port, sessions, paths: list, clients: 4, seconds: 3 });
    isOver = true;
    await person;
    return p99;
  });
  http.end();
  return { heaviest: heaviest.p95, disturbed: Math.max(...measured) / alone };
}

/** One answer in twenty came late within the last thirty days, which the corpus does not tell. */
async function addLateAnswers({ sql }: Running): Promise<void> {
  await sql.query(`insert into breaches (id, conversation_id, since, clock, due_at, team_id, queue_id, cause, phases, people_there)
    select gen_random_uuid(), id, at, 'first_answer', at + interval '4 hours', team_id, queue_id, 'not_taken', '{"not_taken": 240}', 3
      from (select *, now() - (row_number() over () % 2592000) * interval '1 second' as at from conversations where hashtext(id::text) % 20 = 0) c`);
  await sql.query(`insert into works_agreements (id, kind, title, features, site_ids, purpose, gdpr_basis, necessity, valid_from, created_at, activated_at)
    values (gen_random_uuid(), 'agreement', 'Causes', '{breach_causes}', '{}', '', '', '', now(), now(), now())`);
  await sql.query('analyze breaches');
}

/** Somebody who leads every team, which the corpus lacks; gives their session's token. */
async function addLead({ sql }: Running): Promise<string> {
  await sql.query(
    `with lead as (insert into people (id, name, email, roles, site_id) select gen_random_uuid(), 'Lead', 'lead@haus.example', '{lead}', id from sites limit 1 returning id),
      members as (insert into team_members (team_id, person_id) select t.id, lead.id from teams t, lead)
      insert into sessions (id, person_id, token_hash, user_agent, created_at, last_seen_at, expires_at)
        select gen_random_uuid(), id, sha256(convert_to($1, 'UTF8')), 'bench', now(), now(), now() + interval '1 day' from lead`,
    [sessionToken('lead')],
  );
  return sessionToken('lead');
}

/** As somebody remembers a mail: two words of it. */
function twoWords(text: string, n: number): string {
  const words = text.split(/\s+/).filter((word) => word.length > 4);
  return `${words[n % words.length] ?? ''} ${words[(n * 7 + 3) % words.length] ?? ''}`.trim();
}

// The same list and the same case with a hundred times as many cases: what is asked for every minute must not grow with the archive.
// 10,000 against 100,000 cases, since a million takes long to build; BENCH_GROWTH=1000000 measures that.
import { adviserCount, sessionToken } from './corpus.ts';
import { startDriver } from './load.ts';
import { median } from './measure.ts';
import { loadNow, report } from './report.ts';
import { costOf, kinds, repeated, run } from './running.ts';

const small = 10_000;
const large = Number(process.env['BENCH_GROWTH'] ?? 100_000);
const sessions = Array.from({ length: adviserCount }, (_, n) => sessionToken(`adviser${n + 1}`));

for (const kind of kinds()) {
  const loadBefore = loadNow();
  const before = await measure(kind, small);
  const after = await measure(kind, large);
  const name = large.toLocaleString('en');
  report({
    bench: 'growth',
    database: before.version,
    busy: after.busy,
    loadBefore,
    figures: [
      { what: `list at ${name} cases: CPU against 10,000`, unit: 'times', value: after.list / before.list, goal: { atMost: 1.5 } },
      { what: `case at ${name} cases: CPU against 10,000`, unit: 'times', value: after.kase / before.kase, goal: { atMost: 1.5 } },
      { what: `list at ${name} cases: p50`, unit: 'ms', value: after.listP50, limit: before.listP50 },
      { what: `case at ${name} cases: p50`, unit: 'ms', value: after.kaseP50, limit: before.kaseP50 },
    ],
  });
}

async function measure(kind: Parameters<typeof run>[0], cases: number) {
  const running = await run(kind, cases);
  const driver = startDriver();
  try {
    const { rows } = await running.sql.query<{ id: string }>(
      `select case_id as id from conversations where last_seq = 20 order by md5(id::text) limit 20`,
    );
    const ask = (paths: string[], seconds: number) => driver.do('http', { port: running.port, sessions, paths, clients: 4, seconds });
    const list = ['/api/v1/conversations?view=open&limit=50'];
    const cases20 = rows.map(({ id }) => `/api/v1/cases/${id}`);
    // Long enough for V8 to have compiled what it will: on the larger corpus fewer answers come in the first seconds, and the comparison would measure that.
    await ask([...list, ...cases20], 10);
    const each = async (paths: string[]) => {
      const measured = await repeated(() => costOf(running, () => ask(paths, 4)));
      const of = (pick: (m: (typeof measured)[number]) => number) => median(measured.map(pick));
      return {
        cpu: of((m) => (1_000 * (m.cost.server + m.cost.postgres)) / m.result.operations),
        p50: of((m) => m.result.p50),
        busy: of((m) => m.cost.busy),
      };
    };
    const [lists, kases] = [await each(list), await each(cases20)];
    return {
      version: running.database.version,
      list: lists.cpu,
      listP50: lists.p50,
      kase: kases.cpu,
      kaseP50: kases.p50,
      busy: lists.busy,
    };
  } finally {
    driver.end();
    await running.stop();
  }
}

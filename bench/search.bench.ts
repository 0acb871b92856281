// How well a search orders what it finds, by judged searches, against a match of letters; and how long one takes in an archive of 300,000 messages.
import { openDatabase } from '../server/platform/database/database.ts';
import { migrate } from '../server/platform/database/migrate.ts';
import { testHouse } from '../server/testing/house.ts';
import { adviserCount, sessionToken } from './corpus.ts';
import { type Kind, prepare } from './database.ts';
import { startDriver } from './load.ts';
import { median } from './measure.ts';
import { type Figure, loadNow, report } from './report.ts';
import { costOf, kinds, repeated, run, usualCases } from './running.ts';
import { fillArchive, mean, type Ranking, rankAll } from './search/ranking.ts';

const sessions = Array.from({ length: adviserCount }, (_, n) => sessionToken(`adviser${n + 1}`));
/** Searches a few of which run at once: people search now and then. */
const clients = 4;

for (const kind of kinds()) {
  const ranking = await ranked(kind);
  const loadBefore = loadNow();
  const running = await run(kind, usualCases);
  const driver = startDriver();
  try {
    const { rows } = await running.sql.query<{ text: string }>(`select text from messages order by md5(id::text) limit 200`);
    const paths = rows.map(({ text }, n) => `/api/v1/messages?limit=20&q=${encodeURIComponent(remembered(text, n))}`);
    const ask = (seconds: number) => driver.do('http', { port: running.port, sessions, paths, clients, seconds });
    await ask(3);
    const measured = await repeated(() => costOf(running, () => ask(6)));
    const of = (pick: (m: (typeof measured)[number]) => number) => median(measured.map(pick));
    report({
      bench: 'search',
      database: running.database.version,
      busy: of((m) => m.cost.busy),
      loadBefore,
      figures: [
        ...ranking,
        { what: 'searches, four at once', unit: '/s', value: of((m) => m.result.perSecond) },
        { what: 'p50', unit: 'ms', value: of((m) => m.result.p50) },
        { what: 'p95', unit: 'ms', value: of((m) => m.result.p95), goal: { atMost: 200 } },
        { what: 'CPU a search', unit: 'ms', value: of((m) => (1_000 * (m.cost.server + m.cost.postgres)) / m.result.operations) },
        { what: 'failures', unit: '', value: measured.reduce((sum, m) => sum + m.result.failures, 0), goal: { atMost: 0 } },
      ],
    });
  } finally {
    driver.end();
    await running.stop();
  }
}

/** Two words that somebody remembers of a message; in every third search one of them is mistyped. */
function remembered(text: string, n: number): string {
  const long = [...new Set(text.split(/\s+/).filter((word) => word.length >= 5))];
  const [first = '', second = ''] = [long[n % long.length], long[(n + 7) % long.length]];
  return `${n % 3 === 0 ? first.slice(0, 2) + first.slice(3) : first} ${second}`;
}

async function ranked(kind: Kind): Promise<Figure[]> {
  const prepared = await prepare(kind, 0);
  await prepared.begin();
  const { DATABASE_URL: databaseUrl = '', NAHBAR_DATA: data = '' } = prepared.env;
  const database = await openDatabase({ databaseUrl, data, databaseConnections: 4 }, { role: 'command' });
  // The copy may be older than the newest migration, which a server would apply.
  await migrate(database.connection);
  const house = await testHouse({}, { database });
  try {
    const rankings = await rankAll(await fillArchive(house));
    const figure = (what: string, of: readonly Ranking[]): Figure => ({
      what: `nDCG@10 of ${of.length} ${what}`,
      unit: '',
      value: mean(of.map((one) => one.search)),
      goal: { atLeast: mean(of.map((one) => one.pattern)) },
    });
    const byKind = Map.groupBy(rankings, (one) => one.kind);
    return [figure('searches, target by pattern match', rankings), ...[...byKind].map(([name, of]) => figure(`of them: ${name}`, of))];
  } finally {
    await house.close();
    await prepared.end();
  }
}

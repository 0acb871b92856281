import fs from 'node:fs';
import path from 'node:path';
import { startSystemPostgres } from '../testing/system-postgres.ts';
import { failedChecks } from './check.ts';
import { repositoryFolder } from './folders.ts';
import { runTool } from './run-tool.ts';
import { leftOut } from './suites.ts';
import { addTallies, deservesSecondLook, failedFiles, readTally, type Tally } from './tally.ts';
import { buildWeb } from './web.ts';

/** How a suite ended, and how to see some of its files once more. */
interface Run {
  tally: Tally;
  /** Undefined where it broke and no file says so. */
  failed: readonly string[] | undefined;
  again: (files: readonly string[]) => Promise<readonly Run[]>;
}

/**
 * `nahbar test [FILTER …]`: without a filter every check and every suite; with one, only the tests whose path contains it.
 * Says at the end what it left out and, on the last line, "N passed, N failed". In CI leaving a suite out is a failure, and a few files that failed beside
 * others are seen once more, alone, where none of them shows a promise.
 */
export async function test(filters: string[]): Promise<number> {
  const whole = filters.length === 0;
  const isCi = Boolean(process.env['CI']);
  const failures = whole ? await failedChecks() : [];
  const runs: Run[] = [];
  if (whole && !(await buildsWeb())) failures.push('build');
  if (whole || filters.some((filter) => !filter.startsWith('e2e'))) runs.push(await runSuite('tests', filters));
  if (whole && isCi) runs.push(...(await onSystemPostgres()));
  if (hasEndToEnd() && leftOut().every(({ key }) => key !== 'chromium') && (whole || filters.some((filter) => filter.startsWith('e2e')))) {
    runs.push(...(await endToEnd(filters)));
  }
  const tallies = whole && isCi ? await secondLook(runs) : runs.map(({ tally }) => tally);
  const missing = whole ? leftOut() : [];
  for (const { name, how } of missing) process.stdout.write(`Left out: ${name}. ${how}\n`);
  if (isCi) failures.push(...missing.map(({ name }) => `left out: ${name}`));
  if (failures.length > 0) process.stdout.write(`Failed besides tests: ${failures.join(', ')}\n`);
  const { passed, failed, skipped } = addTallies(tallies);
  const allFailed = failed + failures.length;
  process.stdout.write(`${passed} passed, ${allFailed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  return allFailed === 0 ? 0 : 1;
}

/** All journeys in three parts at once, each with a server and a company of its own: a journey waits for two thirds of its time. */
function endToEnd(filters: readonly string[]): Promise<Run[]> {
  const config = ['--config', 'e2e/vitest.config.ts'];
  const parts = filters.length > 0 ? [['e2e', ...config]] : [1, 2, 3].map((part) => [`e2e-${part}`, ...config, `--shard=${part}/3`]);
  return Promise.all(parts.map(([name = '', ...args]) => runSuite(name, filters, args)));
}

/** What passes alone is not counted as failed, but named: a test that a loaded machine upsets has to be mended all the same. */
async function secondLook(runs: readonly Run[]): Promise<Tally[]> {
  const first = runs.map(({ tally }) => tally);
  if (runs.some(({ failed }) => failed === undefined) || !deservesSecondLook(runs.flatMap(({ failed }) => failed ?? []))) return first;
  const tallies: Tally[] = [];
  for (const { tally, failed = [], again } of runs) {
    const alone = failed.length > 0 ? addTallies((await again(failed)).map((run) => run.tally)) : undefined;
    if (alone?.failed !== 0 || alone.passed === 0) tallies.push(tally);
    else {
      tallies.push({ ...tally, failed: 0 });
      for (const file of failed)
        process.stdout.write(`Failed beside others, passed alone; to be mended: ${path.relative(repositoryFolder, file)}\n`);
    }
  }
  return tallies;
}

async function runSuite(name: string, filters: readonly string[], args: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const report = path.join(repositoryFolder, 'node_modules', '.cache', `report-${name}-${process.pid}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await runTool('vitest', ['run', ...args, ...reporters, '--passWithNoTests', ...filters], env);
  const [tally, failed] = [readTally(report, code), failedFiles(report, code)];
  fs.rmSync(report, { force: true });
  const whole = args.filter((arg) => !arg.startsWith('--shard='));
  return { tally, failed, again: async (files) => [await runSuite(`${name}-again`, files, whole, env)] };
}

// These start databases of their own, so a second run on another server would tell nothing new.
const ownDatabase = ['server/platform/database/embedded/embedded.test.ts', 'server/cli.test.ts', 'server/bootstrap.test.ts'];
// These take long and are about mails, hours, mail servers and processes, not about the database; that the sample company loads into any shows `load.test`,
// that nobody overtakes anybody on any `claim.test` and `next.test`.
const withoutDatabase = [
  'channels/chat/once.test.ts',
  'channels/email/large.test.ts',
  'channels/email/never-answered.test.ts',
  'channels/email/server/hostile.test.ts',
  'channels/email/server/imap/imap.servers.test.ts',
  'channels/email/whole-way.servers.test.ts',
  'channels/email/crash-house.test.ts',
  'channels/email/crash-sending.test.ts',
  'server/modules/conversations/claims/thirty-advisers.test.ts',
  'server/modules/conversations/news/crash.test.ts',
  'server/modules/conversations/reading/presence.test.ts',
  'server/modules/workspace/webhooks/crash.test.ts',
  'server/demo/clock.test.ts',
  'server/modules/conversations/claims/release-gone.test.ts',
  'server/simulation/simulate.test.ts',
];

/** Everything that meets a database once more on the oldest PostgreSQL we promise to support, when this machine has one. */
async function onSystemPostgres(
  files = [...meetDatabase(), 'tests/permissions', 'tests/live-rights', 'tests/erasure', 'tests/restriction'],
): Promise<Run[]> {
  const server = await startSystemPostgres();
  if (!server) return [];
  process.stdout.write(`The tests on PostgreSQL ${server.version}:\n`);
  try {
    const excluded = [...ownDatabase, ...withoutDatabase].map((file) => `--exclude=${file}`);
    const run = await runSuite('external', files, excluded, { NAHBAR_TEST_DATABASE_URL: server.url });
    // Its server is gone by then.
    return [{ ...run, again: (failed) => onSystemPostgres([...failed]) }];
  } finally {
    await server.stop();
  }
}

/** Such tests get their database from what is called `testing`; the others would tell nothing new. */
const meetDatabase = (): string[] =>
  ['server', 'channels']
    .flatMap((folder) => fs.globSync(`${folder}/**/*.test.ts`, { cwd: repositoryFolder }))
    .filter((file) => /from '[^']*\/testing[/.]/.test(fs.readFileSync(path.join(repositoryFolder, file), 'utf8')));

async function buildsWeb(): Promise<boolean> {
  try {
    await buildWeb((line) => process.stdout.write(`${line}\n`));
    return true;
  } catch (error) {
    process.stdout.write(`FAIL build: ${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  }
}

function hasEndToEnd(): boolean {
  return fs.existsSync(path.join(repositoryFolder, 'e2e', 'vitest.config.ts'));
}

import fs from 'node:fs';

export type Tally = { passed: number; failed: number; skipped: number };

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
};

/** Counts a run from vitest's JSON report. A run that broke without a failed test (no report, a file that does not load) counts as one failure. */
export function readTally(reportFile: string, exitCode: number): Tally {
  if (!fs.existsSync(reportFile)) return { passed: 0, failed: 1, skipped: 0 };
  const report = readReport(reportFile);
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((result) => result.status !== 'failed'),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

const readReport = (file: string): Report => JSON.parse(fs.readFileSync(file, 'utf8')) as Report;

/** The files in which something failed; undefined where the run broke otherwise, and no file says so. */
export function failedFiles(reportFile: string, exitCode: number): readonly string[] | undefined {
  if (!fs.existsSync(reportFile)) return undefined;
  const files = readReport(reportFile)
    .testResults.filter(({ status }) => status === 'failed')
    .map(({ name }) => name);
  return files.length === 0 && exitCode !== 0 ? undefined : files;
}

/** Where it is shown that nothing is lost, doubled or done twice at once: what fails there once has failed. */
const promises = /\/(torture|claims|sync-law)\/|\/(crash[^/]*|once|abandoned|uploads|outage|storage-faults)\.test\.ts$/;

/** Whether a second look at what failed, alone, may tell that the load of the machine was to blame: a few files, and none that shows a promise. */
export const deservesSecondLook = (files: readonly string[]): boolean =>
  files.length > 0 && files.length <= 3 && files.every((file) => !promises.test(file));

export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, { passed, failed, skipped }) => ({ passed: sum.passed + passed, failed: sum.failed + failed, skipped: sum.skipped + skipped }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { addTallies, deservesSecondLook, failedFiles, readTally } from './tally.ts';

describe('the count of a test run', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nahbar-tally-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));
  const report = (numPassedTests: number, numFailedTests: number, testResults: object[] = []) => {
    const file = path.join(folder, 'report.json');
    fs.writeFileSync(file, JSON.stringify({ numPassedTests, numFailedTests, numPendingTests: 1, numTodoTests: 0, testResults }));
    return file;
  };

  it('is that of the report', () => {
    expect(readTally(report(3, 0), 0)).toEqual({ passed: 3, failed: 0, skipped: 1 });
    expect(readTally(report(3, 2), 1)).toEqual({ passed: 3, failed: 2, skipped: 1 });
  });

  it('never hides a run that broke: a file that does not load, an error outside tests, no report', () => {
    const unloaded = { status: 'failed', assertionResults: [] };
    const failed = { status: 'failed', assertionResults: [{ status: 'failed' }] };
    expect(readTally(report(3, 1, [unloaded, failed]), 1).failed).toBe(2);
    expect(readTally(report(3, 0), 1).failed).toBe(1);
    expect(readTally(path.join(folder, 'none.json'), 0).failed).toBe(1);
  });

  it('names the files in which something failed, and does not know them where a run broke otherwise', () => {
    const failed = { name: '/here/e2e/chat.test.ts', status: 'failed', assertionResults: [] };
    expect(failedFiles(report(3, 0, [failed, { name: '/here/a.test.ts', status: 'passed', assertionResults: [] }]), 1)).toEqual([
      failed.name,
    ]);
    expect(failedFiles(report(3, 0), 0)).toEqual([]);
    expect(failedFiles(report(3, 0), 1)).toBe(undefined);
    expect(failedFiles(path.join(folder, 'none.json'), 0)).toBe(undefined);
  });

  it.each([
    [[], false],
    [['/here/e2e/chat.test.ts', '/here/server/modules/cases/cases.test.ts'], true],
    [['/here/web/modules/routing/queues/at-once.test.ts'], true],
    [['a', 'b', 'c', 'd'], false],
    [['/here/e2e/chat.test.ts', '/here/torture/torture.test.ts'], false],
    [['/here/channels/email/crash-sending.test.ts'], false],
    [['/here/server/modules/conversations/claims/next.test.ts'], false],
    [['/here/channels/chat/once.test.ts'], false],
  ])('gives %j a second look: %s', (files, does) => expect(deservesSecondLook(files)).toBe(does));

  it('adds up', () => {
    expect(
      addTallies([
        { passed: 1, failed: 0, skipped: 2 },
        { passed: 3, failed: 1, skipped: 0 },
      ]),
    ).toEqual({ passed: 4, failed: 1, skipped: 2 });
  });
});

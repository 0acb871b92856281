import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { historyOf, leftOut } from './suites.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nahbar-suites-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true, force: true });
});

const keys = () => leftOut().map(({ key }) => key);

test('a suite is left out for as long as what it needs is missing, and says what that is', () => {
  for (const name of ['CI', 'CHROMIUM_PATH', 'NAHBAR_TEST_DATABASE_URL', 'NAHBAR_TEST_DATA']) vi.stubEnv(name, '');
  vi.stubEnv('PATH', folder);
  expect(keys()).toEqual(expect.arrayContaining(['chromium', 'notifications', 'postgres', 'data']));
  for (const { name, how } of leftOut()) expect(`${name}: ${how}`).toMatch(/\w.*: .*\w/);
  expect(leftOut().find(({ key }) => key === 'data')?.how).toContain('NAHBAR_TEST_DATA');

  fs.writeFileSync(path.join(folder, 'chromium-headless-shell'), '');
  expect(keys()).not.toContain('chromium');
  expect(keys()).toContain('notifications');
  fs.writeFileSync(path.join(folder, 'chromium'), '');
  vi.stubEnv('NAHBAR_TEST_DATABASE_URL', 'postgresql://localhost:1/none');
  vi.stubEnv('NAHBAR_TEST_DATA', folder);
  for (const key of ['chromium', 'notifications', 'postgres', 'data']) expect(keys()).not.toContain(key);
  vi.stubEnv('NAHBAR_TEST_DATA', path.join(folder, 'away'));
  expect(keys()).toContain('data');
});

test('a shallow clone is told from a whole one, and from none', () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.example', ...args], { cwd: folder, stdio: 'pipe' });
  expect(historyOf(folder)).toBe('none');
  git('init', '--quiet', 'origin');
  for (const subject of ['one', 'two']) git('-C', 'origin', 'commit', '--quiet', '--allow-empty', '-m', subject);
  git('clone', '--quiet', '--depth=1', `file://${folder}/origin`, 'shallow');
  expect(historyOf(path.join(folder, 'origin'))).toBe('whole');
  expect(historyOf(path.join(folder, 'shallow'))).toBe('shallow');
  git('-C', 'shallow', 'fetch', '--quiet', '--unshallow');
  expect(historyOf(path.join(folder, 'shallow'))).toBe('whole');
});

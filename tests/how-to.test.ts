import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { historyOf } from '../server/cli/suites.ts';
import { root } from './source-files.ts';

const folder = 'docs/how-to';
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

const history = historyOf(root);
const leftOut = {
  whole: '',
  shallow: ' (left out: this clone is shallow and lacks the commit, git fetch --unshallow brings it)',
  none: ' (left out: no git repository is here)',
}[history];

/** `<word>` stands for one name, `**` for anything below. */
const patternOf = (named: string): RegExp =>
  new RegExp(
    `^${named
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace('\\*\\*', '.+')
      .replace(/<[a-z]+>/g, '[^/]+')}$`,
  );
const codeIn = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');
/** What looks like a path of ours. */
const isPath = (code: string): boolean => /^(?:contract|server|web|channels|docs|tests|e2e|bench|torture)\/\S*$/.test(code);

const tracked = new Set<string>();
const walk = (at: string): void => {
  for (const entry of readdirSync(path.join(root, at), { withFileTypes: true })) {
    if (entry.isDirectory()) walk(`${at}/${entry.name}`);
    else tracked.add(`${at}/${entry.name}`);
  }
};
for (const top of ['contract', 'server', 'web', 'channels', 'docs', 'tests', 'e2e']) walk(top);

const pages = readdirSync(path.join(root, folder)).filter((name) => name.startsWith('add-'));

describe.each(pages)('%s', (page) => {
  const text = read(`${folder}/${page}`);
  const listed = [...text.matchAll(/^\| (`.+?`) \|/gm)].flatMap(([, cell]) => codeIn(cell ?? '')).map(patternOf);
  const [, hash = '', subject = ''] = /^Checked by commit `([0-9a-f]{7,40})`: \*(.+)\*\.$/m.exec(text) ?? [];

  it('names only paths that exist', () => {
    const named = codeIn(text).filter(isPath);
    const missing = named.filter((code) => {
      const pattern = patternOf(code.replace(/\/$/, '/**'));
      return ![...tracked].some((file) => pattern.test(file) || file.startsWith(`${code}/`));
    });
    expect(named.length).toBeGreaterThan(3);
    expect(missing).toEqual([]);
  });

  it('is checked by a commit that it names', () => expect([hash, subject]).not.toContain(''));

  // Who builds for everybody has no excuse.
  it.skipIf(history === 'none' || (history === 'shallow' && !process.env['CI']))(`lists every file of that commit${leftOut}`, () => {
    expect(history, 'this clone is shallow and lacks the commit: git fetch --unshallow').not.toBe('shallow');
    expect(git('show', '--no-patch', '--format=%s', hash)).toBe(subject);
    const touched = git('show', '--name-only', '--format=', hash).split('\n');
    expect(touched.filter((file) => !listed.some((pattern) => pattern.test(file)))).toEqual([]);
  });
});

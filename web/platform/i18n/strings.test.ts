import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const files = globSync(['web/{modules,platform,ui}/**/{strings,pages,errors}.{de,en}.json', 'channels/*/strings.{de,en}.json'], {
  cwd: root,
});
/** A pair of files without its language: `web/modules/cases/errors`. */
const pairs = [...new Set(files.map((file) => file.replace(/\.(de|en)\.json$/, '')))].toSorted();

type Tree = { [key: string]: string | Tree };
const read = (path: string): Tree => JSON.parse(readFileSync(join(root, path), 'utf8')) as Tree;
const keysOf = (tree: Tree, prefix = ''): Map<string, string> =>
  new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...keysOf(value, `${prefix}${key}.`)],
    ),
  );
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{(\w+)/g)].map((match) => match[1] ?? '').toSorted();

test.each(pairs)('%s says everything in both languages, with the same gaps to fill', (pair) => {
  const de = keysOf(read(`${pair}.de.json`));
  const en = keysOf(read(`${pair}.en.json`));
  expect([...de.keys()].toSorted()).toEqual([...en.keys()].toSorted());
  for (const [key, text] of de) {
    expect(text.trim(), key).not.toBe('');
    expect(placeholders(text), key).toEqual(placeholders(en.get(key) ?? ''));
  }
});

test.each(pairs)('%s speaks German in one voice: it says du', (pair) => {
  // „Sie“ begins a sentence about things, too; the polite form shows by its verb, or inside a sentence.
  const polite = /(?<=[\p{L},] )(?:Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b|\b(?:\p{L}+en) Sie\b|\b(?:Ihnen|Ihre[mnrs]?)\b/u;
  // What a customer is called is a choice, not an address.
  const wrong = [...keysOf(read(`${pair}.de.json`))].filter(([key, text]) => key !== 'salutation.formal' && polite.test(text));
  expect(wrong).toEqual([]);
});

const folderOf = (namespace: string): string =>
  namespace === 'platform'
    ? 'web/platform/i18n'
    : existsSync(join(root, `web/modules/${namespace}`))
      ? `web/modules/${namespace}`
      : `channels/${namespace}`;
/** All that is said in a room: on the first screen and on pages that come later. */
const textsOf = (namespace: string): Tree =>
  Object.assign({}, ...globSync(`${folderOf(namespace)}/{strings,pages}.de.json`, { cwd: root }).map(read)) as Tree;

test('no sentence of a later page takes the place of one of the first screen', () => {
  for (const pages of globSync('web/modules/*/pages.de.json', { cwd: root })) {
    const first = pages.replace('pages', 'strings');
    const both = existsSync(join(root, first)) ? Object.keys(read(first)).filter((key) => key in read(pages)) : [];
    expect(both, pages).toEqual([]);
  }
});

// `problem-text.ts` alone takes texts by code; `tests/error-texts.test.ts` holds that every code has them.
const sources = globSync(['web/**/*.{ts,tsx}', 'channels/*/web/**/*.{ts,tsx}'], { cwd: root }).filter(
  (file) => !file.includes('.test.') && !file.endsWith('problem-text.ts'),
);

test.each(sources.filter((file) => /use(Text)\(|textOf\('/.test(readFileSync(join(root, file), 'utf8'))))(
  '%s uses only sentences that exist',
  (file) => {
    const source = readFileSync(join(root, file), 'utf8');
    for (const [, name, namespace] of source.matchAll(/const (\w+) = (?:useText|textOf)\('([\w-]+)'\)/g)) {
      const known = [...keysOf(textsOf(namespace ?? '')).keys()];
      const base = known.map((key) => key.replace(/_(zero|one|two|few|many|other)$/, ''));
      for (const [, key] of source.matchAll(new RegExp(`\\b${name}\\(\\s*'([^']+)'`, 'g')))
        expect(base, `${file}: ${namespace}:${key}`).toContain(key);
      for (const [, prefix] of source.matchAll(new RegExp(`\\b${name}\\(\\s*\`([^$\`]+)\\$`, 'g')))
        expect(
          base.some((key) => key.startsWith(prefix ?? '')),
          `${file}: ${namespace}:${prefix}…`,
        ).toBe(true);
    }
  },
);

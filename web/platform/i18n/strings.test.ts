import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const files = globSync(['web/{modules,platform,ui}/**/strings.{de,en}.json', 'channels/*/strings.{de,en}.json'], { cwd: root }).toSorted();
const folders = [...new Set(files.map((file) => dirname(file)))];

type Tree = { [key: string]: string | Tree };
const read = (path: string): Tree => JSON.parse(readFileSync(join(root, path), 'utf8')) as Tree;
const keysOf = (tree: Tree, prefix = ''): Map<string, string> =>
  new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...keysOf(value, `${prefix}${key}.`)],
    ),
  );
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{(\w+)/g)].map((match) => match[1] ?? '').toSorted();

test.each(folders)('%s says everything in both languages, with the same gaps to fill', (folder) => {
  const de = keysOf(read(`${folder}/strings.de.json`));
  const en = keysOf(read(`${folder}/strings.en.json`));
  expect([...de.keys()].toSorted()).toEqual([...en.keys()].toSorted());
  for (const [key, text] of de) {
    expect(text.trim(), key).not.toBe('');
    expect(placeholders(text), key).toEqual(placeholders(en.get(key) ?? ''));
  }
});

const namespaceFile = (namespace: string): string =>
  namespace === 'platform'
    ? 'web/platform/i18n/strings.de.json'
    : existsSync(join(root, `web/modules/${namespace}`))
      ? `web/modules/${namespace}/strings.de.json`
      : `channels/${namespace}/strings.de.json`;

const sources = globSync(['web/**/*.{ts,tsx}', 'channels/*/web/**/*.{ts,tsx}'], { cwd: root }).filter((file) => !file.includes('.test.'));

test.each(sources.filter((file) => /use(Text)\(|textOf\('/.test(readFileSync(join(root, file), 'utf8'))))(
  '%s uses only sentences that exist',
  (file) => {
    const source = readFileSync(join(root, file), 'utf8');
    for (const [, name, namespace] of source.matchAll(/const (\w+) = (?:useText|textOf)\('([\w-]+)'\)/g)) {
      const known = [...keysOf(read(namespaceFile(namespace ?? ''))).keys()];
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

const rooms = globSync('web/modules/*/strings.de.json', { cwd: root }).map((file) => file.split('/')[2] ?? '');
const codesOf = (room: string): string[] =>
  [
    ...new Set(
      globSync(['contract/**/*.ts', 'server/modules/*/errors.ts'], { cwd: root })
        .flatMap((file) =>
          [...readFileSync(join(root, file), 'utf8').matchAll(new RegExp(`errors: \\[[^\\]]*\\]|^  '${room}\\.[a-z_]+': \\{`, 'gm'))].map(
            ([text]) => text,
          ),
        )
        .flatMap((text) => [...text.matchAll(new RegExp(`'${room}\\.([a-z_]+)'`, 'g'))].map(([, code]) => code ?? '')),
    ),
  ].toSorted();

test.each(rooms)('%s says what happened and what to do for each of its error codes', (room) => {
  const known = keysOf(read(namespaceFile(room)));
  for (const code of codesOf(room)) {
    expect([...known.keys()], `${room}.${code}`).toContain(`errors.${code}.title`);
    expect([...known.keys()], `${room}.${code}`).toContain(`errors.${code}.help`);
  }
});

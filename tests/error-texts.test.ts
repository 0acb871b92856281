import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadModules } from '../server/modules/order.ts';
import { fail } from '../server/platform/errors.ts';
import { root, sourceFiles } from './source-files.ts';

type Texts = Record<string, { title: string; help: string }>;

const modules = await loadModules();
const folders = ['web/platform/i18n', ...modules.map((module) => `web/modules/${module.name}`)];
const textsIn = (folder: string, language: 'de' | 'en'): Texts =>
  JSON.parse(readFileSync(path.join(root, folder, `errors.${language}.json`), 'utf8')) as Texts;

/** What a health line can say, and what the browser says by itself: no catalogue lists them, the code names them. */
const namedIn = (files: readonly string[], pattern: RegExp): string[] =>
  files.flatMap((file) => [...readFileSync(path.join(root, file), 'utf8').matchAll(pattern)].map(([, code]) => code ?? ''));
const health = namedIn(
  sourceFiles(['server/modules']).filter((file) => file.endsWith('/health.ts')),
  /code: '(\w+\.\w+)'/g,
);
const client = namedIn(['web/platform/api/problem.ts'], /'(client\.\w+)'/g);
const codes = new Set([
  ...Object.keys(fail.catalogue),
  ...modules.flatMap((module) => Object.keys(module.errors ?? {})),
  ...health,
  ...client,
]);

describe.each(['de', 'en'] as const)('error texts (%s)', (language) => {
  const all = folders.flatMap((folder) => Object.entries(textsIn(folder, language)).map(([code, text]) => ({ folder, code, text })));

  it('exist for every code, once, and for no other', () => {
    expect(all.map(({ code }) => code).toSorted()).toEqual([...codes].toSorted());
  });

  it('lie with the room that their code names', () => {
    const place = (code: string) => (/^(core|client)\./.test(code) ? 'web/platform/i18n' : `web/modules/${code.split('.')[0]}`);
    expect(all.filter(({ folder, code }) => folder !== place(code))).toEqual([]);
  });

  it('say what happened and what to do in whole sentences', () => {
    const whole = (sentence: string) => /^[\p{Lu}{].*[.?]$/u.test(sentence);
    expect(all.filter(({ text }) => !whole(text.title) || !whole(text.help))).toEqual([]);
  });
});

describe.each(['de', 'en'] as const)('texts of fields that are wrong (%s)', (language) => {
  const textsOf = (room: string): Record<string, string> => {
    const folder = room === 'core' ? 'web/platform/i18n' : `web/modules/${room}`;
    const files = ['strings', 'pages']
      .map((name) => path.join(root, folder, `${name}.${language}.json`))
      .filter((file) => existsSync(file));
    const texts = files.map((file) => (JSON.parse(readFileSync(file, 'utf8')) as { fieldProblems?: Record<string, string> }).fieldProblems);
    return Object.assign({}, ...texts) as Record<string, string>;
  };
  const refusing = sourceFiles(['server']).filter(
    (file) => !file.includes('.test.') && /\binvalidInput\(/.test(readFileSync(path.join(root, file), 'utf8')),
  );
  const named = new Set([
    ...namedIn(refusing, /\bcode: '(\w+\.\w+)'/g),
    ...namedIn(['server/platform/http/field-problems.ts'], /'(core\.\w+)'/g),
  ]);

  it('exist for every code the code names, and for no other', () => {
    const rooms = ['core', ...modules.map((module) => module.name)];
    const known = rooms.flatMap((room) => Object.keys(textsOf(room)).map((key) => `${room}.${key.replace(/_(one|other)$/, '')}`));
    expect([...new Set(known)].toSorted()).toEqual([...named].toSorted());
  });
});

describe('error texts', () => {
  it('live in errors.*.json only', () => {
    const strings = sourceFiles(['web'], /\/(strings|pages)\.(de|en)\.json$/);
    expect(strings.filter((file) => 'errors' in (JSON.parse(readFileSync(path.join(root, file), 'utf8')) as object))).toEqual([]);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadModules } from '../server/modules/order.ts';
import { root, sourceFiles } from './source-files.ts';

const rooms = (await loadModules()).map((module) => module.name);
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const sentencesOf = (room: string, language: string): Record<string, string> => {
  const file = `web/modules/${room}/audit.${language}.json`;
  return existsSync(path.join(root, file)) ? (JSON.parse(read(file)) as Record<string, string>) : {};
};

/**
 * What the rooms write into the audit log: no catalogue lists it, so the code is read. An action stands in the entry itself or is handed to the small
 * function of the file that writes it; a file that calls `audit` and shows none is told.
 */
const actions = new Set(
  sourceFiles(['server/modules'])
    .filter((file) => !file.includes('.test.') && /(?<!function )\baudit\(/.test(read(file)))
    .flatMap((file) => {
      const source = read(file);
      const written = /action: '(\w+\.[a-z_]+)'|(?:changed|finish|saved|note)\([^;]*?'(\w+\.[a-z_]+)'/g;
      const found = [...source.matchAll(written)].map(([, direct, passed]) => direct ?? passed ?? '');
      return found.length > 0 ? found : [`unknown in ${file}`];
    }),
);

describe.each(['de', 'en'])('the audit log in words (%s)', (language) => {
  const all = rooms.flatMap((room) => Object.entries(sentencesOf(room, language)).map(([action, text]) => ({ room, action, text })));

  it('has a sentence for every action, once, with its room, and for no other', () => {
    expect(all.map(({ action }) => action).toSorted()).toEqual([...actions].toSorted());
    expect(all.filter(({ room, action }) => !action.startsWith(`${room}.`))).toEqual([]);
  });

  it('says whole sentences with known gaps, the same in both languages', () => {
    for (const { room, action, text } of all) {
      expect(text, action).toMatch(/^\S.*\.$/);
      const gaps = (of: string | undefined) => [...(of?.matchAll(/\{\{(\w+)\}\}/g) ?? [])].map(([, gap]) => gap).toSorted();
      expect(gaps(text).filter((gap) => gap !== 'who' && gap !== 'what')).toEqual([]);
      expect(gaps(text), action).toEqual(gaps(sentencesOf(room, language === 'de' ? 'en' : 'de')[action]));
    }
  });
});

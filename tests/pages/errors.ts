import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fail } from '../../server/platform/errors.ts';
import type { Module } from '../../server/platform/module.ts';
import { root } from '../source-files.ts';
import { code, table } from './table.ts';

type Texts = Record<string, { title: string; help: string }>;

const texts = (folder: string, language: string): Texts =>
  JSON.parse(readFileSync(path.join(root, folder, `errors.${language}.json`), 'utf8')) as Texts;

export function errorsPage(modules: readonly Module[]): string {
  const parts = [
    { name: 'core', folder: 'web/platform/i18n', catalogue: fail.catalogue },
    ...modules.map(({ name, errors }) => ({ name, folder: `web/modules/${name}`, catalogue: errors ?? {} })),
  ].map(({ name, folder, catalogue }) => {
    const [de, en] = [texts(folder, 'de'), texts(folder, 'en')];
    const say = (all: Texts, key: string) => `**${all[key]?.title ?? ''}** ${all[key]?.help ?? ''}`;
    const rows = Object.keys(en).map((key) => {
      const kind = catalogue[key];
      return [code(key), kind ? String(kind.status) : '–', kind ? `**${kind.title}** ${kind.help}` : '–', say(en, key), say(de, key)];
    });
    return `## ${name}\n\n${table(['code', 'status', 'in the API', 'on screen', 'auf dem Bildschirm'], rows)}\n`;
  });
  return `# Error codes

Generated from the rooms' \`errors.ts\` and \`web/modules/*/errors.*.json\` (\`UPDATE_DOCS=1 npm test tests/generated\`).

A refusal is a problem document (RFC 9457): \`code\`, \`status\`, \`title\` (what happened), \`help\` (what was kept and what to do), sometimes \`data\`
and \`fields\`. Codes are stable; words are not. Without a status: lines of the health page, and what the browser says by itself.

${parts.join('\n')}`;
}

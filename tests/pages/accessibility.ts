import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type StatementTexts, statementOf, type Tested } from '../../web/modules/workspace/accessibility/statement.ts';
import { root } from '../source-files.ts';

const folder = 'web/modules/workspace/accessibility';
const read = <T>(file: string): T => JSON.parse(readFileSync(path.join(root, folder, file), 'utf8')) as T;

export const tested = (): Tested => read<Tested>('generated/tested.json');
export const statementTexts = (language: 'de' | 'en'): StatementTexts => read<StatementTexts>(`statement.${language}.json`);

const locales = { de: 'de-DE', en: 'en-GB' };
const placeholders = { de: { company: '‹Firma›', contact: '‹Kontakt›' }, en: { company: '‹company›', contact: '‹contact›' } };

/** The statement as the product shows it at `/accessibility`, where company and contact come from the settings. */
export function accessibilityPage(language: 'de' | 'en'): string {
  const day = new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: 'UTC' });
  const dateOf = (on: string): string => day.format(new Date(`${on}T00:00:00Z`));
  const { title, intro, sections } = statementOf(tested(), statementTexts(language), { ...placeholders[language], dateOf });
  const parts = sections.map(({ title: heading, parts: lines }) =>
    [`## ${heading}`, ...lines.map((part) => ('text' in part ? part.text : part.list.map((line) => `- ${line}`).join('\n')))].join('\n\n'),
  );
  return `<!-- generated from what the tests found; do not edit -->\n\n# ${title}\n\n${intro}\n\n${parts.join('\n\n')}\n`;
}

import { expect, test } from 'vitest';
import type { Snippet } from '../../../../contract/knowledge.ts';
import { findSnippets } from './find.ts';

const snippet = (shortcut: string, title: string, de: string, en = ''): Snippet => ({
  id: shortcut,
  version: 1,
  title,
  shortcut,
  text: { de, en },
  teamId: null,
  writtenBy: null,
  writtenAt: '2026-11-22T09:00:00.000Z',
});
const all = [
  snippet('danke', 'Danke für die Geduld', 'Vielen Dank.', 'Thank you.'),
  snippet('gruss', 'Grüße', 'Herzliche Grüße'),
  snippet('retoure', 'Rücksendung: so geht es', 'Das Etikett liegt bei. Danke!', 'The label is enclosed.'),
  snippet('us', 'Only abroad', '', 'Thanks for writing.'),
];
const found = (query: string, language: 'de' | 'en' = 'de') =>
  findSnippets(all, query, language).map((one) => `${one.snippet.shortcut} ${one.language}`);

test.each([
  ['', ['danke de', 'gruss de', 'retoure de', 'danke en', 'retoure en', 'us en']],
  ['danke', ['danke de', 'retoure de', 'danke en']],
  ['grüße', ['gruss de']],
  ['GRUSSE', ['gruss de']],
  ['rucksendung', ['retoure de', 'retoure en']],
  ['danke etikett', ['retoure de']],
  ['fax', []],
])('"%s" finds %s', (query, expected) => expect(found(query)).toEqual(expected));

test('whoever reads English gets the English text first', () => {
  expect(found('', 'en').slice(0, 3)).toEqual(['danke en', 'retoure en', 'us en']);
});

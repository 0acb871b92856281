import { expect, test } from 'vitest';
import { bodyOf, lineOf } from './letter.ts';

test.each([
  ['Guten Tag,\n\ndas Paket war leer.\nBestellung 4711\n\nMit freundlichen Grüßen\nErika Klein', 'das Paket war leer.\nBestellung 4711'],
  ['Sehr geehrte Damen und Herren,\nsie ist kaputt.\nMfG Voss', 'sie ist kaputt.'],
  ['Dear Ms Wolf,\n\nit never came.\n\nKind regards,\nHannah', 'it never came.'],
  ['Hallo\n> Wann kommt es?\nAm Dienstag passt es.', 'Am Dienstag passt es.'],
])('keeps what %j says', (letter, said) => expect(bodyOf(letter)).toBe(said));

test.each([
  'Moin, die Rechnung kam zweimal. Muss ich auch zweimal zahlen?',
  'Hallo, mein Paket ist weg',
  'Guten Tag',
  'Liebe Grüße an Frau Wolf, das war großartig.',
  '',
])('leaves %j as it is', (letter) => expect(bodyOf(letter)).toBe(letter));

test('goes on after a farewell that is none', () => {
  const letter = `Viele Grüße vorab.\n${'Noch ein Satz.\n'.repeat(12)}`.trim();
  expect(bodyOf(letter)).toBe(letter);
});

test('takes a name below for what it is', () => expect(bodyOf('Sie ist kaputt.\n\nErika Klein', 'Erika Klein')).toBe('Sie ist kaputt.'));

test('makes one line of a letter', () =>
  expect(lineOf('Guten Tag Frau Klein,\n\nwir forschen nach\nund melden uns.\n\nViele Grüße\nKim')).toBe(
    'wir forschen nach und melden uns.',
  ));

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, sourceFiles } from './source-files.ts';

/** People are written with a colon (`docs/glossary.md`): neither in the masculine for all, nor in pairs, nor with another sign. Compounds such as "Kundennummer" name things. */
const people =
  'Kund|Kolleg|Berater|Mitarbeiter|Benutzer|Nutzer|Besucher|Teilnehmer|Ansprechpartner|Kundenberater|Teamleiter|Administrator|Käufer|Verkäufer';
const masculine = new RegExp(`\\b(?:Kunden?|Kollegen?|(?:${people.split('|').slice(2).join('|')})(?:s|n|en)?)\\b(?![:*_])`, 'g');
const paired = new RegExp(`\\b(?:${people})(?:in|innen)\\b`, 'g');
const otherSign = new RegExp(`\\b(?:${people})(?:[*_/]-?|I)(?:in|innen|nnen)\\b`, 'g');

/** The question that is asked of every feature, in the words in which it was first asked. */
const quoted = 'Und was hat der Kunde davon?';

const wrongIn = (text: string): string[] =>
  [masculine, paired, otherSign].flatMap((pattern) => text.replaceAll(quoted, '').match(pattern) ?? []);

describe('German words for people', () => {
  it.each([
    ['Seite des Kunden', ['Kunden']],
    ['So sieht der Kunde das', ['Kunde']],
    ['die Kundin oder der Kunde', ['Kunde', 'Kundin']],
    ['nur für Kolleginnen und Kollegen', ['Kollegen', 'Kolleginnen']],
    ['Kund*innen und Kund_innen', ['Kund*innen', 'Kund_innen']],
    ['KundInnen', ['KundInnen']],
    ['„Und was hat der Kunde davon?“', []],
    ['Was hat der Kunde davon?', ['Kunde']],
    ['die Mitarbeiter und die Besucher', ['Mitarbeiter', 'Besucher']],
    ['Kund:in, Kund:innen, Kolleg:innen, Berater:in', []],
    ['Kundennummer, Kundenseite, Kundenberatung, Mitarbeitende, Benutzername, Kundenkonto', []],
  ])('are told apart: %s', (text, wrong) => {
    expect(wrongIn(text)).toEqual(wrong);
  });

  const files = sourceFiles(['web', 'channels'], /\.de\.json$/);

  it('have one form, that of the glossary, in every text', () => {
    expect(files.length).toBeGreaterThan(20);
    const wrong = files.flatMap((file) =>
      readFileSync(path.join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, at) => wrongIn(line).map((word) => `${file}:${at + 1} ${word}`)),
    );
    expect(wrong).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { around, formsOf, isMadeWith, splitsOf } from './compounds.ts';

const words = new Set([
  'waschmaschin',
  'waschmaschine',
  'garanti',
  'garantie',
  'verlangerung',
  'verlängerung',
  'soft',
  'rat',
  'liefer',
  'lieferung',
  'verzog',
  'verzögerung',
  'schein',
]);
const made = (word: string, stem: string): boolean => isMadeWith(around(word, stem), stem, (part) => words.has(part));

describe('a word that holds another', () => {
  it.each([
    ['waschmaschinengaranti', 'garanti'],
    ['waschmaschinengaranti', 'waschmaschin'],
    ['garantieverlängerung', 'garanti'],
    ['lieferverzögerung', 'verzögerung'],
    ['lieferschein', 'schein'],
    ['software', 'ware'],
  ])('%s is made with %s', (word, stem) => expect(made(word, stem)).toBe(true));

  it.each([
    ['apparat', 'rat'],
    ['preise', 'reise'],
    ['hardware', 'ware'],
    ['bescheinigung', 'schein'],
  ])('%s only holds %s', (word, stem) => expect(made(word, stem)).toBe(false));
});

it('every split of a word puts it together again', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zäöüß]{8,30}$/), (word) => {
      const splits = splitsOf(word);
      expect(splits).toHaveLength(word.length - 7);
      for (const { left, right } of splits) expect(left + right).toBe(word);
    }),
  );
});

it('a part loses what links it to the next', () => {
  expect(formsOf('waschmaschinen')).toEqual(['waschmaschinen', 'waschmaschine', 'waschmaschin']);
  expect(formsOf('lieferungs')).toEqual(['lieferungs', 'lieferung']);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { around, distance, formsOf, isMadeWith, splitsOf } from './compounds.ts';

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

describe('how many letters two words differ by', () => {
  it.each([
    ['lieferung', 'lieferung', 0],
    ['lieferung', 'lifeerung', 1],
    ['lieferung', 'liferung', 1],
    ['lieferung', 'lieferrung', 1],
    ['lieferung', 'oieferumg', 2],
    ['lieferung', 'rechnung', 3],
  ])('%s and %s: %i', (a, b, expected) => expect(distance(a, b, 2)).toBe(expected));

  it('is the same both ways, and no more than the longer one has letters', () => {
    const word = fc.stringMatching(/^[a-d]{0,8}$/);
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(distance(a, b, 20)).toBe(distance(b, a, 20));
        expect(distance(a, b, 20)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance(a, b, 20) === 0).toBe(a === b);
      }),
    );
  });
});

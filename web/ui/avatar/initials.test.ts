import { expect, test } from 'vitest';
import { hueOf, initialsOf } from './initials.ts';

test.each([
  ['Kim Sommer', 'KS'],
  ['Anna Maria von Hof', 'AH'],
  ['mia', 'M'],
  ['', '?'],
  ['kim@firma.de', 'KD'],
  ['Özil Ähre', 'ÖÄ'],
])('takes the first letters of %s', (name, letters) => expect(initialsOf(name)).toBe(letters));

test('keeps the hue of a seed', () => {
  expect(hueOf('abc')).toBe(hueOf('abc'));
  expect(hueOf('abc')).not.toBe(hueOf('abd'));
});

import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { likedLanguage } from './language.ts';

it.each([
  [undefined, 'de'],
  ['', 'de'],
  ['*', 'de'],
  ['en', 'en'],
  ['en-GB,en;q=0.9,de;q=0.8', 'en'],
  ['de-AT, en;q=0.7', 'de'],
  ['fr-FR,fr;q=0.9,en;q=0.5,de;q=0.4', 'en'],
  ['fr;q=1, DE;q=0.3 , EN;q=0.2', 'de'],
  ['en;q=0, fr', 'de'],
  ['english', 'de'],
])('%s is served in %s', (header, language) => expect(likedLanguage(header)).toBe(language));

it('the heavier of the two wins, wherever it stands among others', () => {
  const weight = fc.integer({ min: 1, max: 9 });
  const others = fc.array(fc.stringMatching(/^[a-z]{3}(;q=0\.[0-9])?$/), { maxLength: 4 });
  fc.assert(
    fc.property(weight, weight, others, fc.boolean(), (de, en, rest, isFirst) => {
      fc.pre(de !== en);
      const ours = [`de-CH;q=0.${de}`, `en;q=0.${en}`];
      const header = [...rest, ...(isFirst ? ours : ours.toReversed())].join(', ');
      expect(likedLanguage(header)).toBe(de > en ? 'de' : 'en');
    }),
  );
});

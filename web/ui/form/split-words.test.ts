import { expect, test } from 'vitest';
import { splitWords } from './split-words.ts';

test.each([
  ['a@b.de', ['a@b.de']],
  ['a@b.de, c@d.de;e@f.de\ng@h.de\t i@j.de ,', ['a@b.de', 'c@d.de', 'e@f.de', 'g@h.de', 'i@j.de']],
  ['"Klein, Erika" <e@k.de>, Jan <j@k.de>', ['"Klein, Erika" <e@k.de>', 'Jan <j@k.de>']],
  ['"offen, a@b.de\nc@d.de', ['"offen, a@b.de', 'c@d.de']],
  [' , ;\n', []],
])('%s', (text, words) => expect(splitWords(text)).toEqual(words));

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFormatted, plainTextOf, richOf } from './rich-text.ts';

describe('formatted text without its formatting', () => {
  it.each([
    ['<p>Guten <strong>Tag</strong></p><p></p><p>ja<br>nein</p>', 'Guten Tag\n\nja\nnein'],
    ['<ul><li><p>eins</p></li><li><p>zwei</p><p>noch</p><ul><li><p>tief</p></li></ul></li></ul>', '- eins\n- zwei\n  noch\n  - tief'],
    ['<ol start="9"><li><p>neun</p></li><li>zehn</li></ol><p>Ende</p>', '9. neun\n10. zehn\nEnde'],
    ['<blockquote><p>sie sagte</p><p></p><blockquote><p>er sagte</p></blockquote></blockquote>', '> sie sagte\n>\n>> er sagte'],
    ['<p><a href="https://haus.example/a?b=1&amp;c=2">hier</a></p>', 'hier (https://haus.example/a?b=1&c=2)'],
    ['<p><a href="https://haus.example/">haus.example</a> <a href="mailto:a@b.example">a@b.example</a></p>', 'haus.example a@b.example'],
    ['<p>1 &lt; 2 &amp;&amp; 3 &gt; 2&nbsp;€ &#8364;</p>', '1 < 2 && 3 > 2\u00a0€ €'],
    ['<p>a</p> <p>b</p>lose<br>Worte', 'a\nb\nlose\nWorte'],
    ['', ''],
  ])('%s', (html, text) => expect(plainTextOf(html)).toBe(text));

  it('is, letter by letter, what it was made from', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('<p>&amp;</p>', '\u202eabc\u200b', 'a\n\n\nb', ' vorn', '> q', '- l'),
    );
    fc.assert(
      fc.property(text, (written) => {
        expect(plainTextOf(richOf(written))).toBe(written);
        expect(isFormatted(richOf(written))).toBe(false);
      }),
    );
  });

  it('loses no word, whatever is nested in what', () => {
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom('<p>wort</p>', '<p><em>wort</em></p>', '<p><a href="https://x.example">wort</a></p>'),
        fc.array(tie('tree'), { maxLength: 3 }).map((inner) => `<ul>${inner.map((one) => `<li>${one}</li>`).join('')}</ul>`),
        fc.array(tie('tree'), { maxLength: 3 }).map((inner) => `<blockquote>${inner.join('')}</blockquote>`),
      ),
    }));
    fc.assert(
      fc.property(tree, (html) => {
        expect(plainTextOf(html).match(/wort/g)?.length ?? 0).toBe(html.match(/wort/g)?.length ?? 0);
        expect(plainTextOf(html)).not.toMatch(/<[a-z]/);
      }),
    );
  });
});

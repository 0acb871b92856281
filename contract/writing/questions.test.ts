import { expect, test } from 'vitest';
import { asksSomething } from './questions.ts';

test.each([
  ['Welche Farbe hat es?', true],
  ['Passt Ihnen Montag?\nViele Grüße', true],
  ['何色ですか？お待ちしています', true],
  ['ما لونه؟', true],
  ['Τι χρώμα έχει;', true],
  ['Τι χρώμα έχει\u037E', true],
  ['Es kommt am Montag.', false],
  ['Es kommt am Montag; am Dienstag ist es da.', false],
  ['Hier steht alles: https://haus.example/suche?teil=7', false],
  ['Hier: www.haus.example/?a=1 – hilft das?', true],
  ['', false],
])('%j asks something: %s', (text, asks) => {
  expect(asksSomething(text)).toBe(asks);
});

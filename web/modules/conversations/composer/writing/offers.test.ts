import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginsSnippet } from './begins-snippet.ts';
import { type Choice, type Offer, offered, take } from './offers.ts';

test.each([
  ['/', { query: '', from: 0 }],
  ['Guten Tag\n/dan', { query: 'dan', from: 10 }],
  ['Hallo /danke für', { query: 'danke für', from: 6 }],
  ['und/oder', null],
  ['https://', null],
  ['Hallo / oder', null],
  ['/danke\n', null],
  ['3. /4. und /', { query: '', from: 11 }],
])('knows whether "%s" begins a snippet', (before, typed) => expect(beginsSnippet(before)).toEqual(typed));

const choice = (text: string, select?: Choice['select']): Choice => ({ id: text, content: null, text, select });

test('what is taken stands in the place of what was typed, and its first gap is chosen', () => {
  const typed = { query: 'dan', from: 6 };
  expect(take('Hallo /dan und', 10, typed, choice('Danke {{x}}!', { from: 6, to: 11 }))).toEqual({
    text: 'Hallo Danke {{x}}! und',
    from: 12,
    to: 17,
  });
  expect(take('Frag @ja bitte', 8, { query: 'ja', from: 5 }, choice('@Jana Wolf '))).toEqual({
    text: 'Frag @Jana Wolf bitte',
    from: 16,
    to: 16,
  });
});

test('nothing but what was typed is replaced, wherever it stands', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ maxLength: 10 }), fc.string(), fc.string({ minLength: 1 }), (before, query, rest, put) => {
      const text = `${before}/${query}${rest}`;
      const cursor = before.length + 1 + query.length;
      const done = take(text, cursor, { query, from: before.length }, choice(put));
      expect(done.text.startsWith(before + put)).toBe(true);
      expect(done.text.length).toBeGreaterThanOrEqual(before.length + put.length + rest.length - 1);
      expect(done.to).toBe(before.length + put.length);
    }),
  );
});

test('the first that has something is offered', () => {
  const offer = (sign: string, choices: Choice[]): Offer => ({
    label: sign,
    begins: (before) => (before.endsWith(sign) ? { query: '', from: before.length - 1 } : null),
    find: () => choices,
  });
  const offers = [offer('/', []), offer('@', [choice('@Kim ')])];
  expect(offered(offers, 'a @')?.offer.label).toBe('@');
  expect(offered(offers, 'a /')).toBeNull();
});

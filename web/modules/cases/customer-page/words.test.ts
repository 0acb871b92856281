import { expect, test } from 'vitest';
import de from './words.de.json' with { type: 'json' };
import en from './words.en.json' with { type: 'json' };
import { formatsIn, problemIn, sayIn } from './words.ts';

type Tree = { [key: string]: string | Tree };
const flat = (tree: Tree, before = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[before + key, value]] : flat(value, `${before}${key} `)));
const gaps = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').toSorted();

test('the page says everything in both languages, with the same gaps to fill', () => {
  const german = new Map(flat(de));
  const english = new Map(flat(en));
  expect([...german.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  for (const [key, text] of german) expect([key, gaps(text)]).toEqual([key, gaps(english.get(key) ?? '')]);
});

test('it says Sie to customers, and never du', () => {
  const familiar = /\b(?:du|dich|dir|dein(?:e[mnrs]?)?|euch|eure[mnrs]?)\b/i;
  // Who sees the preview is an adviser, and it speaks of the customer.
  expect(flat(de).filter(([, text]) => familiar.test(text))).toEqual([]);
  expect(flat(de).some(([, text]) => /\bSie\b/.test(text))).toBe(true);
});

test('every refusal has words, known or not', () => {
  for (const language of ['de', 'en'] as const) {
    const say = sayIn(language);
    expect(problemIn(say, 'cases.page_code_wrong')).not.toBe(problemIn(say, 'other'));
    for (const code of ['core.internal', 'problems', 'states.done', '']) expect(problemIn(say, code)).toBe(problemIn(say, 'other'));
  }
});

test('days are told by the company’s clock, sizes as people say them', () => {
  const { moment, day, size } = formatsIn('de');
  expect(moment('2026-11-24T11:00:00.000Z')).toMatch(/24\. November.*12:00/);
  expect(day('2026-11-23T23:30:00.000Z')).toBe('24. November 2026');
  expect([size(10), size(345_678), size(2_500_000)]).toEqual(['1 kB', '346 kB', '2,5 MB']);
});

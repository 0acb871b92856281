import { expect, test } from 'vitest';
import { completionsOf } from './completions.ts';

const choices = { language: 'de', channels: ['email', 'chat'], today: '2026-11-28' } as const;
const texts = (typed: string, language: 'de' | 'en' = 'de') => completionsOf(typed, { ...choices, language }).map(({ text }) => text);

test.each<[string, string[]]>([
  ['', []],
  ['garantie ', []],
  ['garantie vo', ['von:', 'vor:']],
  ['garantie', []],
  ['stand:', ['stand:offen', 'stand:wartet', 'stand:erledigt', 'stand:spam']],
  ['status:o', ['stand:offen']],
  ['stand:offen', []],
  ['kanal:', ['kanal:email', 'kanal:chat']],
  ['von:an', []],
  ['seit:', ['seit:2026-11-28', 'seit:2026-11', 'seit:2026']],
  ['http:', []],
  ['"genau so', []],
])('"%s" goes on with %j', (typed, expected) => expect(texts(typed)).toEqual(expected));

test('in the language one reads, keeping what stands before', () => {
  expect(texts('st', 'en')).toEqual(['status:']);
  expect(completionsOf('garantie stand:of', choices)).toEqual([
    { typed: 'garantie stand:offen ', text: 'stand:offen', filter: 'status', isWhole: true },
  ]);
  expect(completionsOf('garantie st', choices)[0]?.typed).toBe('garantie stand:');
});

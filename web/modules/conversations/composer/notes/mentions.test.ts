import { expect, test } from 'vitest';
import { beginsMention, mayBeMentioned, mentionsIn } from './mentions.ts';

const people = [
  { id: '1', name: 'Kim Sommer' },
  { id: '2', name: 'Jana Wolf' },
  { id: '3', name: 'Jana Hansen' },
];

test.each([
  ['@Kim bitte schauen', ['1']],
  ['@kim sommer', ['1']],
  ['@Jana', []],
  ['Frag @Jana Wolf und @Kim', ['1', '2']],
  ['@Kimberley', []],
  ['kim', []],
])('finds who is named in "%s"', (text, ids) => expect(mentionsIn(text, people)).toEqual(ids));

test.each([
  ['@', { query: '', from: 0 }],
  ['Frag @Ja', { query: 'ja', from: 5 }],
  ['a@b', null],
  ['@Kim Sommer', null],
])('knows whether "%s" begins a mention', (text, begun) => expect(beginsMention(text)).toEqual(begun));

test.each([
  [['agent'], true],
  [['lead'], true],
  [['participant'], false],
  [['participant', 'agent'], true],
  [['admin'], false],
  [['privacy'], false],
  [['trainer', 'analyst'], false],
] as const)('offers somebody in the roles %s: %s', (roles, offered) => {
  expect(mayBeMentioned({ roles: [...roles], active: true })).toBe(offered);
  expect(mayBeMentioned({ roles: [...roles], active: false })).toBe(false);
});

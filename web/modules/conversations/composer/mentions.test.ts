import { expect, test } from 'vitest';
import { mentionsIn } from './mentions.ts';

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

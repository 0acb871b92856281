import { expect, it } from 'vitest';
import { standingOf } from './standing.ts';

const due = { clock: 'first_answer' as const, at: '2026-11-29T12:00:00.000Z', nearAt: '2026-11-29T11:00:00.000Z' };

it.each([
  ['10:59', 'private', 'far'],
  ['11:00', 'private', 'near'],
  ['11:59', 'private', 'near'],
  ['12:00', 'private', 'late'],
  ['08:00', 'public', 'near'],
  ['12:01', 'public', 'late'],
] as const)('at %s what is %s is %s', (time, visibility, standing) => {
  expect(standingOf({ due, visibility }, Date.parse(`2026-11-29T${time}:00.000Z`))).toBe(standing);
});

it('says nothing where nothing is due', () => {
  expect(standingOf({ due: null, visibility: 'public' }, 0)).toBeNull();
});

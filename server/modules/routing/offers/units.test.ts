import { expect, it } from 'vitest';
import { mostUnits } from '../../../../contract/routing.ts';
import { unitsOf, usualUnits } from './units.ts';

const units = (channel: string, visibility: 'public' | 'private' = 'private') => unitsOf({ channel, visibility }, usualUnits);

it('a conversation takes of a hundred what the specification says (2.6)', () => {
  expect(mostUnits).toBe(100);
  expect(['phone', 'video', 'visit'].map((channel) => units(channel))).toEqual([100, 100, 100]);
  expect(units('chat')).toBe(33);
  expect(['email', 'fax', 'letter', 'form'].map((channel) => units(channel))).toEqual([25, 25, 25, 25]);
  // Messages without a subject, in private and in public.
  expect([units('echo'), units('echo', 'public')]).toEqual([20, 50]);
});

import { expect, test } from 'vitest';
import { isWanted, newsKinds, readWishes } from './wishes.ts';

test.each([null, '', 'x', '[]', 'null', '{"on":1}', '{"without":[]}'])('%s asks for nothing', (stored) => {
  expect(readWishes(stored).on).toBe(false);
});

test('keeps what is known and drops the rest', () => {
  expect(readWishes('{"on":true,"without":["mention","weather"]}')).toEqual({ on: true, without: ['mention'] });
  expect(readWishes('{"on":true,"without":"mention"}')).toEqual({ on: true, without: [] });
});

test.each(newsKinds)('tells of %s when it is wanted, and never in a break, a recovery pause or a training', (kind) => {
  const all = { on: true, without: [] };
  for (const presence of ['available', 'busy', 'away', undefined] as const) expect(isWanted(all, kind, presence)).toBe(true);
  for (const presence of ['break', 'recovery', 'training'] as const) expect(isWanted(all, kind, presence)).toBe(false);
  expect(isWanted({ on: true, without: [kind] }, kind, 'available')).toBe(false);
  expect(isWanted({ on: false, without: [] }, kind, 'available')).toBe(false);
});

import { expect, it } from 'vitest';
import { newId } from './ids.ts';

it('makes UUIDs of version 7 that sort by time, and within a millisecond by order of making', () => {
  const ids = [...Array.from({ length: 5_000 }, () => newId(1_763_800_000_000)), newId(1_763_800_000_001)];
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

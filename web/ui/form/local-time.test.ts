import { expect, test } from 'vitest';
import { fromLocalInput, toLocalInput } from './local-time.ts';

test('reads back what it wrote', () => {
  const at = new Date('2026-11-22T04:05:00.000Z');
  expect(fromLocalInput(toLocalInput(at))).toBe(at.toISOString());
});

test('takes an empty or half typed value as none', () => {
  expect(fromLocalInput('')).toBeNull();
  expect(fromLocalInput('2026-13-99T')).toBeNull();
});

import { expect, test } from 'vitest';
import { chordOf, startsWith } from './chords.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
  chordOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

test('names presses', () => {
  expect(press('j')).toBe('j');
  expect(press('k', { ctrlKey: true })).toBe('mod+k');
  expect(press('k', { metaKey: true })).toBe('mod+k');
  expect(press('M', { shiftKey: true })).toBe('shift+m');
  expect(press('Enter', { ctrlKey: true })).toBe('mod+enter');
});
test('needs no shift for signs, on any keyboard', () => {
  expect(press('?', { shiftKey: true })).toBe('?');
  expect(press('@', { ctrlKey: true, altKey: true })).toBe('@');
});
test('ignores modifiers alone', () => expect(press('Shift', { shiftKey: true })).toBeNull());
test('knows the beginning of a sequence', () => {
  expect(startsWith('g i', ['g'])).toBe(true);
  expect(startsWith('g i', ['g', 'i'])).toBe(false);
  expect(startsWith('g i', ['x'])).toBe(false);
});

import { expect, test } from 'vitest';
import { isolated } from './i18n.ts';

test('words that run from right to left are set apart from the sentence around them', () => {
  expect(isolated('ليلى (4711)')).toBe('\u2068ليلى (4711)\u2069');
  expect(isolated('דנה')).toBe('\u2068דנה\u2069');
});

test('all other words stay exactly as they are', () => {
  for (const words of ['Öhler & Söhne <a@example.org>', 'Şahin', 'Ελένη', '王小明', '']) expect(isolated(words)).toBe(words);
});

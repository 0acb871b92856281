import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { winnersOf } from './winners.ts';

test('shows each key once, as the one that would run, and everything without a key', () => {
  const all = [
    { keys: 'a', label: 'assign' },
    { label: 'merge' },
    { keys: 'a', label: 'assign all' },
    { keys: 'g i', label: 'inbox' },
    { label: 'split' },
  ];
  expect(winnersOf(all).map(({ label }) => label)).toEqual(['merge', 'assign all', 'inbox', 'split']);
});

test('no key works on a page without standing in the table that the help sheet shows', () => {
  const deaf = globSync('web/**/*.{ts,tsx}').filter((file) =>
    /(document|window)\.addEventListener\(\s*['"]key/.test(readFileSync(file, 'utf8')),
  );
  expect(deaf.map((file) => file.replaceAll('\\', '/')).toSorted()).toEqual([
    'web/platform/keys/keys.ts',
    'web/platform/keys/typed-ahead.ts',
    // Only takes its tip away, whichever key it was.
    'web/ui/overlay/tooltip.tsx',
  ]);
});

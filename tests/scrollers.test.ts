import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { root, sourceFiles } from './source-files.ts';

/** What fills a pane and scrolls by itself. */
const scroller = /["'`]([^"'`]*\b(?:flex-1|w-\d+)\b[^"'`]*\boverflow-y-auto\b[^"'`]*)["'`]/g;

it('whatever fills a pane and scrolls has a ground of its own: without one the browser draws each step anew instead of moving what it has', () => {
  const found = sourceFiles(['web'], /\.tsx$/).flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(scroller)].map(([, classes = '']) => ({ file, classes })),
  );
  expect(found.length).toBeGreaterThan(4);
  expect(found.filter(({ classes }) => !/(?:^| )(?:bg-|max-h-)/.test(classes))).toEqual([]);
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, sourceFiles } from './source-files.ts';

const everything = () => [
  ...sourceFiles(
    ['contract', 'server', 'web', 'channels', 'connectors', 'bench', 'torture', 'e2e', 'tests', 'docs'],
    /\.(ts|tsx|md|json|sql|css|html|mjs)$/,
  ),
  'README.md',
  'package-lock.json',
];

describe('the tree', () => {
  it('names no machine path and no registry host', () => {
    // Spelt apart so that this file does not name them itself.
    const forbidden = [
      new RegExp(`/(?:${['work', 'farm'].join('|')})/(?:main|steering|shared|in)\\b`),
      new RegExp(`"resolved": "${'http'}`),
    ];
    const wrong = everything().filter((file) => {
      try {
        const text = readFileSync(path.join(root, file), 'utf8');
        return forbidden.some((pattern) => pattern.test(text));
      } catch {
        return false;
      }
    });
    expect(wrong).toEqual([]);
  });

  it('leaves no loose ends in the code', () => {
    const wrong: string[] = [];
    for (const file of sourceFiles(['contract', 'server', 'web', 'channels', 'connectors', 'bench', 'torture', 'e2e'])) {
      const text = readFileSync(path.join(root, file), 'utf8');
      for (const [i, line] of text.split('\n').entries())
        if (/\b(?:TODO|FIXME|XXX|HACK)\b|@ts-ignore|@ts-nocheck|\bas any\b/.test(line)) wrong.push(`${file}:${i + 1}`);
    }
    expect(wrong).toEqual([]);
  });

  it('keeps test data out: no file of the corpora is copied', () => {
    // Mails in the tree are our own, small ones.
    const big = sourceFiles(['channels', 'server', 'tests', 'e2e'], /\.(eml|mbox|dat)$/).filter(
      (file) => readFileSync(path.join(root, file)).length > 20_000,
    );
    expect(big).toEqual([]);
  });
});

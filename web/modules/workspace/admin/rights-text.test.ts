import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { notes, rights } from '../../../../contract/permissions.ts';

test.each(['de', 'en'])('every right, and every condition a letter cannot carry, has its words in %s', (language) => {
  const file = path.join(import.meta.dirname, `../pages.${language}.json`);
  const texts = (JSON.parse(readFileSync(file, 'utf8')) as { rights: { names: object; notes: object } }).rights;
  expect(Object.keys(texts.names).toSorted()).toEqual(rights.toSorted());
  expect(Object.keys(texts.notes).toSorted()).toEqual(Object.keys(notes).toSorted());
});

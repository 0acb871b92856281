import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeCorpus, listFiles, readText, Score } from '../testing/corpus.ts';
import { splitReply } from './trim.ts';

const isGerman = (name: string) => /german|usenet/.test(name);

describeCorpus('mail-reply-trim', (folder) => {
  test('the new text, what is cut off, and forwarded mails are as expected', () => {
    const fresh = new Score();
    const elided = new Score();
    const forwards = new Score();
    for (const name of listFiles(`${folder}/emails`, '.txt')) {
      const text = readText(folder, 'emails', name);
      const split = splitReply(text);
      fresh.check(split.fresh.trim() === readText(folder, 'trimmed', name).trim(), name);
      const wantElided = `${folder}/elided/${name}`;
      if (existsSync(wantElided)) elided.check(flat(split.elided) === flat(readText(wantElided)), name);
      for (const part of ['before', 'embedded'] as const) {
        const file = `${folder}/${part}/${name}`;
        if (existsSync(file)) forwards.check(split.forwarded?.[part].trim() === readText(file).trim(), `${part} ${name}`);
      }
      expect(`${name} ${letters(split.fresh + split.elided)}`).toBe(`${name} ${letters(text)}`);
    }
    fresh.report('mail-reply-trim new text');
    elided.report('mail-reply-trim elided');
    forwards.report('mail-reply-trim forwards');
    expect([...fresh.missed, ...elided.missed].filter(isGerman)).toEqual([]);
    expect(fresh.share).toBeGreaterThanOrEqual(0.95);
    expect(elided.share).toBeGreaterThanOrEqual(0.9);
    expect(forwards.share).toBeGreaterThanOrEqual(0.95);
  });
});

/** The reference joins wrapped attributions and rewrites "Name> " to "> ", so blanks and those marks are not compared. */
function flat(text: string): string {
  return text
    .replace(/^\w+> /gm, '> ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Sorted letters: nothing may be lost or added, whatever the order. */
function letters(text: string): string {
  return [...text.replace(/\s+/g, '')].sort().join('');
}

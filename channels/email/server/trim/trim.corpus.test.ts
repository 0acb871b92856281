import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeCorpus, type Differences, listFiles, readText, Score } from '../testing/corpus.ts';
import { splitReply } from './trim.ts';

// Where we differ from the reference: none is left.
const explained = { fresh: {}, elided: {}, forwards: {} } satisfies Record<string, Differences>;

describeCorpus('mail-reply-trim', (folder) => {
  test('the new text, what is cut off, and forwarded mails are as expected', () => {
    const fresh = new Score();
    const elided = new Score();
    const forwards = new Score();
    for (const name of listFiles(`${folder}/emails`, '.txt')) {
      const text = readText(folder, 'emails', name);
      const split = splitReply(text);
      fresh.check(name, split.fresh.trim(), readText(folder, 'trimmed', name).trim());
      const wantElided = `${folder}/elided/${name}`;
      if (existsSync(wantElided)) elided.check(name, flat(split.elided), flat(readText(wantElided)));
      for (const part of ['before', 'embedded'] as const) {
        const file = `${folder}/${part}/${name}`;
        if (existsSync(file)) forwards.check(`${part} ${name}`, split.forwarded?.[part].trim() ?? 'no forward', readText(file).trim());
      }
      expect(`${name} ${letters(split.fresh + split.elided)}`).toBe(`${name} ${letters(text)}`);
    }
    expect(fresh.against(explained.fresh, 'mail-reply-trim new text')).toEqual([]);
    expect(elided.against(explained.elided, 'mail-reply-trim elided')).toEqual([]);
    expect(forwards.against(explained.forwards, 'mail-reply-trim forwards')).toEqual([]);
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

import { expect, test } from 'vitest';
import { parseMailSync } from '../parse.ts';
import { describeCorpus, type Differences, listFiles, readBytes, readText, Score } from '../testing/corpus.ts';
import { readBounce } from './bounce.ts';

interface Expected {
  deliverystatus: string;
  replycode: string;
  reason: string;
  hardbounce: boolean;
  feedbacktype?: string | null;
}

// Where we differ from the reference: none is left.
const explained = { classes: {}, hardness: {}, status: {} } satisfies Record<string, Differences>;

describeCorpus('mail-bounce', (folder) => {
  test('reason, hardness and status of every recipient are as expected', () => {
    const expected = JSON.parse(readText(folder, 'expected.json')) as Record<string, Expected[]>;
    const classes = new Score();
    const status = new Score();
    const hardness = new Score();
    const key = (list: { reason: string; hard: boolean }[]) =>
      list
        .map((e) => `${e.reason}/${e.hard ? 'hard' : 'soft'}`)
        .sort()
        .join(' ');
    for (const name of listFiles(`${folder}/eml`, '.eml')) {
      const want = expected[name] ?? [];
      const got = readBounce(parseMailSync(readBytes(folder, 'eml', name))) ?? [];
      classes.check(
        name,
        key(got.map((b) => ({ reason: b.reason, hard: b.isHard }))),
        key(want.map((e) => ({ reason: e.reason, hard: e.hardbounce }))),
      );
      hardness.check(name, `${got.some((b) => b.isHard)}`, `${want.some((e) => e.hardbounce)}`);
      // Codes 5.0.9xx are the reference's own inventions for "no code given".
      for (const [i, e] of want.entries())
        if (want.length === got.length && /^[245]\.\d+\.\d+$/.test(e.deliverystatus) && !/\.0\.9\d\d$/.test(e.deliverystatus))
          status.check(`${name} ${i}`, got[i]?.status ?? '', e.deliverystatus);
    }
    expect(classes.against(explained.classes, 'mail-bounce class')).toEqual([]);
    expect(hardness.against(explained.hardness, 'mail-bounce dead address or not')).toEqual([]);
    expect(status.against(explained.status, 'mail-bounce status code')).toEqual([]);
    expect(classes.share).toBeGreaterThanOrEqual(0.99);
    expect(hardness.share).toBeGreaterThanOrEqual(0.99);
  });
});

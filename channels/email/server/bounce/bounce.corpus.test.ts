import { expect, test } from 'vitest';
import { parseMailSync } from '../parse.ts';
import { describeCorpus, listFiles, readBytes, readText, Score } from '../testing/corpus.ts';
import { readBounce } from './bounce.ts';

interface Expected {
  deliverystatus: string;
  replycode: string;
  reason: string;
  hardbounce: boolean;
  feedbacktype?: string | null;
}

describeCorpus('mail-bounce', (folder) => {
  test('reason and hardness of every recipient are as expected', () => {
    const expected = JSON.parse(readText(folder, 'expected.json')) as Record<string, Expected[]>;
    const halves = [new Score(), new Score()];
    const all = new Score();
    const status = new Score();
    const hardness = new Score();
    for (const [index, name] of listFiles(`${folder}/eml`, '.eml').entries()) {
      const want = expected[name] ?? [];
      const got = readBounce(parseMailSync(readBytes(folder, 'eml', name))) ?? [];
      const key = (list: { reason: string; hard: boolean }[]) =>
        list
          .map((e) => `${e.reason}/${e.hard ? 'hard' : 'soft'}`)
          .sort()
          .join(' ');
      const ours = key(got.map((b) => ({ reason: b.reason, hard: b.isHard })));
      const theirs = key(want.map((e) => ({ reason: e.reason, hard: e.hardbounce })));
      const label = `${name} ${ours} instead of ${theirs} | ${got[0]?.diagnosis.slice(0, 150)}`;
      all.check(ours === theirs, label);
      halves[index % 2]?.check(ours === theirs, label);
      hardness.check(got.some((b) => b.isHard) === want.some((e) => e.hardbounce), name);
      // Codes 5.0.9xx are the reference's own inventions for "no code given".
      for (const [i, e] of want.entries())
        if (want.length === got.length && /^[245]\.\d+\.\d+$/.test(e.deliverystatus) && !/\.0\.9\d\d$/.test(e.deliverystatus))
          status.check(got[i]?.status === e.deliverystatus, name);
    }
    const only = process.env['BOUNCE_HALF'];
    (only === undefined ? all : (halves[Number(only)] as Score)).report('mail-bounce class');
    process.stdout.write(
      `score mail-bounce half 0 ${halves[0]?.met}/${halves[0]?.total}, half 1 ${halves[1]?.met}/${halves[1]?.total}, dead address or not ${hardness.met}/${hardness.total}, status code ${status.met}/${status.total}\n`,
    );
    expect(all.share).toBeGreaterThanOrEqual(0.99);
    expect(hardness.share).toBeGreaterThanOrEqual(0.99);
  });
});

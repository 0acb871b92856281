import { expect, test } from 'vitest';
import { type Differences, Score } from './corpus.ts';

const kept = 'a made-up reason of more than four words';
const table: Differences = { 'b.eml': { ours: 'soft', theirs: 'hard', kept } };

function scored(ours: string): Score {
  const score = new Score();
  score.check('a.eml', 'hard', 'hard');
  score.check('b.eml', ours, 'hard');
  return score;
}

test('a difference that the table explains passes, and counts as one', () => {
  const score = scored('soft');
  expect(score.against(table, 'made up')).toEqual([]);
  expect([score.met, score.total, score.share]).toEqual([1, 2, 0.5]);
});

test.each<[string, string, Differences, string]>([
  ['a difference that no table names', 'soft', {}, 'b.eml: soft instead of hard is not explained'],
  ['an entry that is no difference any more', 'hard', table, 'b.eml is explained, and no difference any more'],
  ['another difference than the one explained', 'none', table, 'b.eml: none instead of hard is not explained'],
  ['an entry without a sentence', 'soft', { 'b.eml': { ours: 'soft', theirs: 'hard', fault: 'known' } }, 'b.eml has no sentence'],
])('%s is told', (_name, ours, explained, told) => {
  expect(scored(ours).against(explained, 'made up')).toEqual([told]);
});

test('a name is checked once', () => {
  expect(() => scored('soft').check('b.eml', 'soft', 'hard')).toThrow('b.eml is checked twice');
});

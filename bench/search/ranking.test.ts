import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../../server/testing/house.ts';
import { judged } from './judged.ts';
import { type Archive, fillArchive, mean, ndcg, type Ranking, rankAll } from './ranking.ts';

let house: TestHouse;
let archive: Archive;
let rankings: Ranking[];
beforeAll(async () => {
  house = await testHouse();
  archive = await fillArchive(house);
  rankings = await rankAll(archive);
}, 120_000);
afterAll(() => house.close());

it('every judgement names one mail', () => {
  for (const { query, relevant } of judged)
    for (const beginning of Object.keys(relevant))
      expect(
        [...archive.begunBy.values()].filter(({ text }) => text.startsWith(beginning)),
        `${query}: ${beginning}`,
      ).toHaveLength(1);
  expect(judged.filter(({ kind }) => kind !== 'english').length).toBeGreaterThanOrEqual(100);
});

it('the best order is worth 1, none at all 0', () => {
  for (const one of judged) {
    const ids = Object.entries(one.relevant)
      .toSorted(([, a], [, b]) => b - a)
      .map(([beginning]) => [...archive.begunBy].find(([, { text }]) => text.startsWith(beginning))?.[0] ?? '');
    expect(ndcg(one, ids, archive.begunBy)).toBe(1);
    expect(ndcg(one, [], archive.begunBy)).toBe(0);
  }
});

it('orders what is found far better than a match of letters, for every kind of search', () => {
  const kinds = Map.groupBy(rankings, ({ kind }) => kind);
  for (const [kind, of] of kinds) {
    const [search, pattern] = [mean(of.map((one) => one.search)), mean(of.map((one) => one.pattern))];
    console.info(`${kind} (${of.length}): nDCG@10 ${search.toFixed(3)}, by pattern ${pattern.toFixed(3)}`);
    expect(search, kind).toBeGreaterThan(pattern);
  }
  console.info(
    `all: ${mean(rankings.map((one) => one.search)).toFixed(3)}, by pattern ${mean(rankings.map((one) => one.pattern)).toFixed(3)}`,
  );
  expect(mean(rankings.map((one) => one.search))).toBeGreaterThan(0.7);
});

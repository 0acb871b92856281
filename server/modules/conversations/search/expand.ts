import type { Db } from '../../../platform/database/sql.ts';
import { distance } from '../../../platform/near.ts';
import { around, formsOf, isMadeWith, mayDiffer, splitsOf } from './compounds.ts';
import { type Known, knownAmong, type Relatives, relativesOf, type Stemmed, stemsOf } from './vocabulary.ts';

/** What a typed word is found by: lexemes of the messages, from the word itself to what only resembles it. */
export interface Sought {
  typed: string;
  /** The word itself, in whatever form, German or English. */
  same: string[];
  /** Words made with it; or, for a word that is made of two, both of them. */
  made: string[];
  pairs: [string, string][];
  /** Hardly anybody wrote it. */
  isRare: boolean;
  /** What was probably meant, when hardly anybody wrote it as typed. */
  alike: string[];
}

/** A word written less often than that may be a typing error. */
const rare = 3;
const mostMade = 60;
const mostAlike = 6;

/**
 * Finds for each word what to look for; null for one too common to look for ("und"), and for what is no word (numbers, addresses), which is to be found as
 * it is typed.
 */
export async function expand(db: Db, words: readonly string[]): Promise<(Sought | null)[]> {
  const stems = await stemsOf(db, words.filter(isPlain));
  const known = new Map<string, Sought>();
  for (const stem of stems) {
    const sought = await expandOne(db, stem);
    if (sought) known.set(stem.typed, sought);
  }
  return words.map((word) => known.get(word) ?? null);
}

export const isPlain = (word: string): boolean => /^\p{L}{2,40}$/u.test(word);

async function expandOne(db: Db, stemmed: Stemmed): Promise<Sought | undefined> {
  const { typed, german, english } = stemmed;
  if (german === null) return undefined;
  const folded = fold(typed);
  const [relatives, self] = [await relativesOf(db, { typed: folded, german, english }), await knownAmong(db, [german])];
  const { words: isWord, splits } = await partsAround(db, typed.toLowerCase(), german, relatives.holding);
  const made = relatives.holding.filter(({ word }) => isMadeWith(around(word, german), german, isWord)).slice(0, mostMade);
  const isRare = (self[0]?.seen ?? 0) < rare;
  return {
    typed,
    same: [german, ...relatives.english.map(({ word }) => word)],
    made: made.map(({ word }) => word),
    pairs: splits,
    isRare,
    alike: isRare ? resembling([german, folded], self[0]?.seen ?? 0, relatives) : [],
  };
}

/** As stemming leaves letters. */
const fold = (word: string): string =>
  word.toLowerCase().replace(/[äöüß]/g, (letter) => ({ ä: 'a', ö: 'o', ü: 'u', ß: 'ss' })[letter] ?? letter);

/** A typing error near the end changes what stemming takes away, so that the word as typed may be nearer than its stem. */
function resembling(forms: readonly string[], seen: number, { alike }: Relatives): string[] {
  const most = mayDiffer(Math.max(...forms.map((form) => form.length)));
  const by = (word: string): number => Math.min(...forms.map((form) => distance(form, word)));
  const near = alike
    .map((one) => ({ ...one, by: by(one.word) }))
    .filter(({ by: letters, seen: times }) => letters <= most && times >= seen);
  return near
    .toSorted((a, b) => a.by - b.by || b.seen - a.seen)
    .slice(0, mostAlike)
    .map(({ word }) => word);
}

/** Which parts of the longer words are words themselves, and of which two words the typed one is made; asked at once. */
async function partsAround(
  db: Db,
  typed: string,
  stem: string,
  holding: readonly Known[],
): Promise<{ words: (part: string) => boolean; splits: [string, string][] }> {
  const edges = holding.map(({ word }) => around(word, stem));
  const splits = splitsOf(typed);
  const parts = new Set([
    ...edges.flatMap(({ before, after }) => [...formsOf(before), ...after]),
    ...splits.flatMap(({ left, right }) => [...formsOf(left), right]),
  ]);
  const asked = [...parts].filter((part) => part.length >= 3);
  if (asked.length === 0) return { words: () => false, splits: [] };
  const stems = new Map((await stemsOf(db, asked)).map(({ typed: part, german }) => [part, german]));
  const seen = new Map(
    (await knownAmong(db, [...new Set([...stems.values(), ...asked].filter((word) => word !== null))])).map((one) => [one.word, one.seen]),
  );
  const timesOf = (part: string): number => seen.get(stems.get(part) ?? '') ?? seen.get(part) ?? 0;
  const pairs = splits.flatMap(({ left, right }) =>
    formsOf(left).map((form) => ({
      pair: [stems.get(form) ?? form, stems.get(right) ?? right] as [string, string],
      times: Math.sqrt(timesOf(form) * timesOf(right)),
    })),
  );
  const [best] = pairs.filter(({ times }) => times > 0).toSorted((a, b) => b.times - a.times);
  return { words: (part) => timesOf(part) > 0, splits: best ? [best.pair] : [] };
}

import type { Db } from '../../../platform/database/sql.ts';
import { distance, mayDiffer } from '../../../platform/near.ts';
import { around, formsOf, isMadeWith, type Split, splitsOf } from './compounds.ts';
import { type Known, lookUp, mostCounted, type Relatives, relativesOf, type Stemmed } from './vocabulary.ts';

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
  /** It, or something it is found by, is in so many messages that they are not counted. */
  isCommon: boolean;
  /** What was probably meant, when hardly anybody wrote it as typed. */
  alike: string[];
}

/** A word written less often than that may be a typing error. */
const rare = 3;
const mostMade = 60;
const mostAlike = 6;

/**
 * Finds for each word what to look for; null for one too common to look for ("und"), and for what is no word (numbers, addresses), which is to be found as
 * it is typed. The database is asked three times, for all words at once.
 */
export async function expand(db: Db, words: readonly string[]): Promise<(Sought | null)[]> {
  const plain = (await lookUp(db, [...new Set(words.filter(isPlain))])).filter((one): one is Stem => one.german !== null);
  const stems = await Promise.all(
    plain.map(async (stem) => ({
      stem,
      relatives: await relativesOf(db, { ...stem, typed: fold(stem.typed), isAlikeWanted: stem.seen < rare }),
    })),
  );
  const asked = stems.flatMap(({ stem, relatives }) => partsAround(stem, relatives.holding));
  const parts = new Map((asked.length > 0 ? await lookUp(db, [...new Set(asked)]) : []).map((part) => [part.typed, part]));
  const known = new Map(stems.map(({ stem, relatives }) => [stem.typed, soughtBy(stem, relatives, parts)]));
  return words.map((word) => known.get(word) ?? null);
}

type Stem = Stemmed & { german: string };

export const isPlain = (word: string): boolean => /^\p{L}{2,40}$/u.test(word);

function soughtBy({ typed, german, seen }: Stem, relatives: Relatives, parts: ReadonlyMap<string, Stemmed>): Sought {
  const timesOf = (part: string): number => {
    const found = parts.get(part);
    return found ? found.seen || found.seenAsTyped : 0;
  };
  const made = relatives.holding
    .filter(({ word }) => isMadeWith(around(word, german), german, (part) => timesOf(part) > 0))
    .slice(0, mostMade);
  const pair = bestPair(splitsOf(typed.toLowerCase()), timesOf);
  const alike = resembling([german, fold(typed)], seen, relatives);
  const wordOf = ({ word }: Known): string => word;
  const stemOf = (part: string): string => parts.get(part)?.german ?? part;
  return {
    typed,
    same: [german, ...relatives.english.map(wordOf)],
    made: made.map(wordOf),
    pairs: pair ? [[stemOf(pair[0]), stemOf(pair[1])]] : [],
    isRare: seen < rare,
    isCommon: [seen, ...[...relatives.english, ...made, ...alike].map((one) => one.seen), ...(pair ?? []).map(timesOf)].some(
      (times) => times >= mostCounted,
    ),
    alike: alike.map(wordOf),
  };
}

/** As stemming leaves letters. */
const fold = (word: string): string =>
  word.toLowerCase().replace(/[äöüß]/g, (letter) => ({ ä: 'a', ö: 'o', ü: 'u', ß: 'ss' })[letter] ?? letter);

/** A typing error near the end changes what stemming takes away, so that the word as typed may be nearer than its stem. */
function resembling(forms: readonly string[], seen: number, { alike }: Relatives): Known[] {
  const most = mayDiffer(Math.max(...forms.map((form) => form.length)));
  const by = (word: string): number => Math.min(...forms.map((form) => distance(form, word)));
  const near = alike
    .map((one) => ({ ...one, by: by(one.word) }))
    .filter(({ by: letters, seen: times }) => letters <= most && times >= seen);
  return near.toSorted((a, b) => a.by - b.by || b.seen - a.seen).slice(0, mostAlike);
}

/** What must be looked up to say which of the longer words are made with this one, and of which two words it is made itself. */
function partsAround({ typed, german }: Stem, holding: readonly Known[]): string[] {
  const parts = [
    ...holding.map(({ word }) => around(word, german)).flatMap(({ before, after }) => [...formsOf(before), ...after]),
    ...splitsOf(typed.toLowerCase()).flatMap(({ left, right }) => [...formsOf(left), right]),
  ];
  return parts.filter((part) => part.length >= 3);
}

/** The two words of which a word is most probably made: those written most often. */
function bestPair(splits: readonly Split[], timesOf: (part: string) => number): [string, string] | undefined {
  const pairs = splits.flatMap(({ left, right }) =>
    formsOf(left).map((form) => ({ pair: [form, right] as [string, string], times: Math.sqrt(timesOf(form) * timesOf(right)) })),
  );
  const [best] = pairs.filter(({ times }) => times > 0).toSorted((a, b) => b.times - a.times);
  return best?.pair;
}

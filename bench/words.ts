/** The same numbers in the same order at every run (Mulberry32), so that two corpora of one size are equal. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const onsets = ['b', 'br', 'd', 'f', 'g', 'gr', 'h', 'k', 'l', 'm', 'n', 'p', 'r', 's', 'sch', 'st', 't', 'tr', 'v', 'w', 'z'];
const vowels = ['a', 'e', 'i', 'o', 'u', 'ä', 'ö', 'ü', 'ei', 'au'];
const ends = ['', 'n', 'r', 's', 't', 'l', 'ng', 'cht', 'm'];
const vocabulary = 20_000;
const wordsInPhrase = 15;

/** Fifteen words each, made up, as frequent as words are (Zipf): five phrases make a mail of 75 words. */
export function makePhrases(count: number): string[] {
  const next = chance(1);
  const pick = (from: readonly string[]) => from[Math.floor(next() * from.length)] ?? '';
  const words = Array.from({ length: vocabulary }, () =>
    Array.from({ length: 1 + Math.floor(next() * 3) }, () => pick(onsets) + pick(vowels) + pick(ends)).join(''),
  );
  // The rank of a word is the exponential of chance: the n-th word comes n times as rarely as the first.
  const word = () => words[Math.floor(Math.exp(next() * Math.log(vocabulary))) - 1] ?? '';
  return Array.from({ length: count }, () => Array.from({ length: wordsInPhrase }, word).join(' '));
}

/** A mail of 75 words. */
export function makeText(phrases: readonly string[], next: () => number): string {
  return Array.from({ length: 5 }, () => phrases[Math.floor(next() * phrases.length)] ?? '').join(' ');
}

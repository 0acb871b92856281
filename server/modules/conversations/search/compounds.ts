/**
 * German joins words: "Waschmaschinengarantie" is a kind of "Garantie" and has to do with a "Waschmaschine". No list of words knows all of these, but the
 * words people wrote know their parts: a word is taken apart where both sides are words of their own, after the method of Koehn and Knight ("Empirical
 * Methods for Compound Splitting", 2003), with the linking letters German puts between.
 */

/** What may stand between two words; the stem of the first may also have lost these letters. */
const links = ['', 's', 'n', 'e', 'en', 'er', 'es', 'ns', 'ens', 'ern'] as const;
/** Endings that stemming takes from a long word and leaves on a short one: "Sammlung" stays, "Briefmarkensammlung" loses it. */
const endings = /(?:ung|heit|keit|isch|lich|ig|end)$/;
/** Shorter words than that are mostly endings and chance. */
const shortest = 4;

/** A place where a word may be two: the first as it stands before the link, the second as it stands after. */
export interface Split {
  left: string;
  right: string;
}

/** All places where a word may be two. */
export function splitsOf(word: string): Split[] {
  const splits: Split[] = [];
  for (let end = shortest; end <= word.length - shortest; end++) splits.push({ left: word.slice(0, end), right: word.slice(end) });
  return splits;
}

/** The forms under which the first part of a compound may be known: with its linking letters and without. */
export const formsOf = (part: string): string[] =>
  links
    .filter((link) => part.endsWith(link) && part.length - link.length >= shortest - 1)
    .map((link) => part.slice(0, part.length - link.length));

/** Prefixes that part from their verb, and let a "ge" between: "abholen", "abgeholt". */
const parting = '(?:ab|an|auf|aus|bei|dar|durch|ein|fest|fort|her|hin|los|mit|nach|um|unter|vor|weg|weiter|wieder|zu|zurück|zuruck)';
const participle = new RegExp(`^(${parting}?)ge(.{3,}?)(?:t|en|n)?$`);
const verb = new RegExp(`^(${parting})(.{3,})$`);
/** What a form of a verb or an adjective may end with beyond its stem. */
const inflections = ['t', 'st', 'et', 'te', 'ten', 'tet', 'm', 'r', 'em'] as const;

/** What words made with this stem, and other forms of it that stemming knows nothing of ("fehlt", "fehlen"), may hold of it; the longest first. */
export function coresOf(stem: string): string[] {
  const cores = [stem, stem.replace(endings, ''), stem.replace(/e?t$/, '')];
  const [, before = '', root] = participle.exec(stem) ?? [];
  if (root) cores.push(before + root);
  const [, prefix, rest] = verb.exec(stem) ?? [];
  if (prefix && rest && !rest.startsWith('ge')) cores.push(`${prefix}ge${rest}`);
  return [...new Set(cores)].filter((core) => core === stem || core.length >= shortest).toSorted((a, b) => b.length - a.length);
}

/** What is left of a longer word around the stem it holds. */
export interface Around {
  before: string;
  /** Possible beginnings of the next word: the stem has lost its ending, and a link may follow. */
  after: string[];
}

export function around(word: string, stem: string): Around {
  const core = coresOf(stem).find((one) => word.includes(one)) ?? stem;
  const at = word.lastIndexOf(core);
  const rest = word.slice(at + core.length).replace(endings, '');
  return { before: word.slice(0, at), after: links.filter((link) => rest.startsWith(link)).map((link) => rest.slice(link.length)) };
}

/**
 * Whether a word that holds a stem is made with it, and not by chance: "garantieverlängerung" is made with "garanti", "software" not with "ware" unless
 * "soft" is a word, "apparat" not with "rat". `isWord` says of a part whether somebody wrote it by itself.
 */
export function isMadeWith({ before, after }: Around, stem: string, isWord: (part: string) => boolean): boolean {
  const left = before === '' || before === 'ge' || formsOf(before).some(isWord);
  const right = after.some((rest) => rest === '' || inflections.some((one) => one === rest) || isWord(rest));
  if (left && right) return true;
  // A long stem at an end is hardly there by chance, though nobody wrote the rest by itself.
  const isLong = stem.length >= 6;
  return isLong && ((left && before === '') || (right && before.length >= 3));
}

import { fold } from '../../automation/index.ts';

/** A text in a storm; ids are in the order in which they came. */
export interface Said {
  id: string;
  text: string;
}

/** Words that stand beside each other count together, so that what has the same words in another order is not the same. */
const shingleWords = 3;
/** From this share of common shingles on two texts are nearly the same. */
export const alike = 0.6;

/** What a text is compared by: its runs of three words, without case, accents, signs, links' ends and numbers of any kind. */
export function shinglesOf(text: string): Set<string> {
  const words = fold(text)
    .replaceAll(/https?:\/\/([^\s/?#]+)\S*/gu, ' $1 ')
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
  if (words.length <= shingleWords) return new Set(words.length === 0 ? [] : [words.join(' ')]);
  return new Set(words.slice(shingleWords - 1).map((_, n) => words.slice(n, n + shingleWords).join(' ')));
}

/** The share of common shingles among all of two texts. */
export function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 && b.size === 0) return 1;
  let common = 0;
  for (const one of a) if (b.has(one)) common += 1;
  return common / (a.size + b.size - common);
}

/**
 * Puts texts that are nearly the same together: each to the first group whose first text it is like, most alike first; else it begins a group. A pure function of
 * the texts and their order: only texts that share a shingle are compared, which changes nothing, since others have nothing in common.
 */
export function cluster(said: readonly Said[]): string[][] {
  const groups: { ids: string[]; shingles: Set<string> }[] = [];
  const withShingle = new Map<string, number[]>();
  let wordless: number | undefined;
  for (const { id, text } of said) {
    const shingles = shinglesOf(text);
    const common = new Map<number, number>();
    for (const one of shingles) for (const group of withShingle.get(one) ?? []) common.set(group, (common.get(group) ?? 0) + 1);
    let best = shingles.size === 0 ? wordless : undefined;
    let bestShare = alike;
    for (const [group, count] of [...common].toSorted(([a], [b]) => a - b)) {
      const share = count / (shingles.size + (groups[group]?.shingles.size ?? 0) - count);
      if (share > bestShare || (share === bestShare && best === undefined)) [best, bestShare] = [group, share];
    }
    if (best !== undefined) {
      groups[best]?.ids.push(id);
      continue;
    }
    const place = groups.push({ ids: [id], shingles }) - 1;
    if (shingles.size === 0) wordless = place;
    for (const one of shingles) withShingle.set(one, [...(withShingle.get(one) ?? []), place]);
  }
  return groups.map(({ ids }) => ids);
}

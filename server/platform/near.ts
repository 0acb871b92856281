/** The names of `known` that `typed` may be a slip of, nearest first: a few letters changed, left out, added or swapped, or a beginning. */
export function nearNames(typed: string, known: Iterable<string>, most = 3): string[] {
  const wanted = typed.toLowerCase();
  const far = Math.max(1, Math.floor(wanted.length / 3));
  return [...known]
    .map((name) => ({ name, apart: name.startsWith(wanted) && wanted !== '' ? 1 : distance(wanted, name.toLowerCase()) }))
    .filter(({ apart }) => apart <= far)
    .toSorted((a, b) => a.apart - b.apart || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/** How many letters may be wrong in a word of this length before it is another word. */
export const mayDiffer = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

/** How many letters must be changed, added, left out or swapped with their neighbour. */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** Filters and orders by a typed text: whole beginnings first, then beginnings of words, then anywhere, then letters in order. */
export function rank<T extends { label: string; always?: boolean; group: string }>(entries: readonly T[], query: string): T[] {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return entries.filter((entry) => !entry.always);
  const scored = entries.map((entry) => ({ entry, score: entry.always ? 1 : scoreOf(entry.label.toLowerCase(), wanted) }));
  const kept = scored.filter(({ score }) => score > 0);
  const best = new Map<string, number>();
  for (const { entry, score } of kept) best.set(entry.group, Math.max(best.get(entry.group) ?? 0, score));
  // Groups stay together, so that each heading appears once.
  return kept
    .toSorted(
      (a, b) =>
        (best.get(b.entry.group) ?? 0) - (best.get(a.entry.group) ?? 0) || a.entry.group.localeCompare(b.entry.group) || b.score - a.score,
    )
    .map(({ entry }) => entry);
}

function scoreOf(label: string, wanted: string): number {
  if (label.startsWith(wanted)) return 4;
  if (label.split(/[\s\-/]+/).some((word) => word.startsWith(wanted))) return 3;
  if (label.includes(wanted)) return 2;
  let at = -1;
  for (const letter of wanted) {
    at = label.indexOf(letter, at + 1);
    if (at < 0) return 0;
  }
  return 0.5;
}

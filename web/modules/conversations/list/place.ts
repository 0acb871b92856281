/** Where an open conversation stands in the list one came from, and what lies around it. */
export interface Place {
  /** From 1; null once the list does not hold it any more. */
  position: number | null;
  previous: string | null;
  next: string | null;
}

/**
 * What left the list (resolved, given away, snoozed) leaves a gap at `lastIndex`: the next is what moved up into it, so nobody starts again from the top.
 * Without a gap, for what never stood in the list, the next is its beginning.
 */
export function placeOf(ids: readonly string[], id: string | null, lastIndex: number): Place {
  const index = id === null ? -1 : ids.indexOf(id);
  const gap = Math.max(0, Math.min(lastIndex, ids.length));
  return {
    position: index < 0 ? null : index + 1,
    previous: ids[index < 0 ? gap - 1 : index - 1] ?? null,
    next: ids[index < 0 ? gap : index + 1] ?? null,
  };
}

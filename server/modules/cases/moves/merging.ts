import type { CaseChange } from '../queries/cases.ts';
import type { CaseRow } from '../queries/rows.ts';
import type { Rest, Taken } from './queries.ts';

type Resting = Pick<CaseRow, 'resolution' | 'resolvedAt' | 'closedAt'>;
type Fields = Pick<CaseRow, 'facts' | 'tags' | 'wish' | 'topicId' | 'ownerId' | 'priority'> & Resting;

/** What a merge gives the surviving case: gaps are filled, what it knows stays; facts carry the move they came with. */
export function planMerge(into: Fields, from: Fields, moveId: string): { change: CaseChange; taken: Taken } {
  const known = new Set(into.facts.map((f) => f.key));
  const tags = from.tags.filter((tag) => !into.tags.includes(tag));
  const taken: Taken = { tags };
  const change: CaseChange = {
    facts: [...into.facts, ...from.facts.filter((f) => !known.has(f.key)).map((f) => ({ ...f, moveId }))],
    tags: [...into.tags, ...tags],
  };
  for (const field of ['wish', 'topicId', 'ownerId'] as const) {
    if (into[field] !== null || from[field] === null) continue;
    taken[field] = { before: null, after: from[field] };
    change[field] = from[field];
  }
  if (from.priority > into.priority) {
    taken.priority = { before: into.priority, after: from.priority };
    change.priority = from.priority;
  }
  return { change, taken };
}

/** What followed from the merge beside what it took over: an owner by force, a rest disturbed. */
export function noteConsequences(taken: Taken, before: Fields, after: Fields): Taken {
  return {
    ...taken,
    ...(before.ownerId === after.ownerId ? {} : { ownerId: { before: before.ownerId, after: after.ownerId } }),
    rest: { before: restOf(before), after: restOf(after) },
  };
}

const restOf = (kase: Resting): Rest => ({
  resolution: kase.resolution,
  resolvedAt: kase.resolvedAt?.toISOString() ?? null,
  closedAt: kase.closedAt?.toISOString() ?? null,
});

/** What undoing takes away again: all that came with the merge and that nobody changed since. */
export function planUnmerge(into: Fields, taken: Taken, moveId: string): CaseChange {
  const change: CaseChange = {
    facts: into.facts.filter((f) => f.moveId !== moveId),
    tags: into.tags.filter((tag) => !taken.tags?.includes(tag)),
  };
  for (const field of ['wish', 'topicId', 'ownerId'] as const) {
    if (taken[field] && into[field] === taken[field].after) change[field] = taken[field].before;
  }
  if (taken.priority && into.priority === taken.priority.after) change.priority = taken.priority.before;
  const rest = taken.rest;
  if (rest && same(rest.after, restOf(into))) {
    change.resolution = rest.before.resolution;
    change.resolvedAt = rest.before.resolvedAt ? new Date(rest.before.resolvedAt) : null;
    change.closedAt = rest.before.closedAt ? new Date(rest.before.closedAt) : null;
  }
  return change;
}

// The database keeps an object's keys in an order of its own.
const same = (a: Rest, b: Rest): boolean =>
  a.resolvedAt === b.resolvedAt &&
  a.closedAt === b.closedAt &&
  a.resolution?.summary === b.resolution?.summary &&
  a.resolution?.solvedById === b.resolution?.solvedById &&
  a.resolution?.customerInformedAt === b.resolution?.customerInformedAt;

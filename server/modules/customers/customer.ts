import type { IdentityKind, MergeField } from '../../../contract/customers.ts';

/** Fields that a merged customer may give to the one it counts as. */
export const mergeableFields = ['number', 'name', 'name_source', 'salutation', 'locale', 'languages', 'preferences', 'since'] as const;
export type MergeableField = (typeof mergeableFields)[number];
export type Profile = Record<MergeableField, unknown>;

export type Taken = Partial<Record<MergeableField, { before: unknown; after: unknown }>>;

/** Kinds in the order in which they stand for somebody without a name. */
const bestFirst: readonly IdentityKind[] = ['mail', 'phone', 'handle', 'customer_number', 'postal', 'device'];

/** What lists show; never nothing. */
export function displayName(name: string | null, identities: readonly { kind: IdentityKind; label: string }[]): string {
  if (name) return name;
  const best = identities.toSorted((a, b) => bestFirst.indexOf(a.kind) - bestFirst.indexOf(b.kind))[0];
  return best?.label || '–';
}

export interface MergePlan {
  /** What the remaining customer takes over. */
  taken: Taken;
  /** Fields in which both differ; the remaining customer's value stays. */
  conflicts: { field: MergeField; kept: unknown; dropped: unknown }[];
}

/** What a merge does to the remaining customer: gaps are filled, what it knows stays. A name somebody wrote down beats a claimed one. */
export function planMerge(from: Profile, into: Profile): MergePlan {
  const plan: MergePlan = { taken: {}, conflicts: [] };
  const take = (field: MergeableField) => {
    plan.taken[field] = { before: into[field], after: from[field] };
  };
  if (from.name && (!into.name || (into.name_source === 'claimed' && from.name_source !== 'claimed'))) {
    take('name');
    if (from.name_source !== into.name_source) take('name_source');
  } else if (from.name && from.name !== into.name) plan.conflicts.push({ field: 'name', kept: into.name, dropped: from.name });
  for (const field of ['number', 'locale', 'since'] as const) {
    if (isEmpty(from[field]) || same(from[field], into[field])) continue;
    if (isEmpty(into[field])) take(field);
    else plan.conflicts.push({ field, kept: into[field], dropped: from[field] });
  }
  for (const field of ['salutation', 'languages', 'preferences'] as const) {
    if (isEmpty(from[field]) || same(from[field], into[field])) continue;
    if (field !== 'salutation' && isEmpty(into[field])) take(field);
    else plan.conflicts.push({ field, kept: into[field], dropped: from[field] });
  }
  return plan;
}

/** What taking a merge back restores: every taken field that nobody changed since. */
export function planUnmerge(now: Profile, taken: Taken): Partial<Profile> {
  const restored: Partial<Profile> = {};
  for (const field of mergeableFields) {
    const change = taken[field];
    if (change && same(now[field], change.after)) restored[field] = change.before;
  }
  // A name and where it is from belong together.
  if (!('name' in restored)) delete restored.name_source;
  return restored;
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (Array.isArray(value) && value.length === 0) ||
  // Wishes that were looked at and left open are no wishes.
  (isObject(value) && Object.values(value).every(isEmpty));

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const same = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b);

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

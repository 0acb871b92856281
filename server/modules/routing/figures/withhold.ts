import type { Withheld } from '../../../../contract/routing.ts';

/** A group figure shows nobody: from so many people and so many contacts on, and of which nobody did more than half (specification WC-03). */
export const least = { people: 8, contacts: 30 };
const mostOfOne = 0.5;

/** A contact as far as the question goes who can be told from a figure; `personId` null where nobody answered. */
export interface Contact {
  personId: string | null;
}

/** A fixed group: a team, or those of it together that make up a site or the company. `teamIds` are its parts. */
export interface Group {
  key: string;
  teamIds: readonly string[];
}

/**
 * Which groups are shown, and why the others are not. Groups are looked at in the order given, small ones first. One is withheld when it is too small by itself, when its people
 * differ by too few from those of one that is shown, or when what is left of it after taking away those that are shown would be too small: nothing that is withheld
 * can be computed from what is shown.
 */
export function withhold<G extends Group>(
  groups: readonly G[],
  contactsOf: ReadonlyMap<string, readonly Contact[]>,
): Map<string, Withheld | null> {
  const contactsIn = (teamIds: readonly string[]): Contact[] => teamIds.flatMap((id) => contactsOf.get(id) ?? []);
  const shown: G[] = [];
  const result = new Map<string, Withheld | null>();
  for (const group of groups) {
    const contacts = contactsIn(group.teamIds);
    const reason = tooSmall(contacts) ?? (reveals(group, shown, contactsIn) ? 'would_reveal' : null);
    if (!reason) shown.push(group);
    result.set(group.key, reason);
  }
  return result;
}

function tooSmall(contacts: readonly Contact[]): Withheld | null {
  const people = countByPerson(contacts);
  if (people.size < least.people) return 'few_people';
  if (contacts.length < least.contacts) return 'few_contacts';
  return Math.max(...people.values()) > mostOfOne * contacts.length ? 'one_dominates' : null;
}

function reveals(group: Group, shown: readonly Group[], contactsIn: (teamIds: readonly string[]) => Contact[]): boolean {
  const own = new Set(countByPerson(contactsIn(group.teamIds)).keys());
  if (shown.some(({ teamIds }) => isFew(own.symmetricDifference(new Set(countByPerson(contactsIn(teamIds)).keys())).size))) return true;
  const covered = new Set(shown.flatMap(({ teamIds }) => (teamIds.every((id) => group.teamIds.includes(id)) ? teamIds : [])));
  const rest = contactsIn(group.teamIds.filter((id) => !covered.has(id)));
  return covered.size > 0 && rest.length > 0 && tooSmall(rest) !== null;
}

const isFew = (people: number): boolean => people > 0 && people < least.people;

function countByPerson(contacts: readonly Contact[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { personId } of contacts) if (personId) counts.set(personId, (counts.get(personId) ?? 0) + 1);
  return counts;
}

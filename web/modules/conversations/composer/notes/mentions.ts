import { scopesOf } from '../../../../../contract/permissions.ts';
import type { Person } from '../../../../../contract/workspace.ts';

/** Whom to offer: those who read cases by themselves, unmasked. The server decides; whoever is typed all the same is named in its refusal. */
export const mayBeMentioned = ({ roles, active }: Pick<Person, 'roles' | 'active'>): boolean => {
  const held = scopesOf(roles, 'read_case');
  return active && ['O', 'R', 'T', 'A'].some((scope) => held.has(scope as 'O'));
};

/** Ids of the people named with @ in a text: by full name, or by first name when only one bears it. */
export function mentionsIn(text: string, people: readonly { id: string; name: string }[]): string[] {
  const lower = text.toLowerCase();
  const firstNames = Map.groupBy(people, ({ name }) => firstOf(name));
  return people
    .filter(({ name }) => {
      if (lower.includes(`@${name.toLowerCase()}`)) return true;
      const first = firstOf(name);
      return firstNames.get(first)?.length === 1 && new RegExp(`@${RegExp.escape?.(first) ?? first}(?![\\p{L}])`, 'u').test(lower);
    })
    .map(({ id }) => id);
}

const firstOf = (name: string): string => (name.split(' ')[0] ?? '').toLowerCase();

/** What was typed after an @ that begins a word right before the cursor; null when none does. */
export function beginsMention(before: string): { query: string; from: number } | null {
  const found = /(?:^|[\s(])@([\p{L}\p{M}'-]{0,40})$/u.exec(before);
  return found ? { query: (found[1] ?? '').toLowerCase(), from: before.length - (found[1] ?? '').length - 1 } : null;
}

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
export function beginsMention(text: string, cursor: number): { query: string; from: number } | null {
  const found = /(?:^|[\s(])@([\p{L}\p{M}'-]{0,40})$/u.exec(text.slice(0, cursor));
  return found ? { query: (found[1] ?? '').toLowerCase(), from: cursor - (found[1] ?? '').length - 1 } : null;
}

/** Puts the whole name in place of what was typed, with a space to write on after. */
export function completeMention(
  text: string,
  { query, from }: { query: string; from: number },
  name: string,
): { text: string; cursor: number } {
  const rest = text.slice(from + 1 + query.length);
  const before = `${text.slice(0, from)}@${name} `;
  return { text: before + rest.replace(/^ /, ''), cursor: before.length };
}

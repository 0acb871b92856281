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

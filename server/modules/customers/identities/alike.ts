import { type Db, sql } from '../../../platform/database/sql.ts';
import { distance, mayDiffer } from '../../../platform/near.ts';
import type { SearchRow } from '../queries/customers.ts';

/** So many names that look alike are compared letter by letter. */
const mostCompared = 300;

/** Customers whose name may be what was meant, when nobody is called what was typed: each word is a slip of one in the name. The nearest first. */
export async function findAlike(db: Db, typed: string, most: number): Promise<SearchRow[]> {
  const words = wordsOf(typed);
  if (!words.some((word) => mayDiffer(word.length) > 0)) return [];
  const rows = await db.query<SearchRow>(sql`select c.id, c.version, c.display_name, c.number, c.locale, c.since
    from customers_alike(${words.join(' ')}, ${mostCompared}::int) found join customers c on c.id = found.id`);
  return rows
    .flatMap((row) => {
      const apart = lettersApart(words, wordsOf(row.display_name));
      return apart === null ? [] : [{ row, apart }];
    })
    .toSorted((a, b) => a.apart - b.apart || a.row.display_name.localeCompare(b.row.display_name, 'de') || (a.row.id < b.row.id ? -1 : 1))
    .slice(0, most)
    .map(({ row }) => row);
}

/** How many letters must be changed so that every typed word is one of the name's; null when that is more than a slip. */
export function lettersApart(typed: readonly string[], name: readonly string[]): number | null {
  let sum = 0;
  for (const word of typed) {
    const apart = Math.min(...name.map((one) => distance(word, one)));
    if (apart > mayDiffer(word.length)) return null;
    sum += apart;
  }
  return sum;
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import { type CustomerRow, customerColumns, type IdentityRow, identityColumns } from './rows.ts';

/** A customer as the one it counts as; restricted and erased ones do not exist for service. */
export const findRoot = (db: Db, id: string, lock = false): Promise<CustomerRow | undefined> =>
  db.maybe<CustomerRow>(sql`select ${customerColumns} from customers c
    where c.id = (select root_id from customers where id = ${id}) and c.status = 'active' ${lock ? sql`for update` : sql.empty}`);

/** The row itself, merged or not; locked. */
export const lockCustomer = (db: Db, id: string): Promise<CustomerRow | undefined> =>
  db.maybe<CustomerRow>(sql`select ${customerColumns} from customers c where c.id = ${id} for update`);

export const customersByIds = (db: Db, ids: readonly string[]): Promise<CustomerRow[]> =>
  db.query<CustomerRow>(sql`select ${customerColumns} from customers c where c.id = any(${ids}::uuid[])`);

/** What lists show, by the ids asked for: merged ones give the customer they count as, restricted and erased ones nothing. */
export const summaryRows = (db: Db, ids: readonly string[]) =>
  db.query<
    Pick<CustomerRow, 'id' | 'version' | 'display_name' | 'number' | 'locale'> & { asked: string }
  >(sql`select a.id as asked, c.id, c.version, c.display_name, c.number, c.locale
    from unnest(${sql.unseen(ids, 'uuid[]')}) as asked join customers a on a.id = asked join customers c on c.id = a.root_id
    where c.status = 'active'`);

/** Everything merged into the same one, itself included. */
export async function familyOf(db: Db, id: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`with root as (select root_id from customers where id = ${id})
    select c.id from customers c where c.root_id = (select root_id from root) and (c.merged_into is not null or c.id = c.root_id) order by c.id`);
  return rows.map((row) => row.id);
}

/** Everything merged into these, themselves included, each with what it counts as. */
export const familiesOf = (db: Db, rootIds: readonly string[]): Promise<{ id: string; root_id: string }[]> =>
  db.query(
    sql`select c.id, c.root_id from customers c where c.root_id = any(${rootIds}::uuid[]) and (c.merged_into is not null or c.id = c.root_id)`,
  );

export const identitiesOfFamilies = (db: Db, rootIds: readonly string[]): Promise<(IdentityRow & { root_id: string })[]> =>
  db.query(sql`select ${identityColumns}, c.root_id from customers c join customer_identities i on i.customer_id = c.id
    where c.root_id = any(${rootIds}::uuid[]) and (c.id = c.root_id or c.merged_into is not null) order by i.created_at, i.id`);

/** Writes the changed fields and what lists show; the version grows. */
export async function updateCustomer(db: Db, id: string, fields: Partial<CustomerRow>): Promise<CustomerRow> {
  const sets: Sql[] = Object.entries(fields).map(([column, value]) =>
    column === 'preferences' ? sql`preferences = ${sql.json(value)}` : sql`${sql.quoted(column)} = ${value}`,
  );
  return db.one<CustomerRow>(
    sql`update customers c set ${sql.join([sql`version = version + 1`, ...sets])} where c.id = ${id} returning ${customerColumns}`,
  );
}

export async function insertCustomer(
  db: Db,
  row: { id: string; at: Date } & Partial<CustomerRow> & { display_name: string },
): Promise<void> {
  await db.exec(sql`insert into customers (id, root_id, number, name, name_source, display_name, salutation, locale, languages, preferences, since, created_at)
    values (${row.id}, ${row.id}, ${row.number ?? null}, ${row.name ?? null}, ${row.name_source ?? 'claimed'}, ${row.display_name},
      ${row.salutation ?? 'formal'}, ${row.locale ?? null}, ${row.languages ?? []}, ${sql.json(row.preferences ?? {})}, ${row.since ?? null}, ${row.at})`);
}

export interface SearchRow {
  id: string;
  version: number;
  display_name: string;
  number: string | null;
  locale: string | null;
  since: string | null;
}

/**
 * By a name's beginning or words in it, by a number or identity exactly as normalised (`values`), or by the beginning of a mail address.
 * Sorted by name; `after` is the last row of the page before.
 */
export function searchRows(
  db: Db,
  q: { text: string; values: readonly string[]; after: { name: string; id: string } | undefined; limit: number },
): Promise<SearchRow[]> {
  const text = q.text.toLowerCase().replace(/[\\%_]/g, '\\$&');
  const words = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const match = sql`to_tsquery('simple', ${words.map((word) => `${word}:*`).join(' & ')})`;
  const found = sql`select r.root_id from customers r where lower(r.display_name) like ${`${text}%`}
    ${words.length > 0 ? sql`union select r.root_id from customers r where to_tsvector('simple', r.display_name) @@ ${match}` : sql.empty}
    union select r.root_id from customers r where bare_number(r.number) = any(${q.values}::text[])
    union select r.root_id from customer_identities i join customers r on r.id = i.customer_id
      where i.value = any(${q.values}::text[]) ${q.text.length >= 3 ? sql`or i.value like ${`${text}%`}` : sql.empty}`;
  return db.query<SearchRow>(sql`select c.id, c.version, c.display_name, c.number, c.locale, c.since from customers c
    where c.status = 'active' ${q.text ? sql`and c.id in (${found})` : sql.empty}
    ${q.after ? sql`and (lower(c.display_name), c.id) > (${q.after.name}, ${q.after.id}::uuid)` : sql.empty}
    order by lower(c.display_name), c.id limit ${q.limit}`);
}

/** Where a customer stands in the order of `searchRows`. */
export const placeOf = (db: Db, id: string): Promise<{ name: string; id: string } | undefined> =>
  db.maybe(sql`select lower(display_name) as name, id from customers where id = ${id}`);

/** The languages customers speak, as far as their profiles say: `en` of `en-GB` too. By the ids asked for. */
export async function languagesOf(db: Db, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.query<{ id: string; languages: string[]; locale: string | null }>(
    sql`select a.id, c.languages, c.locale from customers a join customers c on c.id = a.root_id where a.id = any(${ids}::uuid[])`,
  );
  const spoken = (tags: readonly (string | null)[]) => [...new Set(tags.flatMap((tag) => tag?.split('-')[0]?.toLowerCase() ?? []))];
  return new Map(rows.map(({ id, languages, locale }) => [id, spoken([...languages, locale])]));
}

import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';

// Each change gives the root's id, or undefined when there is nothing to do.

export async function restrictFamily(db: Db, id: string, at: Date): Promise<string | undefined> {
  const row = await db.maybe<{ id: string }>(sql`update customers set status = 'restricted', restricted_at = ${at}, version = version + 1
    where id = (select root_id from customers where id = ${id}) and status = 'active' returning id`);
  if (row) await recogniseNobody(db, row.id);
  return row?.id;
}

const recogniseNobody = (db: Db, rootId: string): Promise<number> =>
  db.exec(sql`update customer_identities set recognises = false, version = version + 1
    where recognises and customer_id in (select id from customers where root_id = ${rootId})`);

/** Not where something has been erased: what is left then is only kept, never worked with again. */
export async function unrestrictFamily(db: Db, id: string): Promise<string | undefined> {
  const row = await db.maybe<{ id: string }>(sql`update customers set status = 'active', restricted_at = null, version = version + 1
    where id = (select root_id from customers where id = ${id}) and status = 'restricted' and erasure_asked_at is null returning id`);
  if (row)
    await db.exec(sql`update customer_identities i set recognises = true, version = version + 1
      where i.customer_id in (select id from customers where root_id = ${row.id}) and i.kind <> 'postal'
        and not exists (select from customer_identities o where o.kind = i.kind and o.value = i.value and o.recognises
          and (o.verified_at is null) = (i.verified_at is null))`);
  return row?.id;
}

/** Everything but what finds the letters that stay: name, number and addresses. */
export async function eraseAllButNames(db: Db, id: string, at: Date): Promise<string | undefined> {
  const row = await db.maybe<{ id: string }>(sql`update customers set status = 'restricted', restricted_at = coalesce(restricted_at, ${at}),
      erasure_asked_at = coalesce(erasure_asked_at, ${at}), keeps_letters = true, version = version + 1
    where id = (select root_id from customers where id = ${id}) and status in ('active', 'restricted') returning id`);
  if (!row) return undefined;
  await recogniseNobody(db, row.id);
  await db.exec(sql`update customers set locale = null, languages = '{}', preferences = '{}', since = null, salutation = 'formal', version = version + 1
    where root_id = ${row.id}`);
  await eraseRecords(db, row.id, ['identity_history', 'notes', 'wishes', 'access', 'authentications']);
  return row.id;
}

export async function eraseFamily(db: Db, id: string, at: Date): Promise<string | undefined> {
  const row = await db.maybe<{ id: string }>(sql`update customers set status = 'erased', restricted_at = coalesce(restricted_at, ${at}),
      erasure_asked_at = coalesce(erasure_asked_at, ${at}), keeps_letters = false, version = version + 1
    where id = (select root_id from customers where id = ${id}) and status in ('active', 'restricted') returning id`);
  if (!row) return undefined;
  await db.exec(sql`update customers set number = null, name = null, display_name = '–', locale = null, languages = '{}', preferences = '{}',
    since = null, salutation = 'formal', version = version + 1 where root_id = ${row.id}`);
  await eraseRecords(db, row.id, ['identities', 'identity_history', 'notes', 'wishes', 'access', 'authentications']);
  return row.id;
}

async function eraseRecords(db: Db, rootId: string, tables: readonly string[]): Promise<void> {
  const family = sql`(select id from customers where root_id = ${rootId})`;
  await db.exec(sql`update customer_merges set taken = '{}', reason = '' where customer_id in ${family} or into_id in ${family}`);
  for (const table of tables) await db.exec(sql`delete from ${sql.raw(`customer_${table}`)} where customer_id in ${family}`);
}

/** Whether what is kept of this customer is out of everybody's sight: restricted or erased. */
export async function isWithheld(db: Db, id: string): Promise<boolean> {
  const row = await db.maybe<{ status: string }>(
    sql`select status from customers where id = (select root_id from customers where id = ${id})`,
  );
  return row?.status === 'restricted' || row?.status === 'erased';
}

/** Customers restricted or erased since: what was on its way meanwhile may have missed it. */
export async function withheldSince(db: Db, since: Date): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`select id from customers
    where status in ('restricted', 'erased') and restricted_at >= ${since} order by restricted_at desc, id limit 1000`);
  return rows.map((row) => row.id);
}

/** What an erasure that was asked for reaches: everything that counts as the customer, and whether letters stay for as long as they must. */
export async function erasureOf(db: Db, id: string): Promise<{ customerIds: string[]; keepsLetters: boolean } | undefined> {
  const rows = await db.query<{ id: string; keepsLetters: boolean }>(sql`select c.id, r.keeps_letters as "keepsLetters"
    from customers r join customers c on c.root_id = r.id
    where r.id = (select root_id from customers where id = ${id}) and r.erasure_asked_at is not null order by c.id`);
  const [first] = rows;
  return first && { customerIds: rows.map((row) => row.id), keepsLetters: first.keepsLetters };
}

/** Customers of whom letters are left that the law makes the company keep. */
export async function standingErasures(db: Db): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    sql`select id from customers where status = 'restricted' and erasure_asked_at is not null order by restricted_at desc, id`,
  );
  return rows.map((row) => row.id);
}

export interface SubjectRow {
  id: string;
  display_name: string;
  number: string | null;
  status: 'active' | 'restricted' | 'erased';
  restricted_at: Date | null;
  erasure_asked_at: Date | null;
  keeps_letters: boolean;
  addresses: string[];
}

const subjectColumns: Sql = sql`c.id, c.display_name, c.number, c.status, c.restricted_at, c.erasure_asked_at, c.keeps_letters,
  array(select i.label from customer_identities i join customers f on f.id = i.customer_id where f.root_id = c.id order by i.created_at, i.id limit 20) as addresses`;

export const findSubject = (db: Db, id: string): Promise<SubjectRow | undefined> =>
  db.maybe<SubjectRow>(sql`select ${subjectColumns} from customers c where c.id = (select root_id from customers where id = ${id})`);

/** By name, number or address; without words those whose data is restricted, the newest first. */
export function subjectRows(db: Db, q: { text: string; values: readonly string[]; limit: number }): Promise<SubjectRow[]> {
  if (!q.text)
    return db.query<SubjectRow>(sql`select ${subjectColumns} from customers c
      where c.status in ('restricted', 'erased') and c.status = 'restricted' order by c.restricted_at desc, c.id limit ${q.limit}`);
  const text = `${q.text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return db.query<SubjectRow>(sql`select ${subjectColumns} from customers c where c.status in ('active', 'restricted') and c.id in (
      select r.root_id from customers r where lower(r.display_name) like ${text}
      union select r.root_id from customers r where bare_number(r.number) = any(${q.values}::text[])
      union select r.root_id from customer_identities i join customers r on r.id = i.customer_id
        where i.value = any(${q.values}::text[]) or i.value like ${text})
    order by lower(c.display_name), c.id limit ${q.limit}`);
}

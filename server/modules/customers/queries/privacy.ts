import { type Db, sql } from '../../../platform/database/sql.ts';

// Each gives the root's id, or undefined when there is nothing to do.

export async function restrictFamily(db: Db, id: string): Promise<string | undefined> {
  const row = await db.maybe<{ id: string }>(sql`update customers set status = 'restricted', version = version + 1
    where id = (select root_id from customers where id = ${id}) and status = 'active' returning id`);
  if (row)
    await db.exec(sql`update customer_identities set recognises = false, version = version + 1
      where customer_id in (select id from customers where root_id = ${row.id})`);
  return row?.id;
}

export async function unrestrictFamily(db: Db, id: string): Promise<string | undefined> {
  const row = await db.maybe<{ id: string }>(sql`update customers set status = 'active', version = version + 1
    where id = (select root_id from customers where id = ${id}) and status = 'restricted' returning id`);
  if (row)
    await db.exec(sql`update customer_identities i set recognises = true, version = version + 1
      where i.customer_id in (select id from customers where root_id = ${row.id}) and i.kind <> 'postal'
        and not exists (select from customer_identities o where o.kind = i.kind and o.value = i.value and o.recognises
          and (o.verified_at is null) = (i.verified_at is null))`);
  return row?.id;
}

export async function eraseFamily(db: Db, id: string): Promise<string | undefined> {
  const row = await db.maybe<{ id: string }>(sql`update customers set status = 'erased', version = version + 1
    where id = (select root_id from customers where id = ${id}) and status in ('active', 'restricted') returning id`);
  if (!row) return undefined;
  const family = sql`(select id from customers where root_id = ${row.id})`;
  await db.exec(sql`update customers set number = null, name = null, display_name = '–', locale = null, languages = '{}', preferences = '{}',
    since = null, salutation = 'formal', version = version + 1 where root_id = ${row.id}`);
  await db.exec(sql`update customer_merges set taken = '{}', reason = '' where customer_id in ${family} or into_id in ${family}`);
  for (const table of ['identities', 'identity_history', 'notes', 'access', 'authentications'])
    await db.exec(sql`delete from ${sql.raw(`customer_${table}`)} where customer_id in ${family}`);
  return row.id;
}

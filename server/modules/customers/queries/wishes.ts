import { type Db, sql } from '../../../platform/database/sql.ts';

/** Whom these customers asked for; of everything that counts as the same one the latest wish holds. By the ids asked for. */
export async function wishedAdvisers(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; personId: string }>(sql`select distinct on (a.id) a.id, w.person_id as "personId"
    from customers a join customers f on f.root_id = a.root_id join customer_wishes w on w.customer_id = f.id
    where a.id = any(${ids}::uuid[]) order by a.id, w.noted_at desc, w.customer_id`);
  return new Map(rows.map(({ id, personId }) => [id, personId]));
}

export interface NewWish {
  customerId: string;
  personId: string;
  words: string;
  notedBy: string | null;
  at: Date;
}

export const insertWish = (db: Db, wish: NewWish): Promise<number> =>
  db.exec(sql`insert into customer_wishes (customer_id, person_id, words, noted_by, noted_at)
    values (${wish.customerId}, ${wish.personId}, ${wish.words}, ${wish.notedBy}, ${wish.at})`);

/** Of everything that counts as this customer: a wish taken back must not let an earlier one come back. */
export const deleteWishes = (db: Db, rootId: string): Promise<number> =>
  db.exec(sql`delete from customer_wishes where customer_id in (select id from customers where root_id = ${rootId})`);

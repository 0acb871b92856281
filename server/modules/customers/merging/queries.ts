import { type Db, sql } from '../../../platform/database/sql.ts';
import type { Taken } from '../customer.ts';
import type { CustomerRow, MergeRow } from '../queries/rows.ts';

const columns = sql`id, customer_id, into_id, taken, status_before, at, undone_at`;

export const findStandingMerge = (db: Db, customerId: string): Promise<MergeRow | undefined> =>
  db.maybe<MergeRow>(sql`select ${columns} from customer_merges where customer_id = ${customerId} and undone_at is null for update`);

export const mergesInto = (db: Db, intoId: string): Promise<MergeRow[]> =>
  db.query<MergeRow>(sql`select ${columns} from customer_merges where into_id = ${intoId} and undone_at is null order by id`);

/** Points the customer, and everything merged into it before, to another. */
export async function pointTo(
  db: Db,
  merge: { id: string; from: CustomerRow; intoId: string; taken: Taken; reason: string; byId: string | null; at: Date },
): Promise<void> {
  const { from, intoId } = merge;
  await db.exec(sql`insert into customer_merges (id, customer_id, into_id, taken, status_before, reason, by_id, at)
    values (${merge.id}, ${from.id}, ${intoId}, ${sql.json(merge.taken)}, ${from.status}, ${merge.reason}, ${merge.byId}, ${merge.at})`);
  await db.exec(sql`update customers set merged_into = case when id = ${from.id} then ${intoId}::uuid else merged_into end,
    status = 'merged', root_id = ${intoId}, version = version + 1 where root_id = ${from.id}`);
}

/** Takes it back: the customer is its own root again, and that of everything merged into it. */
export async function pointBack(db: Db, merge: MergeRow, byId: string | null, at: Date): Promise<void> {
  await db.exec(sql`update customer_merges set undone_at = ${at}, undone_by_id = ${byId} where id = ${merge.id}`);
  await db.exec(sql`with recursive tree as (select id from customers where id = ${merge.customer_id}
      union all select c.id from customers c join tree on c.merged_into = tree.id)
    update customers set root_id = ${merge.customer_id}, version = version + 1,
      merged_into = case when id = ${merge.customer_id} then null else merged_into end,
      status = case when id = ${merge.customer_id} then ${merge.status_before} else status end
    where id in (select id from tree)`);
}

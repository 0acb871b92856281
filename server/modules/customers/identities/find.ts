import type { IdentityKind } from '../../../../contract/customers.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { searchRows } from '../queries/customers.ts';
import { normaliseIdentity } from './normalise.ts';
import { holderOf } from './queries.ts';

/**
 * Ids of customers that these words may mean, those merged with them included. For rooms above that search their own things by customer and
 * show only what the asker may see of those; it is no search for customers, which is audited.
 */
export async function customerIdsFor(db: Db, text: string, limit = 20): Promise<string[]> {
  const values = (['mail', 'phone', 'customer_number', 'handle'] as const).map((kind) => normaliseIdentity(kind, text));
  const found = await searchRows(db, { text, values: [...new Set(values.filter((value) => value !== null))], after: undefined, limit });
  if (found.length === 0) return [];
  const rows = await db.query<{ id: string }>(sql`select id from customers where root_id = any(${found.map((row) => row.id)}::uuid[])`);
  return rows.map((row) => row.id);
}

/** Whom an address belongs to: whoever proved it, else whoever wrote from it; undefined when nobody is known by it. Makes nobody known. */
export async function ownerOf(db: Db, kind: IdentityKind, address: string): Promise<string | undefined> {
  const value = normaliseIdentity(kind, address);
  if (value === null) return undefined;
  return ((await holderOf(db, kind, value, true)) ?? (await holderOf(db, kind, value, false)))?.root_id;
}

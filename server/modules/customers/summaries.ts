import type { CustomerSummary } from '../../../contract/customers.ts';
import { type Db, type Sql, sql } from '../../platform/database/sql.ts';
import { presentSummary } from './present.ts';
import { summaryRows } from './queries/customers.ts';

/**
 * What lists show, by the ids asked for; one statement. A merged customer gives the one it counts as (its `id` differs then), a restricted or
 * erased one gives nothing.
 */
export async function summaries(db: Db, ids: readonly string[]): Promise<Map<string, CustomerSummary>> {
  if (ids.length === 0) return new Map();
  const rows = await summaryRows(db, [...new Set(ids)]);
  return new Map(rows.map((row) => [row.asked, presentSummary(row)]));
}

/** The name lists show for a customer, woven into another room's statement where a second one would cost as much as the first. Null where `summaries` gives nothing. */
export const displayNameOf = (customerId: Sql): Sql =>
  sql`(select named.display_name from customers asked join customers named on named.id = asked.root_id where asked.id = ${customerId} and named.status = 'active')`;

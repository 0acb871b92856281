import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import { type CaseRow, caseColumns } from '../queries/rows.ts';
import type { CaseState } from '../state/kase.ts';

export interface CaseSearch {
  /** Whose teams' cases, beside those the person owns; 'all' of them. */
  teamIds: readonly string[] | 'all';
  personId: string | null;
  words?: string | undefined;
  /** Found by name beside the words of the subject. */
  namedCustomerIds?: readonly string[];
  customerIds?: readonly string[] | undefined;
  state?: CaseState | undefined;
  ownedOnly?: boolean;
  before?: { at: Date; id: string } | undefined;
  limit: number;
}

/** Newest activity first. Merged cases are found in the case they live in now; restricted ones do not exist. */
export function searchCases(db: Db, search: CaseSearch): Promise<CaseRow[]> {
  const { teamIds, personId, words, namedCustomerIds = [], customerIds, state, ownedOnly, before, limit } = search;
  const conditions: Sql[] = [sql`k.state <> 'merged' and k.restricted_at is null`];
  if (teamIds !== 'all')
    conditions.push(
      sql`(k.owner_id = ${personId} or exists (select from case_conversations l where l.case_id = k.id and l.team_id = any(${teamIds}::uuid[])))`,
    );
  if (words)
    conditions.push(sql`(to_tsvector('simple', k.subject) @@ ${prefixQuery(words)} or k.customer_id = any(${namedCustomerIds}::uuid[]))`);
  if (customerIds) conditions.push(sql`k.customer_id = any(${customerIds}::uuid[])`);
  if (state) conditions.push(sql`k.state = ${state}`);
  if (ownedOnly) conditions.push(sql`k.owner_id = ${personId}`);
  if (before) conditions.push(sql`(k.last_activity_at, k.id) < (${before.at}, ${before.id}::uuid)`);
  return db.query<CaseRow>(sql`select ${caseColumns} from cases k where ${sql.join(conditions, sql` and `)}
    order by k.last_activity_at desc, k.id desc limit ${limit}`);
}

/** Each word as the beginning of one; only letters and digits are left, so nothing typed can be an operator. */
function prefixQuery(words: string): Sql {
  const query = (words.match(/[\p{L}\p{N}]+/gu) ?? [])
    .slice(0, 8)
    .map((word) => `${word}:*`)
    .join(' & ');
  return sql`to_tsquery('simple', ${query})`;
}

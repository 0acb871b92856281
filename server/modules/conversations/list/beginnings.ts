import { type Db, sql } from '../../../platform/database/sql.ts';

/** Whether a customer has ever written and a person ever answered: two words, nothing of what was said. */
export const beginningsOf = (db: Db): Promise<{ received: boolean; answered: boolean }> =>
  db.one(sql`select exists (select from messages where kind = 'message' and direction = 'in') as received,
    exists (select from messages where kind = 'message' and direction = 'out' and author_kind = 'person') as answered`);

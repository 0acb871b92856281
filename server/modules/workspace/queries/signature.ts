import { type Db, sql } from '../../../platform/database/sql.ts';

/** What a person writes below their messages; '' when they have set nothing. */
export async function signatureOf(db: Db, personId: string): Promise<string> {
  const row = await db.maybe<{ signature: string | null }>(
    sql`select preferences->>'signature' as signature from people where id = ${personId}`,
  );
  return row?.signature ?? '';
}

import type { Db } from '../../../platform/database/sql.ts';
import { sql } from '../../../platform/database/sql.ts';
import { filesOf } from '../queries.ts';
import { type MessageRow, messageColumns } from '../rows.ts';
import { belongsTo } from './restriction.ts';

export type ArchivedRow = MessageRow & { conversationSubject: string; files: string[] };

/** What was written in restricted conversations of everybody who counts as this customer, notes too, the newest first. The caller has asked for right and reason. */
export async function archivedMessages(
  ctx: { db: Db },
  customerId: string,
  { before, limit }: { before?: { at: Date; id: string } | undefined; limit: number },
): Promise<ArchivedRow[]> {
  const rows = await ctx.db.query<Omit<ArchivedRow, 'files'>>(sql`select ${messageColumns}, c.subject as "conversationSubject"
    from messages m join conversations c on c.id = m.conversation_id
    where ${await belongsTo(ctx, customerId)} and c.restricted_at is not null and m.kind <> 'system'
      ${before ? sql`and (m.at, m.id) < (${before.at}, ${before.id}::uuid)` : sql.empty} order by m.at desc, m.id desc limit ${limit}`);
  const ids = rows.map((row) => row.id);
  const files = await filesOf(ctx.db, ids);
  return rows.map((row) => ({ ...row, files: (files.get(row.id) ?? []).map((file) => file.filename) }));
}

/** Every conversation of these customers, whoever they count as now. */
export async function conversationIdsOf(db: Db, customerIds: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    sql`select id from conversations where customer_id = any(${customerIds}::uuid[]) or customer_root_id = any(${customerIds}::uuid[])`,
  );
  return rows.map(({ id }) => id);
}

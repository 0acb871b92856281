import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { familyOf, summaries } from '../../customers/index.ts';
import { type ConversationRow, conversationColumns } from '../rows.ts';
import { facts } from '../write.ts';

/** After a merge or its undoing: every conversation of these customers counts for whom they count as now. */
export async function followMerge(ctx: Ctx, customerIds: readonly string[]): Promise<void> {
  const families = await Promise.all(customerIds.map((id) => familyOf(ctx.db, id)));
  const ids = [...new Set([...customerIds, ...families.flat()])];
  const roots = [...(await summaries(ctx.db, ids))].map(([id, summary]) => ({ id, root: summary.id }));
  const rows = await ctx.db.query<ConversationRow>(sql`update conversations c set customer_root_id = r.root, version = version + 1
    from jsonb_to_recordset(${sql.json(roots)}) as r(id uuid, root uuid) where c.customer_id = r.id and c.customer_root_id <> r.root returning ${conversationColumns}`);
  for (const row of rows) ctx.emit('conversations.changed', { ...facts(row), what: 'customer' }, row.caseId);
}

/** A customer's name changed: open conversations show the new one. */
export async function followName(ctx: Ctx, customerId: string): Promise<void> {
  const rows = await ctx.db.query<ConversationRow>(sql`update conversations c set version = version + 1
    where c.customer_root_id = ${customerId} and c.is_open returning ${conversationColumns}`);
  for (const row of rows) ctx.emit('conversations.changed', { ...facts(row), what: 'customer' }, row.caseId);
}

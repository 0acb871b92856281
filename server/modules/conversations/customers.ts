import type { Ctx } from '../../platform/context.ts';
import { sql } from '../../platform/database/sql.ts';
import { familyOf, summaries } from '../customers/index.ts';
import { readableConversations, seesMaskedOnly } from './policy.ts';
import { conversationFacts } from './queries.ts';
import { type ConversationRow, conversationColumns } from './rows.ts';
import { facts } from './write.ts';

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

/** Which of these customers the actor may read because of a conversation of theirs. */
export async function customersReadable(ctx: Ctx, customerIds: readonly string[]): Promise<Set<string>> {
  const rows =
    await ctx.db.query<ConversationRow>(sql`select ${conversationColumns} from unnest(${customerIds}::uuid[]) as w(id) cross join lateral (
      select * from conversations where customer_id = w.id or customer_root_id = w.id order by last_message_at desc limit 50) c`);
  return new Set((await readableConversations(ctx, rows)).flatMap((row) => [row.customerId, row.ownCustomerId]));
}

/** Whose a conversation is, if the actor may read it. */
export async function customersOfConversation(ctx: Ctx, id: string): Promise<string[]> {
  const row = (await conversationFacts(ctx.db, [id])).get(id);
  if (!row || seesMaskedOnly(ctx.actor)) return [];
  return (await readableConversations(ctx, [row])).flatMap(({ customerId, ownCustomerId }) => [customerId, ownCustomerId]);
}

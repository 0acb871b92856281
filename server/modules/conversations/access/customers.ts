import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { readableConversations, seesMaskedOnly } from '../policy.ts';
import { conversationFacts } from '../queries.ts';
import { type ConversationRow, conversationColumns } from '../rows.ts';

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

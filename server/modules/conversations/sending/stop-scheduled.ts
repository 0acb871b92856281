import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { conversationFacts } from '../queries.ts';
import { type MessageRow, messageColumns } from '../rows.ts';
import { addSystemLine } from '../timeline/add-system-line.ts';
import { takeBack } from './take-back.ts';

/**
 * The customer has written before an answer's time came, so it may answer a question that nobody asks any more: it becomes its author's draft again, and
 * the timeline says so. In the transaction that takes the customer's message in, so that between the two nothing can leave.
 */
export async function stopScheduled(ctx: Ctx, conversationIds: readonly string[]): Promise<void> {
  if (conversationIds.length === 0) return;
  const waiting = await ctx.db.query<MessageRow>(sql`select ${messageColumns} from messages m
    where m.conversation_id = any(${conversationIds}::uuid[]) and m.delivery->>'state' = 'scheduled' order by m.conversation_id, m.seq`);
  for (const message of waiting) {
    const row = (await conversationFacts(ctx.db, [message.conversationId])).get(message.conversationId);
    if (!row || !(await takeBack(ctx, row, message))) continue;
    await addSystemLine(ctx, row.id, { code: 'conversations.scheduled_stopped', data: { fromId: message.authorId ?? '' } });
    ctx.log.info({ messageId: message.id, conversationId: row.id }, 'a scheduled answer was stopped by a newer message');
  }
}

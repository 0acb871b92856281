import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { deliveriesOf } from '../../channels/index.ts';
import { isAnswered, isOpen } from '../conversation.ts';
import { conversationFacts } from '../queries.ts';
import { type ConversationRow, type DeliveryFacts, type MessageRow, messageColumns } from '../rows.ts';
import { tellOutside } from '../threads/tell.ts';
import { addSystemLine } from '../timeline/add-system-line.ts';
import { facts, updateConversation } from '../write.ts';

/** Writes what became of outgoing messages next to them; a failure, or a doubt, puts the conversation before people's eyes again. */
export async function noteDeliveries(ctx: Ctx, messageIds: readonly string[]): Promise<void> {
  const outcomes = await deliveriesOf(ctx.db, messageIds);
  for (const [messageId, outcome] of outcomes) {
    const delivery: DeliveryFacts = {
      state: outcome.state,
      at: outcome.at.toISOString(),
      until: null,
      problem: outcome.problem,
      ...(outcome.readAt ? { readAt: outcome.readAt.toISOString() } : {}),
    };
    const message = await ctx.db.maybe<MessageRow>(sql`update messages m set version = version + 1, delivery = ${sql.json(delivery)},
        platform_id = coalesce(${outcome.platformId}::text, m.platform_id)
      where m.id = ${messageId} and m.delivery is distinct from ${sql.json(delivery)} returning ${messageColumns}`);
    if (!message) continue;
    const conversation = (await conversationFacts(ctx.db, [message.conversationId])).get(message.conversationId);
    if (!conversation) continue;
    const isInDoubt = delivery.state === 'failed' || (delivery.state === 'uncertain' && delivery.problem !== null);
    tellOutside(ctx, conversation);
    const row = isInDoubt ? await waitsAgain(ctx, conversation, message) : conversation;
    ctx.emit('conversations.delivery_changed', { ...facts(row), messageId, seq: message.seq, state: delivery.state }, row.caseId);
  }
}

/**
 * What rested on an answer that did not get there, or perhaps not, is ours again, solved or not; and whoever was waiting for it has been waiting since they wrote, also where
 * somebody has taken the conversation up again meanwhile.
 */
async function waitsAgain(ctx: Ctx, before: ConversationRow, { answersSince }: MessageRow): Promise<ConversationRow> {
  const rested = isAnswered(before.state);
  if (!rested && (before.waitingSince !== null || answersSince === null || !isOpen(before.state))) return before;
  const row = await updateConversation(
    ctx,
    before.id,
    sql`waiting_since = coalesce(waiting_since, ${answersSince ?? ctx.now})${rested ? sql`, state = 'queued', resolved_at = null` : sql.empty}`,
  );
  if (rested) ctx.emit('conversations.state_changed', { ...facts(row), fromState: before.state, toState: row.state }, row.caseId);
  return row;
}

/** Says in the timeline that an answer waited unread and went another way. */
export async function noteElsewhere(ctx: Ctx, { messageId, conversationId }: { messageId: string; conversationId: string }): Promise<void> {
  await addSystemLine(ctx, conversationId, { code: 'conversations.went_elsewhere', data: { messageId } });
  await noteDeliveries(ctx, [messageId]);
}

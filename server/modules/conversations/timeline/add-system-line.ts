import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import type { MessageRow } from '../rows.ts';
import { facts, updateConversation } from '../write.ts';
import { insertMessage } from './insert-message.ts';

/** Writes an internal line into the timeline, e.g. "handed over to …". Kept as code and data; the browser puts it into words. */
export async function addSystemLine(
  ctx: Ctx,
  conversationId: string,
  line: { code: string; data: Record<string, string> },
): Promise<MessageRow> {
  const conversation = await updateConversation(ctx, conversationId, sql`last_seq = last_seq + 1`);
  const message = await insertMessage(ctx, {
    conversationId,
    seq: conversation.lastSeq,
    kind: 'system',
    direction: 'none',
    visibility: 'internal',
    authorKind: ctx.actor.kind === 'person' ? 'person' : 'system',
    authorId: ctx.actor.kind === 'person' ? ctx.actor.id : null,
    authorName: ctx.actor.name,
    text: JSON.stringify(line),
    at: ctx.now,
  });
  ctx.emit('conversations.system_line_added', { ...facts(conversation), messageId: message.id, seq: message.seq }, conversation.caseId);
  return message;
}

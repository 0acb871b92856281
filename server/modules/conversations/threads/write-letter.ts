import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type Letter, queueDelivery } from '../../channels/index.ts';
import { type MessageRow, messageColumns } from '../rows.ts';
import { insertMessage } from '../timeline/insert-message.ts';
import { facts, updateConversation } from '../write.ts';
import { conversationsOfThread } from './read-thread.ts';

/**
 * A letter about a thread that leaves through another account, such as its transcript by mail. It stands in the conversation as what it is, nobody's answer:
 * whose turn it is stays as it was. What is answered to it is no stranger's.
 */
export async function writeLetter(
  ctx: Ctx,
  { accountId, threadKey }: { accountId: string; threadKey: string },
  throughAccountId: string,
  letter: Letter,
): Promise<boolean> {
  const [newest] = await conversationsOfThread(ctx.db, accountId, threadKey);
  if (!newest) return false;
  const conversationId = newest.mergedInto ?? newest.id;
  await ctx.db.exec(sql`select from conversations where id = ${conversationId} for no key update`);
  const again = await ctx.db.maybe<MessageRow>(sql`select ${messageColumns} from messages m where m.id = ${letter.letterId}`);
  if (again) return again.conversationId === conversationId;
  const queued = await queueDelivery(ctx, {
    messageId: letter.letterId,
    conversationId,
    accountId: throughAccountId,
    dueAt: ctx.now,
    undoable: false,
  });
  if (!queued) return false;
  const row = await updateConversation(
    ctx,
    conversationId,
    sql`last_seq = last_seq + 1, participants = (select array_agg(distinct p) from unnest(participants || ${[letter.to.address.toLowerCase()]}::text[]) as p)`,
  );
  const message = await insertMessage(ctx, {
    id: letter.letterId,
    conversationId,
    seq: row.lastSeq,
    kind: 'message',
    direction: 'out',
    visibility: row.visibility,
    authorKind: 'system',
    authorId: null,
    authorName: '',
    envelope: { from: null, to: [letter.to], cc: [], bcc: [] },
    subject: letter.subject,
    text: letter.text,
    delivery: { state: 'queued', at: ctx.now.toISOString(), until: null, problem: null },
    platformId: queued.platformId,
    facts: ['copy'],
    at: ctx.now,
  });
  ctx.emit(
    'conversations.message_sent',
    { ...facts(row), messageId: message.id, seq: message.seq, personId: null, then: 'keep' },
    row.caseId,
  );
  return true;
}

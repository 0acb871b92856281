import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { changeState } from '../changes/change-state.ts';
import { isAnswered, mayContinue, previewOf } from '../conversation.ts';
import { fail } from '../errors.ts';
import { conversationFacts } from '../queries.ts';
import { clean } from '../receiving/participants.ts';
import { type ConversationRow, conversationColumns, type MessageRow, messageColumns } from '../rows.ts';
import { attach, requireAttachments } from '../sending/check-send.ts';
import { stopScheduled } from '../sending/stop-scheduled.ts';
import { insertMessage } from '../timeline/insert-message.ts';
import { facts, updateConversation } from '../write.ts';
import { onPage, type Reader, unconfirmed } from './reader.ts';

export interface Addition {
  /** Made in the browser: the same again is the same message. */
  messageId: string;
  conversationId: string;
  customerId: string;
  reader: Reader;
  text: string;
  fileIds: readonly string[];
  /** Whether the writer has shown that they read the address. */
  confirmed: boolean;
}

/** What a customer writes on their own page: a message like one that came in, in the same conversation, or beside it where a mail would be too. */
export async function addFromCustomer(ctx: Ctx, addition: Addition): Promise<MessageRow> {
  const row = await lockStanding(ctx, addition.conversationId);
  const again = await ctx.db.maybe<MessageRow>(sql`select ${messageColumns} from messages m where m.draft_id = ${addition.messageId}`);
  if (again) {
    if (again.authorId !== addition.customerId || !again.facts.includes(onPage)) throw core('core.conflict');
    return again;
  }
  const text = clean(addition.text);
  const files = await requireAttachments(ctx, addition.fileIds);
  if (text.trim() === '' && files.length === 0) throw fail('conversations.empty_message');
  const goesOn = mayContinue(row, ctx.now, false);
  const into = goesOn ? row : await openBeside(ctx, row);
  const wakes = goesOn && row.state !== 'queued' && row.state !== 'spam' && row.state !== 'new';
  const reopened = goesOn && isAnswered(row.state);
  const after = wakes ? await changeState(ctx, into, 'customer_message') : into;
  const conversation = await updateConversation(
    ctx,
    after.id,
    sql`last_seq = last_seq + 1, last_message_at = ${ctx.now}, last_direction = 'in', preview = ${previewOf(text) || after.preview}, snoozed_until = null,
      waiting_since = coalesce(waiting_since, ${ctx.now}), attachment_count = attachment_count + ${files.length}`,
  );
  const message = await insertMessage(ctx, {
    conversationId: conversation.id,
    seq: conversation.lastSeq,
    kind: 'message',
    direction: 'in',
    visibility: conversation.visibility,
    authorKind: 'customer',
    authorId: addition.customerId,
    authorName: addition.reader.label,
    envelope: { from: { name: '', address: addition.reader.label }, to: [], cc: [], bcc: [] },
    text,
    facts: addition.confirmed ? [onPage] : [onPage, unconfirmed],
    draftId: addition.messageId,
    at: ctx.now,
  });
  await attach(ctx, message.id, files);
  await stopScheduled(ctx, [conversation.id]);
  ctx.emit(
    'conversations.message_received',
    { ...facts(conversation), messageId: message.id, seq: message.seq, automatic: null, reopened, by: 'customer' },
    conversation.caseId,
  );
  return message;
}

/** The conversation, or the one it was merged into, held until the end. What only lies there is not found. */
async function lockStanding(ctx: Ctx, id: string): Promise<ConversationRow> {
  const row = await ctx.db.maybe<ConversationRow>(
    sql`select ${conversationColumns} from conversations c where c.id = ${id} for no key update of c`,
  );
  if (!row || row.restrictedAt) throw core('core.not_found');
  return row.mergedInto ? lockStanding(ctx, row.mergedInto) : row;
}

/** A conversation beside one that rests for good, on the same account with the same people; the case follows from what it relates to. */
async function openBeside(ctx: Ctx, row: ConversationRow): Promise<ConversationRow> {
  const id = newId(ctx.now.getTime());
  await ctx.db.exec(sql`insert into conversations (id, channel, account_id, visibility, state, subject, preview, customer_id, customer_root_id, team_id, last_message_at,
      last_direction, participants, created_at)
    values (${id}, ${row.channel}, ${row.accountId}, ${row.visibility}, 'queued', ${row.subject}, '', ${row.ownCustomerId}, ${row.customerId}, ${row.teamId}, ${ctx.now},
      'in', ${row.participants}, ${ctx.now})`);
  ctx.emit('conversations.opened', {
    conversationId: id,
    customerId: row.customerId,
    teamId: row.teamId,
    channel: row.channel,
    accountId: row.accountId,
    relatedId: row.id,
  });
  const opened = (await conversationFacts(ctx.db, [id])).get(id);
  if (!opened) throw new Error('A conversation was not written');
  return opened;
}

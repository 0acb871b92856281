import type { Message } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { presentOneMessage } from '../present.ts';
import { loadConversation } from '../queries.ts';
import { attach, requireAttachments } from '../sending/check-send.ts';
import { removeDraft } from '../sending/draft.ts';
import { sentBefore } from '../sending/reply.ts';
import { facts, updateConversation } from '../write.ts';
import { insertMessage, messageIdFor } from './insert-message.ts';
import { admitMentions, auditMentioned, openToMentioned } from './mention.ts';

export interface NoteInput {
  id: string;
  noteId: string;
  text: string;
  mentions: string[];
  attachmentIds: string[];
}

/** Writes an internal note. It has no envelope and no outbox row, so there is no way in which it could leave. */
export async function addNote(ctx: Ctx, input: NoteInput): Promise<{ message: Message }> {
  const [row, again] = await Promise.all([
    loadConversation(ctx, input.id, { right: 'internal_note', lock: true }),
    sentBefore(ctx, input.id, input.noteId),
  ]);
  if (again) return { message: await presentOneMessage(ctx.db, again) };
  const mentions = await admitMentions(ctx, row, input.mentions);
  const attachments = await requireAttachments(ctx, input.attachmentIds);
  const conversation = await updateConversation(
    ctx,
    row.id,
    sql`last_seq = last_seq + 1, attachment_count = attachment_count + ${attachments.length}`,
  );
  const message = await insertMessage(ctx, {
    id: await messageIdFor(ctx, input.noteId),
    conversationId: row.id,
    seq: conversation.lastSeq,
    kind: 'note',
    direction: 'none',
    visibility: 'internal',
    authorKind: ctx.actor.kind === 'person' ? 'person' : 'system',
    authorId: ctx.actor.kind === 'person' ? ctx.actor.id : null,
    authorName: ctx.actor.name,
    text: input.text,
    mentions: mentions.personIds,
    draftId: input.noteId,
    at: ctx.now,
  });
  await attach(ctx, message.id, attachments);
  await removeDraft(ctx, row.id, 'note');
  await openToMentioned(ctx, row, mentions);
  ctx.emit(
    'conversations.note_added',
    { ...facts(conversation), messageId: message.id, seq: message.seq, personId: ctx.actor.id, mentionIds: mentions.personIds },
    conversation.caseId,
  );
  const shown = await presentOneMessage(ctx.db, message);
  await auditMentioned(ctx, row, mentions);
  return { message: shown };
}

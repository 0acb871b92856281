import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { channelOf, ownAddresses, queueDelivery } from '../../channels/index.ts';
import { signatureOf } from '../../workspace/index.ts';
import { nobodyWaits } from '../clock/due.ts';
import { previewOf } from '../conversation.ts';
import { fail } from '../errors.ts';
import type { AttachmentRow, ConversationRow, DeliveryFacts, Envelope, MessageRow } from '../rows.ts';
import { insertMessage, messageIdFor } from '../timeline/insert-message.ts';
import { facts, updateConversation } from '../write.ts';
import { attach, requireAttachments } from './check-send.ts';
import { type DraftInput, removeDraft } from './draft.ts';
import { keptAs } from './letter/rich.ts';

export interface Content extends Pick<DraftInput, 'text' | 'html' | 'to' | 'cc' | 'bcc' | 'subject' | 'attachmentIds'> {
  draftId: string;
  undoSeconds: number;
  sendAt?: string | null;
}

export interface HowWritten {
  direction: 'out';
  authorKind: 'person';
  draftKind: 'reply' | 'forward';
  then: 'wait' | 'keep';
  /** Copies of the conversation's files that go along, e.g. when forwarding. */
  existing?: Pick<AttachmentRow, 'filename' | 'mediaType' | 'size' | 'scan' | 'fileId'>[];
}

/** Writes an outgoing message with its outbox row, in one transaction; the channel takes it from there when its time has come. The conversation is locked, or new. */
export async function writeOutgoing(
  ctx: Ctx,
  row: ConversationRow,
  input: Content,
  how: HowWritten,
): Promise<{ message: MessageRow; conversation: ConversationRow }> {
  // Whatever happens by itself writes to nobody outside: what it answers may be a machine that answers, too.
  if (ctx.actor.id === null) throw core('core.forbidden', { right: 'write_private_reply' });
  requireAddresses(row, input);
  const written = keptAs(input, row.channel);
  const [attachments, messageId, isOwn, own] = await Promise.all([
    requireAttachments(ctx, input.attachmentIds),
    messageIdFor(ctx, input.draftId),
    ownAddresses(ctx, row.channel),
    ownLines(ctx),
  ]);
  if (written.text.trim() === '' && attachments.length === 0) throw fail('conversations.empty_message');
  if (!row.accountId) throw fail('conversations.channel_cannot_reply');
  const undoSeconds = channelOf(row.channel)?.descriptor.capabilities.undoSend ? input.undoSeconds : 0;
  const sendAt = input.sendAt ? new Date(input.sendAt) : undefined;
  const isScheduled = sendAt !== undefined && sendAt > ctx.now;
  const dueAt = isScheduled ? sendAt : new Date(ctx.now.getTime() + undoSeconds * 1_000);
  const delivery: DeliveryFacts = {
    state: isScheduled ? 'scheduled' : undoSeconds > 0 ? 'held' : 'queued',
    at: ctx.now.toISOString(),
    until: dueAt > ctx.now ? dueAt.toISOString() : null,
    problem: null,
  };
  const receivers = { to: input.to.map(oneLine), cc: input.cc.map(oneLine), bcc: input.bcc.map(oneLine) };
  const addressed = [...new Set([...receivers.to, ...receivers.cc].map((a) => a.address.toLowerCase()))];
  const joined = addressed.filter((address) => !row.participants.includes(address) && !isOwn(address));
  const envelope: Envelope = { from: null, ...receivers, ...(joined.length > 0 ? { joined } : {}) };
  const queued = await queueDelivery(ctx, {
    messageId,
    conversationId: row.id,
    accountId: row.accountId,
    dueAt,
    undoable: undoSeconds > 0 || isScheduled,
  });
  if (!queued) throw fail('conversations.channel_cannot_reply');
  if (queued.needsRecipients && input.to.length + input.cc.length + input.bcc.length === 0) throw fail('conversations.no_recipient');

  // What goes to a third party is no answer: the customer waits on.
  const isAnswer = how.draftKind === 'reply';
  const changing = updateConversation(
    ctx,
    row.id,
    sql`last_seq = last_seq + 1, read_seq = last_seq + 1, last_message_at = ${ctx.now}, last_direction = 'out', preview = ${previewOf(written.text)},
      ${isAnswer ? sql`${nobodyWaits}, first_answer_at = coalesce(first_answer_at, ${ctx.now}),` : sql.empty}
      assignee_id = coalesce(assignee_id, ${ctx.actor.id}), attachment_count = attachment_count + ${attachments.length + (how.existing?.length ?? 0)},
      participants = (select coalesce(array_agg(distinct p), '{}') from unnest(participants || ${joined}::text[]) as p)`,
  );
  const inserting = insertMessage(ctx, {
    id: messageId,
    conversationId: row.id,
    seq: row.lastSeq + 1,
    kind: 'message',
    direction: how.direction,
    visibility: row.visibility,
    authorKind: how.authorKind,
    authorId: ctx.actor.id,
    authorName: ctx.actor.name,
    envelope,
    subject: input.subject === null ? null : onOneLine(input.subject),
    ...written,
    signature: signatureFrom(ctx, own, queued.signature),
    delivery,
    platformId: queued.platformId,
    draftId: input.draftId,
    facts: isAnswer ? [] : ['forward'],
    answersSince: isAnswer ? row.waitingSince : null,
    at: ctx.now,
  });
  const copying = (how.existing ?? []).map((file, i) =>
    ctx.db.exec(sql`insert into attachments (id, message_id, n, file_id, filename, media_type, size, scan, uploaded_by, created_at)
      values (${newId(ctx.now.getTime())}, ${messageId}, ${attachments.length + i}, ${file.fileId}, ${file.filename}, ${file.mediaType}, ${file.size}, ${file.scan}, ${ctx.actor.id}, ${ctx.now})`),
  );
  const [conversation, message] = await Promise.all([
    changing,
    inserting,
    attach(ctx, messageId, attachments),
    removeDraft(ctx, row.id, how.draftKind),
    ...copying,
  ]);
  ctx.emit(
    'conversations.message_sent',
    { ...facts(conversation), messageId, seq: message.seq, personId: ctx.actor.id, then: how.then },
    conversation.caseId,
  );
  return { message, conversation };
}

/** Better refused while the writer looks at it than found out when it should leave. */
function requireAddresses(row: ConversationRow, { to, cc, bcc }: Content): void {
  const channel = channelOf(row.channel);
  if (!channel?.descriptor.capabilities.recipients) return;
  const wrong = [...to, ...cc, ...bcc].filter(({ address }) => {
    const bare = bareAddress(address);
    return channel.identity.normalise(bare) === null || /[<>]/.test(bare);
  });
  if (wrong.length > 0) throw fail('conversations.recipient_invalid', { addresses: wrong.map(({ address }) => address) });
}

/** Pasted names and subjects bring line breaks along; in a header they would begin another one. */
const onOneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();
/** Pasted from another program an address comes in brackets or as a link; kept so, it would fail only when the message leaves. */
const bareAddress = (text: string): string =>
  text
    .trim()
    .replace(/^<(.*)>$/, '$1')
    .replace(/^mailto:/i, '')
    .trim();
const oneLine = <A extends Envelope['to'][number]>(recipient: A): A => ({
  ...recipient,
  name: onOneLine(recipient.name),
  address: bareAddress(recipient.address),
});

/** What the writer signs with. */
export const ownLines = async ({ actor, db }: Ctx): Promise<string> =>
  actor.kind === 'person' && actor.id ? signatureOf(db, actor.id) : '';

/** The writer's own lines, then the account's, in which `{{name}}` stands for the writer. */
export function signatureFrom(ctx: Ctx, own: string, ofAccount: string | null): string | null {
  const lines = [own, ofAccount ?? ''].map((text) => text.replaceAll('{{name}}', ctx.actor.name).trim()).filter(Boolean);
  return lines.length > 0 ? lines.join('\n') : null;
}

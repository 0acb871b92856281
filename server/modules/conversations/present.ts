import type { Attachment, Conversation, Draft, Message } from '../../../contract/conversations.ts';
import { type Db } from '../../platform/database/sql.ts';
import { summaries } from '../customers/index.ts';
import { clockOf } from './clock/due.ts';
import { priorityName } from './conversation.ts';
import { attachmentsByIds, attachmentsOf } from './queries.ts';
import { divertedTo } from './reading/proposals.ts';
import type { AttachmentRow, ConversationRow, DraftRow, MessageRow, ShownConversation } from './rows.ts';

/** Conversations as everybody outside sees them, in the order given. Customers' names come along in one query. */
export async function presentConversations(db: Db, rows: readonly ConversationRow[]): Promise<Conversation[]> {
  const names = await summaries(db, [...new Set(rows.map((row) => row.customerId))]);
  return rows.map((row) => presentConversation(row, names.get(row.customerId)?.displayName ?? ''));
}

export const presentOne = async (db: Db, row: ConversationRow): Promise<Conversation> =>
  presentConversation(row, await customerName(db, row));

/** The name goes with a conversation wherever it is shown. Asked for together with a change of it, which leaves its customer alone, it costs no wait of its own. */
export const customerName = async (db: Db, { customerId }: Pick<ConversationRow, 'customerId'>): Promise<string> =>
  (await summaries(db, [customerId])).get(customerId)?.displayName ?? '';

export function presentConversation(row: ShownConversation, customerName: string): Conversation {
  return {
    id: row.id,
    version: row.version,
    channel: row.channel,
    accountId: row.accountId,
    visibility: row.visibility,
    state: row.state,
    subject: row.subject,
    preview: row.preview,
    customerId: row.customerId,
    customerName,
    caseId: row.caseId,
    teamId: row.teamId,
    assigneeId: row.assigneeId,
    // Until is sent along, so the browser ends a lease at its time even when the sweeper is late.
    claim:
      row.claimedBy && row.claimedAt && row.claimUntil
        ? { personId: row.claimedBy, since: row.claimedAt.toISOString(), until: row.claimUntil.toISOString() }
        : null,
    priority: priorityName(row.priority),
    tags: row.tags,
    lastSeq: row.lastSeq,
    lastMessageAt: row.lastMessageAt.toISOString(),
    lastDirection: row.lastDirection,
    waitingSince: row.waitingSince?.toISOString() ?? null,
    due:
      row.dueAt && row.warnAt
        ? { clock: clockOf(row.firstAnswerAt === null), at: row.dueAt.toISOString(), nearAt: row.warnAt.toISOString() }
        : null,
    queueId: row.queueId,
    snoozedUntil: row.snoozedUntil?.toISOString() ?? null,
    automatic: row.automatic as Conversation['automatic'],
    attachmentCount: row.attachmentCount,
    mergedInto: row.mergedInto,
    createdAt: row.createdAt.toISOString(),
  };
}

/** For those who may see masked data only: that there is work, not whose and about what. */
export const maskConversation = <C extends Pick<Conversation, 'customerName' | 'subject' | 'preview'>>(whole: C): C => ({
  ...whole,
  customerName: '',
  subject: '',
  preview: '',
});

/** Messages with their attachments, in the order given. */
export async function presentMessages(db: Db, rows: readonly MessageRow[]): Promise<Message[]> {
  if (rows.length === 0) return [];
  const byMessage = new Map<string, Attachment[]>();
  for (const row of await attachmentsOf(
    db,
    rows.map((r) => r.id),
  )) {
    const list = byMessage.get(row.messageId ?? '') ?? [];
    list.push(presentAttachment(row));
    byMessage.set(row.messageId ?? '', list);
  }
  return rows.map((row) => presentMessage(row, byMessage.get(row.id) ?? []));
}

export async function presentOneMessage(db: Db, row: MessageRow): Promise<Message> {
  const [one] = await presentMessages(db, [row]);
  if (!one) throw new Error('A message was not presented');
  return one;
}

export function presentMessage(row: MessageRow, attachments: Attachment[]): Message {
  const replyTo = row.direction === 'in' ? divertedTo(row) : [];
  return {
    id: row.id,
    version: row.version,
    conversationId: row.conversationId,
    seq: row.seq,
    kind: row.kind,
    direction: row.direction,
    visibility: row.visibility,
    author: { kind: row.authorKind, id: row.authorId, name: row.authorName },
    from: row.envelope.from,
    to: row.envelope.to,
    cc: row.envelope.cc,
    bcc: row.envelope.bcc,
    ...(replyTo.length > 0 ? { replyTo } : {}),
    subject: row.subject,
    text: row.text,
    quoted: row.quoted,
    signature: row.signature,
    hasHtml: row.hasHtml,
    attachments,
    automatic: row.automatic as Message['automatic'],
    facts: row.facts,
    delivery: row.delivery,
    mentions: row.mentions,
    hasRaw: row.intakeId !== null,
    at: row.at.toISOString(),
  };
}

export const presentAttachment = (row: AttachmentRow): Attachment => ({
  id: row.id,
  filename: row.filename,
  mediaType: row.mediaType,
  size: row.size,
  inline: row.inline,
  contentId: row.contentId,
  scan: row.scan,
});

/** Drafts with the files they hold, in the order given. */
export async function presentDrafts(db: Db, rows: readonly DraftRow[]): Promise<Draft[]> {
  const ids = rows.flatMap((row) => row.attachmentIds);
  const files = new Map(ids.length > 0 ? (await attachmentsByIds(db, ids)).map((row) => [row.id, presentAttachment(row)]) : []);
  return rows.map((row) => presentDraft(row, files));
}

export async function presentOneDraft(db: Db, row: DraftRow): Promise<Draft> {
  const [one] = await presentDrafts(db, [row]);
  if (!one) throw new Error('A draft was not presented');
  return one;
}

const presentDraft = (row: DraftRow, files: ReadonlyMap<string, Attachment>): Draft => ({
  id: row.id,
  version: row.version,
  conversationId: row.conversationId,
  kind: row.kind,
  text: row.text,
  html: row.html,
  to: row.envelope.to,
  cc: row.envelope.cc,
  bcc: row.envelope.bcc,
  subject: row.subject,
  attachmentIds: row.attachmentIds,
  attachments: row.attachmentIds.flatMap((id) => files.get(id) ?? []),
  baseSeq: row.baseSeq,
  updatedAt: row.updatedAt.toISOString(),
});

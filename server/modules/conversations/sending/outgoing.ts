import type { Outgoing, OutgoingAttachment } from '../../../../contract/channel.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { readFile } from '../../../platform/files/files.ts';
import { channelOf, readInbound } from '../../channels/index.ts';
import { onPage } from '../customer-side/reader.ts';
import { attachmentsOf } from '../queries.ts';
import { isStrangers, newHere, senderOf } from '../receiving/participants.ts';
import { type AttachmentRow, type ConversationRow, conversationColumns, type MessageRow, messageColumns } from '../rows.ts';
import { type Answer, type AnswerLink, answerLink, below } from '../customer-side/answer-link.ts';
import { languageFor, type Quotation, quotationOf, quoteBelow } from './letter/quote.ts';
import { asLetter } from './letter/rich.ts';

/** A message as its channel sends it: with signature, quote and the ids that keep it in its thread. Undefined when it is gone. */
export async function outgoingFor(ctx: Pick<Ctx, 'db' | 'platform'>, messageId: string): Promise<Outgoing | undefined> {
  const { db } = ctx;
  const message = await db.maybe<MessageRow & { html: string | null }>(
    sql`select ${messageColumns}, m.html from messages m where m.id = ${messageId}`,
  );
  const conversation =
    message &&
    (await db.maybe<ConversationRow>(sql`select ${conversationColumns} from conversations c where c.id = ${message.conversationId}`));
  // What only lies there is not sent, though its time may come.
  if (!message || !conversation || conversation.restrictedAt) return undefined;
  const attachments = await attachmentsOf(db, [message.id]);
  // Asked again a little later.
  if (ctx.platform.config.virusScan && attachments.some(({ scan }) => scan === 'pending'))
    throw new Error(`The virus scanner has not judged the attachments of ${message.id} yet`);
  const isForward = message.facts.includes('forward');
  const { before, answered, quotation, subject } = await surroundingsOf(ctx, conversation, { ...message, isForward });
  const letter = { text: message.text, signature: message.signature, quotation };
  const link = isForward ? undefined : await linkBelow(ctx, { message, conversation }, letter);
  return {
    messageId: message.id,
    conversationId: conversation.id,
    visibility: conversation.visibility,
    to: message.envelope.to,
    cc: message.envelope.cc,
    bcc: message.envelope.bcc,
    subject,
    text: plainLetter(letter, link),
    html: message.html && asLetter(message.html, { signature: message.signature, link, quotation }),
    attachments: attachments.map((a) => outgoingAttachment(ctx, a)),
    // What was written on the customer's page has no id that a mail could name: the thread goes on from the message before it.
    inReplyTo: isForward ? null : (answered?.platformId ?? before.findLast((m) => m.platformId)?.platformId ?? null),
    references: isForward ? [] : before.flatMap((m) => (m.platformId ? [m.platformId] : [])),
    threadKey: conversation.threadKey,
    automatic: message.authorKind === 'system',
    language: null,
    at: message.at,
  };
}

interface Letter {
  text: string;
  signature: string | null;
  quotation: Quotation | null;
}

const plainLetter = ({ text, signature, quotation }: Letter, link: AnswerLink | undefined): string =>
  `${text}${below(signature, link)}${quotation ? quoteBelow(quotation) : ''}`;

/** The link that stands below an answer. Bytes are never fewer than what a channel counts: an answer that the link would make too long goes without it. */
export async function linkBelow(ctx: Pick<Ctx, 'db' | 'platform'>, answer: Answer, letter: Letter): Promise<AnswerLink | undefined> {
  const link = await answerLink(ctx, answer);
  const limit = channelOf(answer.conversation.channel)?.descriptor.capabilities.text?.limit ?? Number.POSITIVE_INFINITY;
  return link && Buffer.byteLength(plainLetter(letter, link)) <= limit ? link : undefined;
}

type Leaving = Pick<MessageRow, 'conversationId' | 'seq' | 'envelope' | 'subject'> & { isForward: boolean };

/** What stands around the words of a message that leaves: the thread before it, what it quotes, its subject. */
export async function surroundingsOf(
  ctx: Pick<Ctx, 'db' | 'platform'>,
  conversation: ConversationRow,
  message: Leaving,
): Promise<{ before: MessageRow[]; answered: MessageRow | undefined; quotation: Quotation | null; subject: string | null }> {
  const before = await earlier(ctx.db, message);
  const answered = answeredBy(before);
  const hasSubject = channelOf(conversation.channel)?.descriptor.capabilities.subject ?? false;
  return {
    before,
    answered,
    quotation: answered && !message.isForward && hasSubject ? quotationOf(answered, await languageFor(ctx, conversation.customerId)) : null,
    subject: message.subject ?? (hasSubject ? replySubject(conversation.subject) : null),
  };
}

/** What an answer quotes. A stranger who is answered reads back the own words only, never what the customer wrote, newer or not. */
function answeredBy(before: readonly MessageRow[]): MessageRow | undefined {
  const strangers = new Set(before.filter(isStrangers).map(senderOf));
  const readable = strangers.size > 0 ? before.filter((m) => strangers.has(senderOf(m))) : before;
  return readable.findLast((m) => m.direction === 'in') ?? before.at(-1);
}

/** The thread before a message, oldest first; the twenty newest are enough for any mail program. Strangers' mails stand in an answer to them only. */
async function earlier(db: Db, message: Leaving): Promise<MessageRow[]> {
  const { to, cc, bcc } = message.envelope;
  const receivers = [...to, ...cc, ...bcc].map((a) => a.address.toLowerCase());
  const rows =
    await db.query<MessageRow>(sql`select ${messageColumns} from messages m where m.conversation_id = ${message.conversationId} and m.seq < ${message.seq}
    and m.kind = 'message' and (m.platform_id is not null or ${onPage} = any(m.facts)) and (m.delivery is null or m.delivery->>'state' <> 'cancelled')
    and (not ${newHere} = any(m.facts) or lower(m.envelope->'from'->>'address') = any(${receivers}::text[])) order by m.seq desc limit 20`);
  return rows.reverse();
}

const replySubject = (subject: string): string => (/^(re|aw)\s*:/i.test(subject.trim()) ? subject : `Re: ${subject}`.trim());

function outgoingAttachment(ctx: Pick<Ctx, 'db' | 'platform'>, row: AttachmentRow): OutgoingAttachment {
  return {
    filename: row.filename,
    mediaType: row.mediaType,
    size: row.size,
    inline: row.inline,
    contentId: row.contentId,
    async read() {
      if (row.scan === 'infected') throw new Error(`Attachment ${row.id} is infected`);
      const content = await attachmentContent(ctx, row);
      // Better a visible failure than an answer that leaves without its file.
      if (!content) throw new Error(`Attachment ${row.id} has no content`);
      return content;
    },
  };
}

/** Bytes of an attachment: from the uploaded file, or cut anew out of the raw message it came in. */
export async function attachmentContent(ctx: Pick<Ctx, 'db' | 'platform'>, row: AttachmentRow): Promise<Uint8Array | undefined> {
  if (row.fileId) return readFile(ctx.db, row.fileId);
  if (!row.intakeId || !row.messageId) return undefined;
  const source = await ctx.db.maybe<{ index: number | null }>(
    sql`select coalesce(intake_index, 0) as index from messages where id = ${row.messageId}`,
  );
  const inbound = await readInbound(ctx, { intakeId: row.intakeId, index: source?.index ?? 0 });
  return inbound?.message.attachments[row.n]?.content ?? undefined;
}

import type {
  ChannelAccount,
  ChannelTools,
  InboundAttachment,
  InboundItem,
  InboundMessage,
  RawIntake,
} from '../../../../contract/channel.ts';
import type { Address } from '../../../../contract/conversations.ts';
import type { EmailSettings } from '../../channel.ts';
import { trustedAuthserv } from '../access/servers.ts';
import { normaliseAddress } from '../address.ts';
import { type MailAddress, type MailAttachment, type ParsedMail, parseMailSync } from '../parse.ts';
import { isOwnMessageId, loopMark, replyKeys } from '../thread/identifiers.ts';
import { findReplyToken } from '../thread/reply-token.ts';
import { threadSignals } from '../thread/thread.ts';
import { splitReply } from '../trim/trim.ts';
import { readAuthenticity } from './authentic.ts';
import { classifyAutomatic } from './automatic.ts';
import { TookTooLong, withinTime } from './deadline.ts';
import { listAddresses, listFields } from './list.ts';
import { readReceipts } from './receipts.ts';
import { mailKey, readableId } from './sameness.ts';
import { readAuthor } from './sender.ts';

/** A mail this small is read without a watch on the clock: even work that grows with the square of its length ends within a second. */
const unwatchedBytes = 8 * 1024;
/**
 * The largest mails take less than a tenth of it, on a slow machine less than half. Up to a megabyte it is less than the three seconds that a transaction may
 * be silent: else a mail that finds no end would be begun again and again.
 */
export const millisecondsFor = (bytes: number): number => 2_000 + Math.round(bytes / 4_000);

/**
 * Reads a mail out of the intake: reports about our own mails become receipts, everything else one message. A mail whose reading finds no end is told as
 * a message without text (`not_read`), so that people see it and get the original.
 */
export async function parseInbound(
  raw: RawIntake,
  account: ChannelAccount<EmailSettings>,
  tools: ChannelTools,
  parse = parseMailSync,
  milliseconds = millisecondsFor(raw.content.byteLength),
): Promise<InboundItem[]> {
  const content = Buffer.from(raw.content.buffer, raw.content.byteOffset, raw.content.byteLength);
  const read = (readable: Buffer): InboundItem[] => {
    const mail = parse(readable);
    const receipts = readReceipts(mail, raw.receivedAt, tools);
    return receipts.length > 0 ? receipts : [readMessage(mail, content, raw, account, tools)];
  };
  if (content.length <= unwatchedBytes) return read(content);
  try {
    return withinTime(milliseconds, () => read(content));
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error;
    tools.log.warn(
      { intakeId: raw.id, bytes: content.length, milliseconds },
      'a mail took too long to read and is shown without its content',
    );
    return [readUnread(content, raw, account, tools)];
  }
}

/** What the few fields at the top say of a mail that cannot be read: who, to whom, about what. Small, so it takes no time. */
function readUnread(content: Buffer, raw: RawIntake, account: ChannelAccount<EmailSettings>, tools: ChannelTools): InboundMessage {
  const mail = parseMailSync(topFields(content));
  const message = readMessage(mail, content, raw, account, tools);
  // Whoever cannot be read is answered by people only.
  return { ...message, facts: ['not_read'], neverAnswer: true };
}

const fieldsOfInterest = new Set([
  ...'from sender reply-to to cc subject date message-id in-reply-to references'.split(' '),
  ...listFields,
]);

/** The first of each of these fields, cut where nobody's is longer. */
function topFields(content: Buffer): Buffer {
  const top = content.toString('latin1', 0, 64 * 1024).replace(/\r\n/g, '\n');
  const end = top.indexOf('\n\n');
  const fields = new Map<string, string>();
  for (const line of (end < 0 ? top : top.slice(0, end)).split(/\n(?![ \t])/)) {
    const name = line
      .slice(0, Math.max(0, line.indexOf(':')))
      .trim()
      .toLowerCase();
    if (fieldsOfInterest.has(name) && !fields.has(name)) fields.set(name, line.slice(0, 500));
  }
  return Buffer.from(`${[...fields.values()].join('\n')}\n\n`, 'latin1');
}

function readMessage(
  mail: ParsedMail,
  content: Buffer,
  raw: RawIntake,
  account: ChannelAccount<EmailSettings>,
  tools: ChannelTools,
): InboundMessage {
  // Only the door knows it; a mail without any field was written by whoever handed it in.
  const sender = typeof raw.envelope['from'] === 'string' ? raw.envelope['from'] : '';
  const platformId = readableId(mail.messageId) ?? idOfNameless(content, sender);
  const own = new Set([account.address, ...aliases(account.settings)]);
  const author = readAuthor(mail, (address) => own.has(address), sender);
  const isOurs = (author?.isOwn ?? false) && (isOwnMessageId(platformId, tools) || raw.envelope['folderUse'] === '\\Sent');
  const { kind, neverAnswer } = classifyAutomatic(mail, { ownLoopMark: loopMark(tools) });
  const split = splitReply(mail.text);
  return {
    kind: 'message',
    platformId,
    from: author && { kind: 'mail', value: author.address, label: author.label, name: author.name },
    isOurs,
    to: mail.to.flatMap(presentAddress),
    cc: mail.cc.flatMap(presentAddress),
    replyTo: mail.replyTo.flatMap(presentAddress),
    listAddresses: listAddresses(mail),
    subject: mail.subject,
    text: split.fresh,
    quoted: split.quoted || null,
    signature: split.signature,
    html: mail.html,
    attachments: mail.attachments.map(presentAttachment),
    at: mail.date ?? raw.receivedAt,
    receivedAt: raw.receivedAt,
    automatic: kind === 'human' ? null : kind,
    // Whom only the envelope names may be anybody.
    neverAnswer: neverAnswer || isOurs || mail.from.length === 0,
    language: readLanguage(mail.language),
    facts: readFacts(mail),
    visibility: 'private',
    authentic: readAuthenticity(mail, trustedAuthserv(account.settings)),
    threading: readHints(mail, platformId, raw.envelope, tools),
  };
}

/** Aliases as they are compared. */
export const aliases = (settings: EmailSettings): string[] => settings.aliases.flatMap((address) => normaliseAddress(address) ?? []);

/** Without a Message-ID the content names the mail; what relays add does not change the name. */
function idOfNameless(content: Buffer, sender: string): string {
  return `sha256:${mailKey(content, sender).sameness.toString('hex')}`;
}

function readHints(
  mail: ParsedMail,
  platformId: string,
  envelope: Record<string, unknown>,
  tools: ChannelTools,
): InboundMessage['threading'] {
  const signals = threadSignals(mail);
  const recipients = Array.isArray(envelope['to']) ? envelope['to'].filter((one) => typeof one === 'string') : [];
  const keys = replyKeys(tools);
  const tokens = [...recipients, ...signals.tokenPlaces].flatMap((place) => findReplyToken(place, keys) ?? []);
  // Nearest first: the mail answered, then its ancestors.
  const ids = [platformId, ...signals.inReplyTo, ...signals.references.toReversed()].flatMap((id) => readableId(id) ?? []);
  return {
    platformIds: [...new Set(ids)].slice(0, 200),
    threadKeys: signals.threadIndexRoot === null ? [] : [signals.threadIndexRoot],
    caseNumbers: signals.caseNumber === null ? [] : [signals.caseNumber],
    tokens: [...new Set(tokens)].slice(0, 50),
  };
}

function readFacts(mail: ParsedMail): string[] {
  const facts = new Set<string>();
  for (const { kind } of mail.protection) {
    if (kind === 'signed' || kind === 'encrypted') facts.add(kind);
  }
  if (mail.calendar.length > 0) facts.add('calendar');
  if (mail.defects.length > 0) facts.add('defects');
  return [...facts];
}

function presentAddress({ name, address }: MailAddress): Address[] {
  return address === null ? [] : [{ name: name ?? '', address }];
}

function presentAttachment(file: MailAttachment, index: number): InboundAttachment {
  return {
    filename: file.filename ?? `${file.related ? 'image' : 'attachment'}-${index + 1}`,
    mediaType: file.mediaType,
    content: file.content,
    reference: null,
    contentId: file.contentId,
    inline: file.related,
  };
}

/** The first language named, when it is a tag (RFC 5646): "de-DE, en;q=0.8" gives "de-DE". */
function readLanguage(header: string | null): string | null {
  const first = (header ?? '').split(/[,;]/)[0]?.trim() ?? '';
  return /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(first) ? first : null;
}

import { createHash } from 'node:crypto';
import DKIM from 'nodemailer/lib/dkim/index.js';
import type { ChannelAccount, ChannelTools, Outgoing, Rendered } from '../../../../contract/channel.ts';
import type { Address } from '../../../../contract/conversations.ts';
import type { EmailSettings } from '../../channel.ts';
import { parseMailSync } from '../parse.ts';
import { loopMark, messageIdOf, replyTokenOf } from '../thread/identifiers.ts';
import { createReplyAddress } from '../thread/reply-token.ts';
import { buildMail, type OutgoingAttachment, type Recipient } from './compose.ts';

type Account = Omit<ChannelAccount<EmailSettings>, 'state'>;

/** The whole mail as it leaves, signed where the account signs. Attachments are compared with what they were made from. */
export async function renderMail(outgoing: Outgoing, account: Account, tools: ChannelTools): Promise<Rendered> {
  const { settings } = account;
  const sender: Recipient = { name: settings.senderName || account.name, address: account.address };
  const messageId = messageIdOf(outgoing, account.address, tools);
  const references = [...outgoing.references, ...(outgoing.inReplyTo === null ? [] : [outgoing.inReplyTo])].filter(isMessageId);
  const attachments = await Promise.all(
    outgoing.attachments.map(
      async (file): Promise<OutgoingAttachment> => ({
        filename: file.filename,
        mediaType: file.mediaType,
        content: await file.read(),
        ...(file.inline && file.contentId ? { contentId: file.contentId } : {}),
      }),
    ),
  );
  const built = await buildMail({
    from: sender,
    to: outgoing.to.map(recipient),
    cc: outgoing.cc.map(recipient),
    bcc: outgoing.bcc.map(recipient),
    replyTo: [{ ...sender, address: replyAddress(outgoing.conversationId, account, tools) }],
    subject: outgoing.subject ?? '',
    text: outgoing.text,
    ...(outgoing.html === null ? {} : { html: outgoing.html }),
    ...(outgoing.inReplyTo !== null && isMessageId(outgoing.inReplyTo) ? { inReplyTo: outgoing.inReplyTo } : {}),
    references: [...new Set(references)],
    messageId,
    attachments,
    headers: outgoing.language && /^[A-Za-z0-9-]{2,35}$/.test(outgoing.language) ? { 'Content-Language': outgoing.language } : {},
    date: outgoing.at,
    ...(outgoing.automatic
      ? { automatic: outgoing.inReplyTo === null ? 'auto-generated' : 'auto-replied', loopMark: loopMark(tools) }
      : {}),
    // Bounces come back to where all our mail comes; they name the mail by its Message-ID.
    envelopeFrom: account.address,
  });
  verifyAttachments(built.raw, attachments);
  return {
    platformId: messageId,
    content: await sign(built.raw, settings),
    mediaType: 'message/rfc822',
    recipients: built.envelope.to,
    own: { from: built.envelope.from },
  };
}

/** Where answers go: with the conversation's token, unless the mailbox takes no plus addresses. The Message-ID carries it too. */
function replyAddress(conversationId: string, account: Account, tools: ChannelTools): string {
  if (!account.settings.plusAddresses) return account.address;
  try {
    return createReplyAddress(account.address, replyTokenOf(conversationId, tools));
  } catch (error) {
    if (error instanceof RangeError) return account.address;
    throw error;
  }
}

/** What customers get must be what the adviser attached: read back out of the finished bytes. */
export function verifyAttachments(raw: Buffer, attachments: readonly OutgoingAttachment[]): void {
  if (attachments.length === 0) return;
  const digest = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
  const arrived = new Map<string, number>();
  for (const file of parseMailSync(raw).attachments) {
    const key = digest(file.content);
    arrived.set(key, (arrived.get(key) ?? 0) + 1);
  }
  for (const file of attachments) {
    const key = digest(file.content);
    const count = arrived.get(key) ?? 0;
    if (count === 0) throw new Error('An attachment would not arrive as it is.');
    arrived.set(key, count - 1);
  }
}

async function sign(raw: Buffer, settings: EmailSettings): Promise<Buffer> {
  const { dkimDomain, dkimSelector, dkimPrivateKey } = settings;
  if (!dkimDomain || !dkimSelector || !dkimPrivateKey) return raw;
  const signer = new DKIM({ domainName: dkimDomain, keySelector: dkimSelector, privateKey: asPem(dkimPrivateKey) });
  const chunks: Buffer[] = [];
  for await (const chunk of signer.sign(raw)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A key pasted into one line, as forms do, is no PEM until its lines are made again. */
function asPem(text: string): string {
  const [, label, body] = /-----BEGIN ([A-Z ]+)-----([^-]+)-----END/.exec(text) ?? [];
  if (!label || !body) return text;
  const lines = body.replace(/\s+/g, '').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

const recipient = ({ name, address }: Address): Recipient => ({ name: name || null, address });

/** Mails without Message-ID are known by a hash, which nobody else would understand. */
const isMessageId = (id: string): boolean => /^[^\s<>@]+@[^\s<>]+$/.test(id);

import type { ChannelTools, InboundReceipt } from '../../../../contract/channel.ts';
import type { DelayProblem } from '../../problems.ts';
import { type Bounce, type BounceReason, readBounce } from '../bounce/bounce.ts';
import { listParts, partText } from '../mime/part.ts';
import type { ParsedMail } from '../parse.ts';
import { findOwnMessageIds, isOwnMessageId } from '../thread/identifiers.ts';
import { classifyAutomatic } from './automatic.ts';

/**
 * Reports about mails of ours: bounces, delays, confirmations, read receipts. Empty when the mail is none, or when it
 * speaks of a mail that is not ours; then a person should see it.
 */
export function readReceipts(mail: ParsedMail, receivedAt: Date, tools: ChannelTools): InboundReceipt[] {
  const at = mail.date ?? receivedAt;
  const read = readDisposition(mail, tools);
  if (read)
    return [
      { kind: 'receipt', platformId: read, state: 'read', recipient: mail.from[0]?.address?.toLowerCase() ?? null, problem: null, at },
    ];
  // Whoever writes about a mail that came back is no mailer daemon, however much he quotes of it.
  if (!/^(?:bounce|delivery_status|auto_reply)$/.test(classifyAutomatic(mail).kind)) return [];
  const bounces = (readBounce(mail) ?? []).filter((bounce) => bounce.action !== 'none' && bounce.feedbackType === null);
  if (bounces.length === 0) return [];
  const fallback = mentioned(mail, tools);
  return bounces.flatMap((bounce): InboundReceipt[] => {
    const own = bounce.originalMessageId !== null && isOwnMessageId(bounce.originalMessageId, tools) ? bounce.originalMessageId : fallback;
    return own === null ? [] : [{ kind: 'receipt', platformId: own, recipient: bounce.address || null, at, ...verdict(bounce) }];
  });
}

function verdict(bounce: Bounce): Pick<InboundReceipt, 'state' | 'problem'> {
  if (bounce.action === 'delivered') return { state: 'delivered', problem: null };
  // Handed on to a system that reports no more: as good as it gets, and no fault.
  if (bounce.action === 'relayed' || bounce.action === 'expanded') return { state: 'delivered', problem: null };
  const text = bounce.diagnosis.slice(0, 500);
  const said = text ? { text } : {};
  if (bounce.action === 'delayed') {
    const code = 'still_trying' satisfies DelayProblem;
    return { state: 'delayed', problem: { code, ...said, permanence: 'temporary' } };
  }
  // The server that reports has given up, so even a full mailbox is final for this mail.
  return { state: 'failed', problem: { code: bounce.reason satisfies BounceReason, ...said, permanence: 'permanent' } };
}

/** The one mail of ours that a report without proper headers speaks of. */
function mentioned(mail: ParsedMail, tools: ChannelTools): string | null {
  for (const id of [...mail.inReplyTo, ...mail.references.toReversed()]) if (isOwnMessageId(id, tools)) return id;
  const attached = listParts(mail.root).filter((part) => /^(?:text\/|message\/)/.test(part.mediaType));
  for (const text of [
    mail.text,
    ...attached.map((part) => part.source.toString('latin1', part.bodyStart, Math.min(part.bodyEnd, part.bodyStart + 200_000))),
  ]) {
    const [id] = findOwnMessageIds(text, tools);
    if (id) return id;
  }
  return null;
}

/** Message-ID of our mail that somebody's program says was shown (RFC 8098); a refusal to say so tells nothing. */
function readDisposition(mail: ParsedMail, tools: ChannelTools): string | null {
  const part = listParts(mail.root).find((one) => one.mediaType === 'message/disposition-notification');
  if (!part) return null;
  const text = partText(part) || part.source.toString('latin1', part.bodyStart, part.bodyEnd);
  if (!/^Disposition:.*;\s*displayed\b/im.test(text)) return null;
  const id = /^Original-Message-ID:\s*<([^<>\s]+)>/im.exec(text)?.[1];
  return id && isOwnMessageId(id, tools) ? id : mentioned(mail, tools);
}

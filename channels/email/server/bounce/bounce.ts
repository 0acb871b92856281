import { classifyAutomatic } from '../inbound/automatic.ts';
import { readHeaderBlock } from '../mime/header-block.ts';
import { parseMessageIds } from '../mime/message-id.ts';
import { listParts, partBytes } from '../mime/part.ts';
import { type MailHeader, type ParsedMail, parseMailSync } from '../parse.ts';
import { mayBeReport } from './candidate.ts';
import { decide } from './decision/decide.ts';
import { isStillTrying, saysClosed } from './fate.ts';
import { readFeedback } from './feedback.ts';
import { readFormats } from './formats/index.ts';
import { readUnknown } from './free-text/free-text.ts';
import { hostIn, isHost, receivedFrom } from './hosts.ts';
import { innerLetter, type Letter, originalMarks, splitAt, toLetter } from './letter.ts';
import { readNotification } from './notification.ts';
import type { BounceReason, Finding } from './reasons.ts';

export type { BounceReason };

/** Fate of one recipient's mail. */
export interface Bounce {
  /** Lower case; '' where the report names nobody. */
  address: string;
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded' | 'none';
  /** Enhanced status code (RFC 3463), '' if unknown. */
  status: string;
  /** SMTP reply code, '' if unknown. */
  replyCode: string;
  reason: BounceReason;
  /** The address is dead: stop writing to it. */
  isHard: boolean;
  /** RFC 5965 feedback type ("abuse", "auth-failure", "opt-out" …), else null. */
  feedbackType: string | null;
  /** What the server said, one line. */
  diagnosis: string;
  remoteHost: string | null;
  /** Message-ID of the mail that bounced, without brackets, where the report holds it. */
  originalMessageId: string | null;
  originalHeaders: MailHeader[];
}

/**
 * Reads a bounce, complaint or absence notice: one entry a recipient, or null if the mail is none of these. Understands
 * RFC 3464, RFC 5965, Amazon's notifications and the reports of some forty mail systems (bounce/formats).
 */
export function readBounce(mail: ParsedMail): Bounce[] | null {
  const told = tell(mail);
  if (told === null) return null;
  const originalHeaders = readOriginalHeaders(mail);
  const originalMessageId = parseMessageIds(originalHeaders.find((h) => h.key === 'message-id')?.raw ?? null)[0] ?? null;
  return told(originalHeaders).map((part) => ({ ...part, originalMessageId, originalHeaders }));
}

type Part = Omit<Bounce, 'originalMessageId' | 'originalHeaders'>;

const nothing: Part = {
  address: '',
  action: 'none',
  status: '',
  replyCode: '',
  reason: 'undefined',
  isHard: false,
  feedbackType: null,
  diagnosis: '',
  remoteHost: null,
};

/** The original's header is read only where something is to be told. */
function tell(mail: ParsedMail): ((originalHeaders: MailHeader[]) => Part[]) | null {
  const complaints = readFeedback(mail, () => readOriginalHeaders(mail));
  if (complaints) return () => complaints.map((complaint) => ({ ...nothing, ...complaint, reason: 'feedback' }));
  const notices = readNotification(mail.text);
  if (notices)
    return () =>
      notices.map(({ finding, reason, feedbackType }) =>
        reason === null
          ? weigh(finding, '')
          : {
              ...nothing,
              address: finding.recipient.toLowerCase(),
              action: reason === 'delivered' ? 'delivered' : 'none',
              status: finding.status,
              replyCode: finding.replyCode,
              reason,
              feedbackType,
            },
      );
  const { findings, letter } = mayBeReport(mail) ? gather(mail) : { findings: [], letter: null };
  if (findings.length > 0 && letter) {
    const from = letter.received.toReversed().map(receivedFrom).find(isHost) ?? '';
    const [report] = splitAt(letter.body.slice(0, 10_000), originalMarks);
    const waits = isStillTrying(`${letter.subject}\n${report}`);
    for (const finding of findings) if (finding.action === '' && waits) finding.action = 'delayed';
    const parts = findings.map((finding) => weigh(finding, from));
    return () => parts;
  }
  const { kind } = classifyAutomatic(mail);
  if (kind === 'out_of_office' || kind === 'auto_reply') {
    const absence: Part = {
      ...nothing,
      address: mail.from[0]?.address?.toLowerCase() ?? '',
      reason: saysClosed(mail.text.slice(0, 2000)) ? 'suspend' : 'vacation',
      diagnosis: mail.text.slice(0, 500).replace(/\s+/g, ' ').trim(),
    };
    return () => [absence];
  }
  return null;
}

function gather(mail: ParsedMail): { findings: Finding[]; letter: Letter } {
  const letter = toLetter(mail);
  const known = readFormats(letter);
  if (known) return { findings: known.findings, letter };
  // A report sent on as an attachment.
  for (const part of listParts(mail.root)) {
    if (!part.message) continue;
    const inner = innerLetter(part.message);
    if (!/daemon|postmaster|delivery/i.test(inner.from)) continue;
    const found = readFormats(inner);
    if (found) return { findings: found.findings, letter: inner };
  }
  return { findings: readUnknown(mail, letter), letter };
}

function weigh(finding: Finding, receivedHost: string): Part {
  finding.remoteHost =
    finding.remoteHost
      .replace(/^.*@|[()[\]]/g, '')
      .trim()
      .split(/\s/)[0]
      ?.replace(/\.$/, '') ?? '';
  if (finding.remoteHost === '') {
    const said = hostIn(finding.diagnosis);
    finding.remoteHost = isHost(said) ? said : receivedHost;
  }
  const judged = decide(finding);
  const base = {
    ...nothing,
    address: finding.recipient.toLowerCase(),
    status: judged.status,
    replyCode: judged.replyCode,
    diagnosis: judged.diagnosis.slice(0, 2000),
    remoteHost: finding.remoteHost || null,
  };
  if (finding.action === 'delivered' || finding.action === 'relayed' || finding.action === 'expanded' || judged.reason === 'delivered')
    return {
      ...base,
      action: finding.action === 'relayed' || finding.action === 'expanded' ? finding.action : 'delivered',
      reason: 'delivered',
    };
  // Not the reason tells whether anybody still tries: a mail that waited too long has failed.
  const action = finding.action === 'delayed' ? 'delayed' : judged.reason === 'vacation' ? 'none' : 'failed';
  return { ...base, action, reason: judged.reason, isHard: judged.isHard };
}

function readOriginalHeaders(mail: ParsedMail): MailHeader[] {
  for (const part of listParts(mail.root)) {
    if (part.message && part.message.headers.length > 0) return part.message.headers;
    if (part.mediaType === 'text/rfc822-headers' || part.mediaType === 'message/rfc822-headers') {
      const bytes = partBytes(part);
      return readHeaderBlock(bytes, 0, bytes.length).headers;
    }
  }
  const at = mail.text.search(/^(?:Return-Path|Received|Message-Id|From|DKIM-Signature|X-Received): .*\n(?:[ \t].*\n|[\w-]+: .*\n)+/im);
  return at < 0 ? [] : parseMailSync(Buffer.from(mail.text.slice(at))).headers;
}

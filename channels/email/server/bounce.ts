import { classifyAutomatic } from './automatic.ts';
import { readFreeText, textAbout } from './bounce/free-text.ts';
import { readNotification } from './bounce/notification.ts';
import type { BounceReason } from './bounce/phrases.ts';
import { judge } from './bounce/reason.ts';
import { type RecipientReport, readDeliveryStatus, readLooseGroups, reportText } from './bounce/report.ts';
import { isHardBounce } from './bounce/status-codes.ts';
import { readHeaderBlock } from './mime/header-block.ts';
import { parseMessageIds } from './mime/message-id.ts';
import { listParts, partBytes, partText } from './mime/part.ts';
import { type MailHeader, type ParsedMail, parseMailSync } from './parse.ts';

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
 * RFC 3464, RFC 5965, Amazon's notifications and the free texts of some twenty mail systems.
 */
export function readBounce(mail: ParsedMail): Bounce[] | null {
  const originalHeaders = readOriginalHeaders(mail);
  const originalId = parseMessageIds(originalHeaders.find((h) => h.key === 'message-id')?.raw ?? null)[0] ?? null;
  const complete = (part: Partial<Bounce>): Bounce => ({
    address: '',
    action: 'failed',
    status: '',
    replyCode: '',
    reason: 'undefined',
    isHard: false,
    feedbackType: null,
    diagnosis: '',
    remoteHost: null,
    originalMessageId: originalId,
    originalHeaders,
    ...part,
  });

  const feedback = readFeedback(mail, originalHeaders);
  if (feedback) return feedback.map(complete);
  const notification = readNotification(mail.text);
  if (notification) return notification.map((n) => (n.reason ? complete({ ...n, reason: n.reason }) : complete(weigh(n.report))));
  const { kind } = classifyAutomatic(mail);
  if (kind === 'out_of_office' || (kind === 'auto_reply' && !hasReport(mail)))
    return [
      complete({
        address: mail.from[0]?.address?.toLowerCase() ?? '',
        action: 'none',
        reason: 'vacation',
        diagnosis: oneLine(mail.text.slice(0, 500)),
      }),
    ];
  const reports = gather(mail, originalHeaders, kind === 'bounce' || kind === 'delivery_status');
  const assumedCommand = knownCommand(mail);
  const bounces = reports.map((report) => complete(weigh({ ...report, assumedCommand })));
  // Some reports tell the same recipient's story twice.
  const told = bounces.filter((b, i) => bounces.findIndex((other) => other.address === b.address && other.reason === b.reason) === i);
  return told.length === 0 ? null : told;
}

function hasReport(mail: ParsedMail): boolean {
  return listParts(mail.root).some((part) => part.mediaType === 'message/delivery-status');
}

function weigh(report: RecipientReport): Partial<Bounce> {
  const action =
    (['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const).find((known) => report.action === known) ??
    (report.action === null && /delayed|has not yet been delivered|warning message only/i.test(report.diagnosis) ? 'delayed' : 'failed');
  const base = {
    address: report.address.toLowerCase(),
    diagnosis: oneLine(report.diagnosis).slice(0, 2000),
    remoteHost: report.remoteHost,
  };
  if (action === 'delivered' || action === 'relayed' || action === 'expanded')
    return { ...base, action, status: report.status ?? '', reason: 'delivered' };
  const judged = judge({ ...report, action });
  const { status, replyCode } = judged;
  const reason = categories[report.category ?? ''] ?? (isRefusedByDocomo(report) ? 'rejected' : judged.reason);
  return { ...base, action, status, replyCode, reason, isHard: isHardBounce(reason, status, replyCode) };
}

/**
 * Command at which a system refuses where its reports do not say. Filtering gateways take every recipient and refuse after
 * they saw the content: their "no such user" does not mean that the address is dead.
 */
function knownCommand(mail: ParsedMail): string {
  const clues = mail.headers
    .filter((h) => /^(?:from|received|subject|message-id|content-type|x-.*)$/.test(h.key))
    .map((h) => `${h.key}: ${h.raw}`)
    .join('\n');
  if (/^from:.*@(?:[\w.-]*messagelabs\.com|hotmail\.[a-z.]+)|^x-nai-header|McAfee/im.test(clues)) return 'RCPT';
  if (
    /^x-ahmailid|^x-mxl-|\.mxl\d|mxlogic|surfcontrol|mailfoundry|^subject: (?:FAILURE NOTICE :|Message delivery has failed)/im.test(clues)
  )
    return 'DATA';
  return '';
}

// Categories of PowerMTA's reports, from its manual.
const categories: Record<string, BounceReason> = {
  'bad-mailbox': 'userunknown',
  'bad-domain': 'hostunknown',
  'inactive-mailbox': 'suspend',
  'quota-issues': 'mailboxfull',
  'message-expired': 'expired',
  'no-answer-from-host': 'expired',
  'bad-connection': 'networkerror',
  'routing-errors': 'networkerror',
  'relaying-issues': 'norelaying',
  'spam-related': 'spamdetected',
  'virus-related': 'virusdetected',
  'policy-related': 'policyviolation',
  'content-related': 'contenterror',
  'bad-configuration': 'systemerror',
  'protocol-errors': 'systemerror',
  'invalid-sender': 'rejected',
};

/** NTT Docomo answers "Unknown user" to DATA where the customer's filter refuses the sender; to RCPT it means what it says. */
function isRefusedByDocomo(report: RecipientReport): boolean {
  return (
    /docomo\./.test(`${report.remoteHost} ${report.diagnosis}`) &&
    /unknown user/i.test(report.diagnosis) &&
    /in reply to (?:end of )?DATA/i.test(report.diagnosis)
  );
}

function gather(mail: ParsedMail, originalHeaders: MailHeader[], isBounce: boolean): RecipientReport[] {
  const text = reportText(mail.root, mail.text);
  const groups = readDeliveryStatus(mail.root);
  const reports = groups.length > 0 ? groups : readLooseGroups(text);
  if (reports.length > 0) {
    for (const report of reports) enrich(report, text, reports.length === 1);
    return reports;
  }
  if (!isBounce && !looksLikeBounce(mail, text)) return [];
  if (isNotMember.test(mail.subject))
    return [{ address: '', action: null, status: null, diagnosis: mail.subject, diagnosisType: null, remoteHost: null }];
  const free = readFreeText(text);
  if (free.length > 0) {
    for (const entry of free) entry.diagnosis ||= text;
    return free;
  }
  // Nobody named: the original mail's recipient, else the header some systems add.
  const failed =
    mail.headers.find((h) => h.key === 'x-failed-recipients')?.value ?? originalHeaders.find((h) => h.key === 'to')?.value ?? '';
  const addresses = failed.match(/[^\s<>",;]+@[^\s<>",;]+/g) ?? [''];
  return addresses.map((address) => ({ address, action: null, status: null, diagnosis: text, diagnosisType: null, remoteHost: null }));
}

/** A Diagnostic-Code without a reason (missing, a bare number, a signature of the queue) is eked out from the text for people. */
function enrich(report: RecipientReport, text: string, isOnly: boolean): void {
  const about = textAbout(text, report.address);
  const isMeagre = report.diagnosis.length < 12 || /^\d{1,3}$/.test(report.diagnosis);
  if (about !== '') {
    // The text often adds the refused command, and the lines that the field cuts off.
    report.diagnosis = isMeagre
      ? about
      : /\b(?:in reply to|after (?:RCPT|MAIL|end of data|initial)|>>>|<<<)/i.test(about)
        ? `${report.diagnosis} / ${about}`
        : report.diagnosis;
    if (isMeagre) report.diagnosisType = report.diagnosisType === 'x-unix' ? 'x-unix' : null;
  } else if (isMeagre && isOnly) {
    report.diagnosis = `${report.diagnosis} / ${text}`.replace(/^[ /]+/, '');
  }
}

// fml, ezmlm: a post that the list refused.
const isNotMember = /\b(?:are|is) not (?:a )?member\b/i;

function looksLikeBounce(mail: ParsedMail, text: string): boolean {
  const sender = `${mail.from[0]?.address ?? ''} ${mail.from[0]?.name ?? ''}`;
  const said =
    /(?:undeliver|delivery status notification|not (?:be )?deliver|delivery (?:has )?fail|failure notice|returned mail|unable to deliver|did not reach|could not be (?:sent|delivered)|メールエラー|送信できません|не доставлено|nicht zugestellt)/i;
  if (isNotMember.test(mail.subject)) return true;
  return /(?:daemon|postmaster|delivery|system)/i.test(sender)
    ? said.test(`${mail.subject} ${text}`)
    : said.test(mail.subject) && said.test(text);
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

function readFeedback(mail: ParsedMail, originalHeaders: MailHeader[]): Partial<Bounce>[] | null {
  const part = listParts(mail.root).find((p) => p.mediaType === 'message/feedback-report');
  if (part) {
    const text = partText(part);
    const field = (name: string) => [...text.matchAll(new RegExp(`^${name}:\\s*(.+)$`, 'gim'))].map((m) => (m[1] ?? '').trim());
    const type = field('Feedback-Type')[0]?.toLowerCase() ?? 'abuse';
    const named = [...field('Original-Rcpt-To'), ...field('Redacted-Address')].map((a) => a.replace(/[<>]/g, ''));
    const to = originalHeaders.find((h) => h.key === 'to')?.value.match(/[^\s<>",;]+@[^\s<>",;]+/g) ?? [];
    const whole = named.filter((address) => /@\w/.test(address));
    // Redacted reports name several half addresses that are one person.
    const addresses = whole.length > 0 ? whole : named.length > 0 ? named.slice(0, 1) : to.length > 0 ? to : [''];
    return [...new Set(addresses.map((a) => a.toLowerCase()))].map((address) => ({
      address: address.toLowerCase(),
      action: 'none',
      reason: 'feedback',
      feedbackType: type,
    }));
  }
  const recipient = originalHeaders.find((h) => h.key === 'x-hmxmroriginalrecipient')?.value;
  if (recipient !== undefined || /^complaint about message from/i.test(mail.subject))
    return [{ address: (recipient ?? '').toLowerCase(), action: 'none', reason: 'feedback', feedbackType: 'abuse' }];
  if (/^Apple Mail sent this email to unsubscribe/m.test(mail.text))
    return [{ address: mail.from[0]?.address?.toLowerCase() ?? '', action: 'none', reason: 'feedback', feedbackType: 'opt-out' }];
  return null;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

import { listParts, partText } from '../mime/part.ts';
import type { MailHeader, ParsedMail } from '../parse.ts';

export interface Complaint {
  address: string;
  feedbackType: string;
}

/** Complaints of feedback loops: RFC 5965, Microsoft's own form, Apple Mail's unsubscribing. Null if the mail is none. */
export function readFeedback(mail: ParsedMail, readOriginal: () => readonly MailHeader[]): Complaint[] | null {
  const part = listParts(mail.root).find((p) => p.mediaType === 'message/feedback-report');
  if (part) return readReport(partText(part), readOriginal());
  // The fields in a text: forwarded, or sent by loops older than the type.
  const loose = mail.text.includes('Feedback-Type:') ? looseFields.exec(mail.text.slice(0, 20_000)) : null;
  if (loose) return readReport(mail.text.slice(loose.index, loose.index + 5000), readOriginal());
  // AOL's loop says it in the header alone.
  if (mail.headers.some((h) => h.key === 'x-loop' && h.value.trim() === 'scomp')) return readReport('Feedback-Type: abuse', readOriginal());
  // Microsoft's form names the recipient in the original's header.
  const isMicrosoft = /^complaint about message from/i.test(mail.subject) || /@hotmail\.com$/i.test(mail.from[0]?.address ?? '');
  const recipient = isMicrosoft ? readOriginal().find((h) => h.key === 'x-hmxmroriginalrecipient')?.value : undefined;
  if (recipient !== undefined || /^complaint about message from/i.test(mail.subject))
    return [{ address: (recipient ?? '').replace(/[<>]/g, '').toLowerCase(), feedbackType: 'abuse' }];
  if (mail.text.length < 5000 && /^Apple Mail sent this email to unsubscribe/m.test(mail.text))
    return [{ address: mail.from[0]?.address?.toLowerCase() ?? '', feedbackType: 'opt-out' }];
  return null;
}

/** RFC 5965 asks for three fields; who only asks about one of them sends no report. */
const looseFields =
  /^(?=(?:.*\n){0,12}?Feedback-Type: *\S)(?=(?:.*\n){0,12}?User-Agent: *\S)(?=(?:.*\n){0,12}?Version: *[\d.])(?:Feedback-Type|User-Agent|Version):/im;

function readReport(text: string, originalHeaders: readonly MailHeader[]): Complaint[] {
  const field = (name: string) => [...text.matchAll(new RegExp(`^${name}:\\s*(.+)$`, 'gim'))].map((m) => (m[1] ?? '').trim());
  const feedbackType = field('Feedback-Type')[0]?.toLowerCase() ?? 'abuse';
  const named = [...field('Original-Rcpt-To'), ...field('Redacted-Address')].map((a) => a.replace(/[<>]/g, ''));
  const to = originalHeaders.find((h) => h.key === 'to')?.value.match(/[^\s<>",;]+@[^\s<>",;]+/g) ?? [];
  const whole = named.filter((address) => /@\w/.test(address));
  // Redacted reports name several half addresses that are one person.
  const addresses = whole.length > 0 ? whole : named.length > 0 ? named.slice(0, 1) : to.length > 0 ? to : [''];
  return [...new Set(addresses.map((a) => a.toLowerCase()))].map((address) => ({ address, feedbackType }));
}

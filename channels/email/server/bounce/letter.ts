import { textFromHtml } from '../html-text.ts';
import { listParts, type MimePart, partBytes, partText } from '../mime/part.ts';
import type { MailHeader, ParsedMail } from '../parse.ts';

/** A mail as the readers of reports see it: header fields, and the body as one text. */
export interface Letter {
  subject: string;
  /** From as written. */
  from: string;
  /** First value of a field, '' without it. */
  header(key: string): string;
  /** Whether the field is there, empty or not. */
  has(key: string): boolean;
  received: string[];
  /**
   * Texts and reports one below the other. Parts that are mails, headers of mails or reports begin with a line
   * "Content-Type: …", as many systems write them into a plain text anyway.
   */
  body: string;
}

const maxBody = 300_000;
const maxPart = 60_000;
// No server writes longer lines (RFC 5322 allows 998); patterns with an address in the middle cost the square of theirs.
const tooLong = /^([^\n]{1000})[^\n]+/gm;

/** A subject without the mark that many houses put before mail from outside. */
const unmarked = (subject: string) =>
  subject.replace(/^(?:\[(?:ext|extern\w*)\]|\(ext(?:ern\w*)?\)|\*+ext(?:ern\w*)?\*+|ext(?:ern\w*)?:)\s*/i, '');

export function toLetter(mail: ParsedMail): Letter {
  const value = (key: string) => mail.headers.find((h) => h.key === key)?.value ?? '';
  return {
    subject: unmarked(mail.subject),
    from: value('from'),
    header: value,
    has: (key) => mail.headers.some((h) => h.key === key),
    received: mail.headers.filter((h) => h.key === 'received').map((h) => h.value.replace(/\s+/g, ' ')),
    body: flatten(mail.root),
  };
}

/** The letter inside a part that is a mail of its own. */
export function innerLetter(root: MimePart): Letter {
  const value = (key: string) => root.headers.find((h: MailHeader) => h.key === key)?.value ?? '';
  return {
    subject: unmarked(value('subject')),
    from: value('from'),
    header: value,
    has: (key) => root.headers.some((h) => h.key === key),
    received: root.headers.filter((h) => h.key === 'received').map((h) => h.value.replace(/\s+/g, ' ')),
    body: flatten(root),
  };
}

function flatten(root: MimePart): string {
  const parts = listParts(root).filter((part) => part.children.length === 0);
  const hasPlain = parts.some((part) => part.mediaType === 'text/plain' && part.bodyEnd > part.bodyStart);
  let body = '';
  for (const part of parts) {
    if (body.length > maxBody) break;
    if (part.mediaType === 'text/plain') {
      if (part.disposition !== 'attachment' || parts.length === 1) body += `${partText(part).slice(0, maxBody)}\n\n`;
    } else if (part.mediaType === 'text/html') {
      if (!hasPlain) body += `${textFromHtml(partText(part).slice(0, maxBody))}\n\n`;
    } else if (part.mediaType.startsWith('message/') || part.mediaType === 'text/rfc822-headers') {
      const type = part.mediaType.replace(/^message\/(?:x|global-)?delivery-status$/, 'message/delivery-status');
      body += `Content-Type: ${type}\n${rawText(part)}\n\n`;
    }
  }
  return body.replaceAll('\r\n', '\n').replaceAll('\t', ' ').replace(tooLong, '$1');
}

function rawText(part: MimePart): string {
  const bytes = partBytes(part);
  return bytes.subarray(0, maxPart).toString('utf8');
}

/** What stands before the original mail, and the original from that mark on. */
export function splitAt(body: string, marks: readonly string[]): [string, string] {
  let first = -1;
  let length = 0;
  for (const mark of marks) {
    const at = body.indexOf(mark);
    if (at >= 0 && (first < 0 || at < first)) [first, length] = [at, mark.length];
  }
  return first < 0 ? [body, ''] : [body.slice(0, first), body.slice(first + length)];
}

export const originalMarks = ['Content-Type: message/rfc822', 'Content-Type: text/rfc822-headers', 'Content-Type: message/partial'];

/** A field of the original mail's header. */
export function originalField(original: string, name: string): string {
  const head = original.slice(0, 20_000);
  return new RegExp(`^ *${name}:[ \\t]*(.+)$`, 'im').exec(head)?.[1]?.trim() ?? '';
}

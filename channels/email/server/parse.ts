import { htmlFromText, textFromHtml } from './html-text.ts';
import { type MailAddress, parseAddresses } from './mime/address.ts';
import { type BodySelection, selectBody } from './mime/body.ts';
import { parseMailDate } from './mime/date.ts';
import { unflow } from './mime/flowed.ts';
import { headerValue, type MailHeader, rawHeader } from './mime/header-block.ts';
import { parseMessageIds } from './mime/message-id.ts';
import { listParts, type MimePart, partBytes, partText } from './mime/part.ts';
import { findProtection, type Protection } from './mime/protection.ts';
import { readRtf } from './mime/rtf.ts';
import { inAngles } from './mime/scan.ts';
import { readTnef } from './mime/tnef.ts';
import { decodeUuencode } from './mime/transfer.ts';
import { readTree } from './mime/tree.ts';

export type { MailAddress, MailHeader, MimePart, Protection };

/** A file of the mail. `content` shares memory with the raw mail where no encoding had to be undone. */
export interface MailAttachment {
  /** Safe base name (no path, no control characters); null where the mail gives none. */
  filename: string | null;
  mediaType: string;
  charset?: string;
  contentId: string | null;
  disposition: 'inline' | 'attachment';
  /** Bytes. */
  size: number;
  content: Uint8Array;
  /** Referred to by the HTML (cid:) or part of a multipart/related: shown within the text, not in the list of files. */
  related: boolean;
  /** Part it came from; for files out of winmail.dat or uuencode the part that held them. */
  path: string;
  origin: 'part' | 'tnef' | 'uuencode';
}

export interface CalendarPart {
  method: string | null;
  text: string;
  path: string;
}

/** Facts of a mailing list (RFC 2369, RFC 2919, RFC 8058). */
export interface ListFacts {
  id: string | null;
  post: string | null;
  unsubscribe: string | null;
  oneClick: boolean;
}

export interface ParsedMail {
  /** Fields in the order of the mail, each with its raw (unfolded, latin1) and decoded value. */
  headers: MailHeader[];
  messageId: string | null;
  inReplyTo: string[];
  /** Oldest first, as in the header. */
  references: string[];
  /** Outlook's Thread-Index, base64. */
  threadIndex: string | null;
  threadTopic: string | null;
  from: MailAddress[];
  sender: MailAddress[];
  replyTo: MailAddress[];
  to: MailAddress[];
  cc: MailAddress[];
  bcc: MailAddress[];
  subject: string;
  date: Date | null;
  /** Body as plain text, \n line ends; made from the HTML where the mail has no (or an empty) text form. */
  text: string;
  textSource: 'plain' | 'html' | 'tnef' | 'none';
  /** Body as the sender's HTML, unsafe until sanitised; null where there is none. */
  html: string | null;
  attachments: MailAttachment[];
  calendar: CalendarPart[];
  protection: Protection[];
  /** Content-Language or Accept-Language, as written. */
  language: string | null;
  list: ListFacts | null;
  root: MimePart;
  body: BodySelection;
  /** What was wrong with the mail, in English, for the log and the curious agent. */
  defects: string[];
}

/**
 * Reads a mail (RFC 5322 and MIME). Never throws and loses nothing: structure that cannot be read stays as text or as an
 * attachment, and `defects` says so. Body selection follows RFC 8621, section 4.1.4.
 */
export async function parseMail(raw: Buffer | Uint8Array): Promise<ParsedMail> {
  return parseMailSync(raw);
}

/** The same, for callers that have no await at hand; a 40 MB mail takes about a tenth of a second. */
export function parseMailSync(raw: Buffer | Uint8Array): ParsedMail {
  const source = Buffer.isBuffer(raw) ? raw : Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  return presentMessage(readTree(stripPreface(source)));
}

/** Presents a message already read, such as one attached to another. */
export function presentMessage(root: MimePart): ParsedMail {
  const { headers } = root;
  const texts = new Map<MimePart, string>();
  const textOf = (part: MimePart): string => {
    let text = texts.get(part);
    if (text === undefined) {
      text = partText(part);
      texts.set(part, text);
    }
    return text;
  };
  const parts = listParts(root);
  for (const part of parts) if (isText(part) && part.encoding === 'base64') textOf(part);
  const body = selectBody(root);
  const addresses = (key: string) =>
    parseAddresses(
      headers
        .filter((h) => h.key === key)
        .map((h) => h.raw)
        .join(', '),
    );
  const threadIndex = rawHeader(headers, 'thread-index')?.replace(/\s+/g, '') ?? null;
  const mail: ParsedMail = {
    headers,
    messageId: readMessageId(rawHeader(headers, 'message-id')),
    inReplyTo: parseMessageIds(rawHeader(headers, 'in-reply-to')),
    references: parseMessageIds(rawHeader(headers, 'references')),
    threadIndex: threadIndex || null,
    threadTopic: headerValue(headers, 'thread-topic'),
    from: addresses('from'),
    sender: addresses('sender'),
    replyTo: addresses('reply-to'),
    to: addresses('to'),
    cc: addresses('cc'),
    bcc: addresses('bcc'),
    // Line breaks smuggled in by encoded words must not reach anything that writes headers.
    subject: (headerValue(headers, 'subject') ?? '').replace(/[\r\n\0]+/g, ' ').trim(),
    date: parseMailDate(rawHeader(headers, 'date') ?? ''),
    text: '',
    textSource: 'none',
    html: null,
    attachments: [],
    calendar: [],
    protection: findProtection(root, textOf),
    language: headerValue(headers, 'content-language') ?? headerValue(headers, 'accept-language'),
    list: readList(headers),
    root,
    body,
    defects: [],
  };
  fillBody(mail, textOf);
  fillAttachments(mail, parts, textOf);
  rescueEmptyBody(mail, textOf);
  mail.defects = parts.flatMap((part) => part.defects.map((defect) => (part.path ? `part ${part.path}: ${defect}` : defect)));
  if (headers.length === 0) mail.defects.unshift('no headers');
  return mail;
}

/** Leading blank lines, a byte order mark or an mbox line before the headers are no end of headers. */
function stripPreface(source: Buffer): Buffer {
  let start = source.length >= 3 && source[0] === 0xef && source[1] === 0xbb && source[2] === 0xbf ? 3 : 0;
  while (start < source.length && (source[start] === 10 || source[start] === 13)) start++;
  return start === 0 ? source : source.subarray(start);
}

function readMessageId(raw: string | null): string | null {
  if (raw === null) return null;
  return parseMessageIds(raw)[0] ?? (raw.replace(/[<>\s]+/g, '') || null);
}

function readList(headers: MailHeader[]): ListFacts | null {
  const id = headerValue(headers, 'list-id');
  const post = headerValue(headers, 'list-post');
  const unsubscribe = headerValue(headers, 'list-unsubscribe');
  if (id === null && post === null && unsubscribe === null) return null;
  const oneClick = /one-click/i.test(headerValue(headers, 'list-unsubscribe-post') ?? '');
  return { id: id === null ? null : (inAngles(id) ?? id).trim(), post, unsubscribe, oneClick };
}

function isText(part: MimePart): boolean {
  return part.mediaType.startsWith('text/');
}

function fillBody(mail: ParsedMail, textOf: (part: MimePart) => string): void {
  if (mail.body.html.some((part) => part.mediaType === 'text/html')) {
    // Apple Mail and list servers mix plain and HTML parts; both belong into the view.
    const views = mail.body.html.flatMap((part) =>
      part.mediaType === 'text/html'
        ? [textOf(part)]
        : part.mediaType === 'text/plain' && textOf(part).trim() !== ''
          ? [htmlFromText(textOf(part))]
          : [],
    );
    mail.html = views.length === 1 ? (views[0] ?? '') : views.join('\n<br>\n');
  }
  const pieces: string[] = [];
  let plain = false;
  for (const part of mail.body.text) {
    if (part.mediaType === 'text/plain') {
      const text = readableText(mail, part, textOf);
      if (text.trim() !== '') plain = true;
      pieces.push(text);
    } else if (part.mediaType === 'text/html') pieces.push(textFromHtml(textOf(part)));
  }
  mail.text = pieces.filter((piece) => piece.trim() !== '').join('\n');
  mail.textSource = mail.text === '' ? 'none' : plain ? 'plain' : 'html';
  if (mail.text === '' && mail.html !== null) {
    mail.text = textFromHtml(mail.html);
    if (mail.text !== '') mail.textSource = 'html';
  }
}

/** Text of a plain part as people read it: soft line breaks joined, uuencoded files taken out (they become attachments). */
function readableText(mail: ParsedMail, part: MimePart, textOf: (part: MimePart) => string): string {
  let text = textOf(part);
  if (text.includes('\nbegin ') || text.startsWith('begin ')) {
    const files = decodeUuencode(text);
    const attached = files.map((file): MailAttachment => {
      const name = safeFilename(file.filename);
      return {
        filename: name,
        mediaType: guessMediaType(name),
        contentId: null,
        disposition: 'attachment',
        size: file.content.length,
        content: file.content,
        related: false,
        path: part.path,
        origin: 'uuencode',
      };
    });
    mail.attachments.unshift(...attached);
    text = [...files.keys(), files.length].map((i) => text.slice(files[i - 1]?.end ?? 0, files[i]?.start)).join('');
  }
  if (part.parameters.get('format')?.toLowerCase() === 'flowed') text = unflow(text, part.parameters.get('delsp')?.toLowerCase() === 'yes');
  return text;
}

function fillAttachments(mail: ParsedMail, parts: MimePart[], textOf: (part: MimePart) => string): void {
  const html = mail.html ?? '';
  let looked = 0;
  const related = new Set(parts.filter((part) => part.mediaType === 'multipart/related').flatMap((part) => part.children.slice(1)));
  for (const part of mail.body.attachments) {
    const content = partBytes(part);
    const charset = part.parameters.get('charset');
    // Some hundred looks through the text are nothing, ten thousand are: whoever sends so many files gets them in the list.
    const isReferred = part.contentId !== null && looked++ < 500 && html.includes(`cid:${part.contentId}`);
    mail.attachments.push({
      filename: attachmentName(part),
      mediaType: part.mediaType,
      ...(charset ? { charset } : {}),
      contentId: part.contentId,
      disposition: part.disposition ?? (isReferred || related.has(part) ? 'inline' : 'attachment'),
      size: content.length,
      content,
      related: isReferred || (related.has(part) && part.disposition !== 'attachment'),
      path: part.path,
      origin: 'part',
    });
    if (
      part.mediaType === 'application/ms-tnef' ||
      part.mediaType === 'application/vnd.ms-tnef' ||
      /^win-?mail\.dat$/i.test(part.filename ?? '')
    )
      expandTnef(mail, part, content);
  }
  for (const part of parts) {
    if (part.mediaType !== 'text/calendar') continue;
    mail.calendar.push({
      method: part.parameters.get('method')?.toUpperCase() ?? /^METHOD:(\w+)/im.exec(textOf(part))?.[1]?.toUpperCase() ?? null,
      text: textOf(part),
      path: part.path,
    });
  }
}

function expandTnef(mail: ParsedMail, part: MimePart, content: Buffer): void {
  const tnef = readTnef(content);
  if (tnef === null) {
    part.defects.push('winmail.dat is no TNEF');
    return;
  }
  part.defects.push(...tnef.defects);
  for (const file of tnef.attachments) {
    const filename = file.filename === null ? null : safeFilename(file.filename);
    mail.attachments.push({
      filename,
      mediaType: file.mediaType ?? guessMediaType(filename),
      contentId: file.contentId,
      disposition: 'attachment',
      size: file.content.length,
      content: file.content,
      related: false,
      path: part.path,
      origin: 'tnef',
    });
  }
  const rtf = tnef.rtf === null ? null : readRtf(tnef.rtf);
  if (mail.html === null) mail.html = tnef.html ?? rtf?.html ?? null;
  if (mail.text.trim() === '') {
    mail.text = tnef.text ?? (rtf?.text || (mail.html === null ? '' : textFromHtml(mail.html)));
    if (mail.text !== '') mail.textSource = 'tnef';
  }
}

/** A mail whose only text lies in an attachment-like part (broken encoding, odd subtype) is shown with that text. */
function rescueEmptyBody(mail: ParsedMail, textOf: (part: MimePart) => string): void {
  if (mail.text.trim() !== '' || mail.html !== null) return;
  const part = mail.body.attachments.find(
    (p) => isText(p) && p.disposition !== 'attachment' && p.mediaType !== 'text/calendar' && (p.broken || p.filename === null),
  );
  if (!part) return;
  mail.text = part.mediaType === 'text/html' ? textFromHtml(textOf(part)) : textOf(part);
  if (mail.text.trim() !== '') mail.textSource = 'plain';
}

function attachmentName(part: MimePart): string | null {
  if (part.filename !== null) return safeFilename(part.filename);
  if (part.message) {
    const subject = headerValue(part.message.headers, 'subject');
    return subject === null ? null : safeFilename(`${subject.slice(0, 100)}.eml`);
  }
  const location = part.mediaType.startsWith('text/') || part.contentId ? null : headerValue(part.headers, 'content-location');
  return location && /^[^/:\\]+\.\w+$/.test(location) ? safeFilename(location) : null;
}

/** A name without path and control characters, at most 200 long, that no file system and no header can misread. */
export function safeFilename(name: string): string | null {
  const base = name
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/^.*[\\/](?=[^\\/]+$)/, '')
    .replace(/[\\/:*?"<>|]/g, '_')
    .trim()
    .replace(/^\.+/, '');
  return base === '' ? null : base.length > 200 ? `${base.slice(0, 180)}…${base.slice(-19)}` : base;
}

const mediaTypes: Record<string, string> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  txt: 'text/plain',
  csv: 'text/csv',
  html: 'text/html',
  htm: 'text/html',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
  rtf: 'application/rtf',
  ics: 'text/calendar',
  vcf: 'text/vcard',
  eml: 'message/rfc822',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
};

function guessMediaType(filename: string | null): string {
  const extension = /\.(\w+)$/.exec(filename ?? '')?.[1]?.toLowerCase() ?? '';
  return mediaTypes[extension] ?? 'application/octet-stream';
}

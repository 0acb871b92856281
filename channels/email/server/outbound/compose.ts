import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { loopHeader } from '../inbound/automatic.ts';

export interface Recipient {
  name: string | null;
  address: string;
}

export interface OutgoingAttachment {
  filename: string;
  mediaType: string;
  content: Uint8Array;
  /** Content-ID without brackets, for pictures the HTML shows by "cid:". */
  contentId?: string;
}

export interface OutgoingMail {
  from: Recipient;
  to: Recipient[];
  cc?: Recipient[];
  /** Get the mail; named in no header. */
  bcc?: Recipient[];
  replyTo?: Recipient[];
  subject: string;
  text: string;
  html?: string;
  /** Ids without brackets. */
  inReplyTo?: string;
  /** Oldest first. */
  references?: string[];
  /** Without brackets; make it with `createMessageId`. */
  messageId: string;
  attachments?: OutgoingAttachment[];
  /** Further headers, such as List-Unsubscribe. */
  headers?: Record<string, string>;
  date: Date;
  /** Set on everything no person wrote: adds Auto-Submitted (RFC 3834) and asks Exchange for silence. */
  automatic?: 'auto-generated' | 'auto-replied';
  /** Value of X-Nahbar-Loop: the installation's id. */
  loopMark?: string;
  /** Return path; empty for automatic replies, so that their bounces go nowhere (RFC 3834, 3.3). Default: the sender. */
  envelopeFrom?: string;
}

export interface BuiltMail {
  raw: Buffer;
  envelope: { from: string; to: string[] };
}

/** Reason a mail cannot be built; `field` names the culprit. */
export class ComposeError extends Error {
  readonly field: string;
  constructor(field: string, message: string) {
    super(`${field}: ${message}`);
    this.name = 'ComposeError';
    this.field = field;
  }
}

/**
 * Builds the bytes of a mail and its SMTP envelope. The same input gives the same bytes, so a retry sends the very same
 * mail. Throws ComposeError on a line break in a header, a bad address or no recipient.
 */
export async function buildMail(mail: OutgoingMail): Promise<BuiltMail> {
  check(mail);
  const attachments = (mail.attachments ?? []).map((a) => ({
    filename: a.filename,
    contentType: a.mediaType,
    content: Buffer.from(a.content.buffer, a.content.byteOffset, a.content.byteLength),
    ...(a.contentId ? { cid: a.contentId, contentDisposition: 'inline' as const } : {}),
  }));
  const composer = new MailComposer({
    from: named(mail.from),
    to: mail.to.map(named),
    cc: (mail.cc ?? []).map(named),
    ...(mail.replyTo?.length ? { replyTo: mail.replyTo.map(named) } : {}),
    subject: mail.subject,
    text: flow(mail.text),
    ...(mail.html === undefined ? {} : { html: mail.html }),
    ...(mail.inReplyTo ? { inReplyTo: `<${mail.inReplyTo}>` } : {}),
    ...(mail.references?.length ? { references: capReferences(mail.references).map((id) => `<${id}>`) } : {}),
    messageId: `<${mail.messageId}>`,
    date: mail.date,
    attachments,
    headers: { ...automaticHeaders(mail), ...mail.headers },
    // Remote content and local files named in a text must never be fetched by the composer.
    disableUrlAccess: true,
    disableFileAccess: true,
    newline: '\r\n',
    baseBoundary: mail.messageId.replace(/[^\w]/g, '').slice(0, 40),
  });
  const node = composer.compile();
  // nodemailer's own label for plain text has no place for format=flowed (RFC 3676).
  const raw = Buffer.from(
    (await node.build())
      .toString('latin1')
      .replace(/^Content-Type: text\/plain; charset=utf-8\r?$/im, 'Content-Type: text/plain; charset=utf-8; format=flowed'),
    'latin1',
  );
  const to = [...mail.to, ...(mail.cc ?? []), ...(mail.bcc ?? [])].map((r) => r.address);
  return { raw, envelope: { from: mail.envelopeFrom ?? mail.from.address, to: [...new Set(to)] } };
}

function named(r: Recipient): { name: string; address: string } {
  return { name: r.name ?? '', address: r.address };
}

function automaticHeaders(mail: OutgoingMail): Record<string, string> {
  return {
    ...(mail.automatic ? { 'Auto-Submitted': mail.automatic, 'X-Auto-Response-Suppress': 'All' } : {}),
    ...(mail.loopMark ? { [loopHeader]: mail.loopMark } : {}),
  };
}

function check(mail: OutgoingMail): void {
  const everybody: [string, Recipient[]][] = [
    ['from', [mail.from]],
    ['to', mail.to],
    ['cc', mail.cc ?? []],
    ['bcc', mail.bcc ?? []],
    ['replyTo', mail.replyTo ?? []],
  ];
  for (const [field, list] of everybody) {
    for (const { name, address } of list) {
      oneLine(field, name ?? '');
      if (!/^[^\s@<>(),;:"\\]+@[^\s@<>(),;:"\\]+$/.test(address) || address.length > 254)
        throw new ComposeError(field, `"${address.slice(0, 80)}" is no mail address`);
    }
  }
  if (mail.to.length + (mail.cc?.length ?? 0) + (mail.bcc?.length ?? 0) === 0) throw new ComposeError('to', 'a mail needs a recipient');
  oneLine('subject', mail.subject);
  for (const [name, value] of Object.entries(mail.headers ?? {})) {
    if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) throw new ComposeError('headers', `"${name.slice(0, 80)}" is no header name`);
    oneLine(name, value);
  }
  for (const [field, ids] of [
    ['messageId', [mail.messageId]],
    ['inReplyTo', mail.inReplyTo ? [mail.inReplyTo] : []],
  ] as const) {
    for (const id of ids) if (!isId(id)) throw new ComposeError(field, 'is no Message-ID');
  }
  for (const attachment of mail.attachments ?? []) {
    oneLine('attachments', attachment.filename);
    oneLine('attachments', attachment.contentId ?? '');
    if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(attachment.mediaType))
      throw new ComposeError('attachments', `"${attachment.mediaType.slice(0, 80)}" is no media type`);
  }
  oneLine('loopMark', mail.loopMark ?? '');
}

function oneLine(field: string, value: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what header injection is made of
  if (/[\r\n\0\u0085\u2028\u2029]/.test(value)) throw new ComposeError(field, 'must not contain a line break');
}

function isId(id: string): boolean {
  return /^[^\s<>]{1,900}$/.test(id);
}

/** The first id and the nearest ones: a thread of years would outgrow what mail servers take (RFC 5322, 3.6.4; Outlook stops at 2 kB). */
export function capReferences(references: readonly string[]): string[] {
  const ids = [...new Set(references.filter(isId))];
  const kept: string[] = [];
  let length = ids[0]?.length ?? 0;
  for (const id of ids.slice(1).toReversed()) {
    length += id.length + 4;
    if (length > 1800 || kept.length >= 30) break;
    kept.unshift(id);
  }
  return ids.length === 0 ? [] : [ids[0] as string, ...kept];
}

/**
 * Breaks long lines softly (RFC 3676, 4.2): a blank at the end says that the line goes on. Quoted lines are never broken and never end in a blank, their
 * marks stand together (4.5): many readers would join the next line to them, marks and all, and the quote would seem deeper than it is.
 */
export function flow(text: string): string {
  const out: string[] = [];
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    const marks = /^(?:> ?)+/.exec(line)?.[0] ?? '';
    if (marks !== '') {
      out.push(`${marks.replaceAll(' ', '')} ${line.slice(marks.length)}`.trimEnd());
      continue;
    }
    if (line === '-- ') {
      out.push(line);
      continue;
    }
    let rest = line.trimEnd();
    while (rest.length > 76) {
      const cut = rest.lastIndexOf(' ', 72);
      const at = cut > 0 ? cut : rest.indexOf(' ', 72);
      if (at < 0) break;
      out.push(stuff(rest.slice(0, at + 1)));
      rest = rest.slice(at + 1);
    }
    out.push(stuff(rest));
  }
  return out.join('\n');
}

function stuff(line: string): string {
  return /^(?: |>|From )/.test(line) ? ` ${line}` : line;
}

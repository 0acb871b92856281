import { createHash } from 'node:crypto';
import { parseMessageIds } from '../mime/message-id.ts';

/** What tells a repetition of a mail from another mail, found without parsing the whole. */
export interface MailKey {
  /** Without brackets; null when the mail has none. */
  messageId: string | null;
  /** SHA-256 over what does not change on the way: author, date, subject, id and body. */
  sameness: Buffer;
  /** Mail servers it passed: one Received line each. */
  hops: number;
}

// Every relay adds lines above and some below these; the same mail by another way differs in nothing named here.
const lasting = /^(?:from|to|cc|date|subject|message-id|content-type|content-transfer-encoding|mime-version)[ \t]*:/i;
const maximumHeaderBytes = 256 * 1024;

/**
 * Reads the key of a raw mail; the body is hashed where it lies. Where no field says who wrote, the envelope's sender does: else the empty mails of two
 * people were one.
 */
export function mailKey(raw: Buffer, sender = ''): MailKey {
  const { end, body } = headerEnd(raw);
  const head = raw.toString('latin1', 0, end);
  const hash = createHash('sha256');
  let messageId: string | null = null;
  let hops = 0;
  let isLasting = false;
  let hasAuthor = false;
  for (const field of head.split(/\r?\n(?![ \t])/)) {
    if (!lasting.test(field)) {
      if (/^received[ \t]*:/i.test(field)) hops += 1;
      continue;
    }
    isLasting = true;
    hasAuthor ||= /^from/i.test(field);
    // Folding is the relay's business.
    const unfolded = field.replace(/\r?\n[ \t]+/g, ' ').trim();
    hash.update(unfolded).update('\n');
    if (messageId === null && /^message-id/i.test(unfolded)) {
      messageId = readableId(parseMessageIds(unfolded.slice(unfolded.indexOf(':') + 1))[0]);
    }
  }
  if (!hasAuthor && sender !== '') hash.update(`sent by ${sender}\n`);
  // No mail but some words a machine wrote without headers: all of it tells it from the next.
  if (!isLasting) return { messageId, sameness: hash.update(raw).digest(), hops };
  // Some servers add or take line ends at the very end.
  let last = raw.length;
  while (last > body && (raw[last - 1] === 10 || raw[last - 1] === 13)) last -= 1;
  hash.update('\n').update(raw.subarray(body, last));
  return { messageId, sameness: hash.digest(), hops };
}

/** An id as it can stand in the database and in headers: no control characters, cut where no honest id is as long. */
export function readableId(id: string | null | undefined): string | null {
  return id?.replace(/[\p{Cc}\s]/gu, '').slice(0, 900) || null;
}

function headerEnd(raw: Buffer): { end: number; body: number } {
  const limit = Math.min(raw.length, maximumHeaderBytes);
  for (let at = raw.indexOf(10); at >= 0 && at < limit; at = raw.indexOf(10, at + 1)) {
    if (raw[at + 1] === 10) return { end: at, body: at + 2 };
    if (raw[at + 1] === 13 && raw[at + 2] === 10) return { end: at, body: at + 3 };
  }
  return { end: limit, body: limit };
}

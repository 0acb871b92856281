import { decodeHeaderText, type RawHeaderText } from './encoded-word.ts';

/** One header field. `name` as written; `raw` unfolded, one byte a character; `value` decoded for people, at most 2,000 characters. */
export interface MailHeader {
  name: string;
  key: string;
  raw: RawHeaderText;
  readonly value: string;
}

export interface HeaderBlock {
  headers: MailHeader[];
  /** Offset of the first body byte. */
  bodyStart: number;
  defects: string[];
}

// A megabyte of headers is an attack or damage: what follows is kept as body.
const maximumHeaderBytes = 1_048_576;

/** Reads header fields from `start` on; stops at the blank line, or where no header can be meant any more. */
export function readHeaderBlock(buffer: Buffer, start: number, end: number): HeaderBlock {
  const limit = Math.min(end, start + maximumHeaderBytes);
  const defects: string[] = [];
  const headers: MailHeader[] = [];
  let pos = start;
  let name = '';
  let value = '';
  const finish = () => {
    if (name) headers.push(makeHeader(name, value));
    name = '';
  };
  while (pos < limit) {
    let eol = buffer.indexOf(10, pos);
    if (eol < 0 || eol >= limit) eol = limit;
    const line = buffer.toString('latin1', pos, eol > pos && buffer[eol - 1] === 13 ? eol - 1 : eol);
    const next = Math.min(eol + 1, end);
    if (line === '') {
      finish();
      return { headers, bodyStart: next, defects };
    }
    const first = line.charCodeAt(0);
    if ((first === 32 || first === 9) && name) {
      // A line of blanks only would be a body separator to some programs; as a continuation it adds nothing.
      if (line.trim() !== '') value += ` ${line.trim()}`;
      else if (!hasHeaderAhead(buffer, next, limit)) {
        finish();
        return { headers, bodyStart: next, defects };
      }
      pos = next;
      continue;
    }
    const colon = nameLength(line);
    if (colon > 0) {
      finish();
      name = line.slice(0, colon).trimEnd();
      value = line.slice(colon + 1).trim();
    } else if (pos === start && /^>?From /.test(line)) {
      // mbox separator
    } else if (hasHeaderAhead(buffer, next, limit)) {
      defects.push('a line among the headers is no header');
      if (name) value += ` ${line.trim()}`;
    } else {
      finish();
      defects.push('no blank line between headers and body');
      return { headers, bodyStart: pos, defects };
    }
    pos = next;
  }
  finish();
  if (limit < end) defects.push('header block longer than 1 MB');
  return { headers, bodyStart: pos, defects };
}

/** The same at the top of a mail: lines among which is no field that mails have ("Note: call back") are its text. */
export function readTopHeaders(buffer: Buffer, start: number, end: number): HeaderBlock {
  const block = readHeaderBlock(buffer, start, end);
  if (block.headers.length === 0 || block.headers.some(({ name }) => known.test(`${name}:`))) return block;
  return { headers: [], bodyStart: start, defects: [] };
}

// What people and patterns look at; no honest subject or list name is a tenth as long. The whole value stays in `raw` and in the mail.
const maximumValue = 2_000;

/** Makes a header whose decoded value is computed on first use: most of the forty headers of a mail are never read. */
export function makeHeader(name: string, raw: RawHeaderText): MailHeader {
  let decoded: string | null = null;
  return {
    name,
    key: name.toLowerCase(),
    raw,
    get value() {
      decoded ??= decodeHeaderText(raw.slice(0, maximumValue * 4)).slice(0, maximumValue);
      return decoded;
    },
  };
}

/** Raw value of the first header of that name (lower case), or null. */
export function rawHeader(headers: MailHeader[], key: string): RawHeaderText | null {
  for (const header of headers) if (header.key === key) return header.raw;
  return null;
}

/** Decoded value of the first header of that name (lower case), or null. */
export function headerValue(headers: MailHeader[], key: string): string | null {
  for (const header of headers) if (header.key === key) return header.value;
  return null;
}

/** Length of the field name at the start of a line, 0 if there is none (RFC 5322, 3.6.8; blanks before the colon are obsolete but real). */
function nameLength(line: string): number {
  for (let i = 0; i < line.length && i < 200; i++) {
    const c = line.charCodeAt(i);
    if (c === 58) return i;
    if (c === 32 || c === 9) return /^[ \t]*:/.test(line.slice(i)) && i > 0 ? line.indexOf(':', i) : 0;
    if (c < 33 || c > 126) return 0;
  }
  return 0;
}

const known =
  /^(?:content-[a-z-]+|mime-version|from|to|cc|subject|date|message-id|received|reply-to|return-path|in-reply-to|references|x-[\w-]+|sender|list-[a-z-]+|dkim-signature|bcc|auto-submitted|precedence|delivered-to|authentication-results|resent-[a-z-]+|arc-[a-z-]+)[ \t]*:/i;

function hasHeaderAhead(buffer: Buffer, start: number, limit: number): boolean {
  let pos = start;
  for (let lines = 0; lines < 20 && pos < limit; lines++) {
    let eol = buffer.indexOf(10, pos);
    if (eol < 0 || eol > limit) eol = limit;
    const line = buffer.toString('latin1', pos, Math.min(eol, pos + 200)).trimEnd();
    if (line === '') return false;
    if (known.test(line)) return true;
    pos = eol + 1;
  }
  return false;
}

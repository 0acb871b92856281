import { decodeCharset, decodeUnlabelled } from './charset.ts';
import { trimEndOf } from './scan.ts';
import { decodeQuotedPrintable } from './transfer.ts';

/** A header value as one byte a character (latin1), the form in which headers are cut out of the mail. */
export type RawHeaderText = string;

const word = /=\?([^?\s]{1,60})\?([bBqQ])\?([^?\r\n]*)(?:\?=|$)/g;

/**
 * Decodes RFC 2047 encoded words and 8-bit text in an unfolded header value. Lenient where mail programs are: words within
 * quotes or glued to text, blanks inside a word, a missing "?=" at the end, one character split over two words.
 */
export function decodeHeaderText(raw: RawHeaderText): string {
  if (!raw.includes('=?')) return decodeEightBit(raw);
  let out = '';
  let last = 0;
  let pending: { charset: string; bytes: Buffer[] } | null = null;
  const flush = () => {
    if (pending) out += decodeCharset(Buffer.concat(pending.bytes), pending.charset).text;
    pending = null;
  };
  word.lastIndex = 0;
  for (let match = word.exec(raw); match !== null; match = word.exec(raw)) {
    const between = raw.slice(last, match.index);
    const isAdjacent = last > 0 && /^\s*$/.test(between);
    // A "?" inside the text of a Q word is illegal but common; then the word runs on to the next "?=".
    const charset = (match[1] ?? '').replace(/\*.*$/, '');
    const bytes = decodeWord(match[2] ?? 'q', match[3] ?? '');
    if (!isAdjacent) {
      flush();
      out += decodeEightBit(between);
    }
    // Joining before decoding mends characters that were cut in two (Outlook Express, old PHP mailers).
    if (pending && (pending as { charset: string }).charset.toLowerCase() === charset.toLowerCase())
      (pending as { bytes: Buffer[] }).bytes.push(bytes);
    else {
      flush();
      pending = { charset, bytes: [bytes] };
    }
    last = word.lastIndex;
  }
  flush();
  return out + decodeEightBit(raw.slice(last));
}

function decodeWord(encoding: string, text: string): Buffer {
  if (encoding === 'b' || encoding === 'B') return Buffer.from(text, 'base64');
  // Blanks at the end would fall away as they do at the end of a body's line.
  const shown = trimEndOf(text, ' \t');
  return decodeQuotedPrintable(Buffer.from(shown.replaceAll('_', '=20') + '=20'.repeat(text.length - shown.length), 'latin1'));
}

/** Header bytes above 127 without any encoding: UTF-8 (RFC 6532) if valid, else windows-1252. */
export function decodeEightBit(raw: RawHeaderText): string {
  for (let i = 0; i < raw.length; i++) {
    if (raw.charCodeAt(i) > 127) return decodeUnlabelled(Buffer.from(raw, 'latin1'));
  }
  return raw;
}

import { decodeCharset } from './charset.ts';
import { decodeEightBit, decodeHeaderText, type RawHeaderText } from './encoded-word.ts';
import { withoutComments } from './scan.ts';

/** A header of the form `value; name=text; …` (Content-Type, Content-Disposition). Names and value are lower case. */
export interface ParameterHeader {
  value: string;
  parameters: Map<string, string>;
}

/**
 * Reads a parameterised header: RFC 2231 continuations and charsets, RFC 2047 words within quotes (not allowed, done by
 * most), unquoted values with blanks, parameters separated by blanks only, 8-bit text.
 */
export function parseParameterHeader(whole: RawHeaderText): ParameterHeader {
  // No honest one is a tenth as long; a hostile one must not cost time.
  const raw = whole.slice(0, 16_384);
  const end = endOfValue(raw);
  const value = withoutComments(raw.slice(0, end)).trim().toLowerCase();
  const parameters = new Map<string, string>();
  if (end >= raw.length) return { value, parameters };
  const pieces = new Map<string, { index: number; extended: boolean; text: string }[]>();
  for (const { name, text } of readPairs(raw, end)) {
    const parts = /^([^*]+)(?:\*(\d{1,4}))?(\*)?$/.exec(name);
    const base = parts?.[1] ?? name;
    const isExtended = parts?.[3] === '*';
    if (parts?.[2] === undefined && !isExtended) {
      if (!parameters.has(base)) parameters.set(base, text.includes('=?') ? decodeHeaderText(text) : decodeEightBit(text));
      continue;
    }
    const list = pieces.get(base) ?? [];
    list.push({ index: Number(parts?.[2] ?? 0), extended: isExtended, text });
    pieces.set(base, list);
  }
  // The extended form wins over a plain one of the same name (RFC 5987 and practice: the plain one is the fallback).
  for (const [base, list] of pieces) parameters.set(base, joinPieces(list));
  return { value, parameters };
}

function endOfValue(raw: string): number {
  const semicolon = raw.indexOf(';');
  return semicolon < 0 ? raw.length : semicolon;
}

function joinPieces(list: { index: number; extended: boolean; text: string }[]): string {
  list.sort((a, b) => a.index - b.index);
  let charset: string | null = null;
  const chunks: Buffer[] = [];
  for (const [i, piece] of list.entries()) {
    let text = piece.text;
    if (i === 0 && piece.extended) {
      const head = /^([^']*)'([^']*)'/.exec(text);
      if (head) {
        charset = head[1] || null;
        text = text.slice(head[0].length);
      }
    }
    chunks.push(piece.extended ? percentDecode(text) : Buffer.from(text, 'latin1'));
  }
  const decoded = decodeCharset(Buffer.concat(chunks), charset).text;
  return decoded.includes('=?') ? decodeHeaderText(decoded) : decoded;
}

function percentDecode(text: string): Buffer {
  return Buffer.from(
    text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

function readPairs(raw: string, start: number): { name: string; text: string }[] {
  const pairs: { name: string; text: string }[] = [];
  let i = start;
  while (i < raw.length) {
    while (i < raw.length && /[;\s]/.test(raw[i] as string)) i++;
    if (raw[i] === '(') {
      i = skipComment(raw, i);
      continue;
    }
    const nameStart = i;
    while (i < raw.length && raw[i] !== '=' && raw[i] !== ';') i++;
    const name = raw.slice(nameStart, i).trim().toLowerCase();
    if (raw[i] !== '=') continue;
    i++;
    while (raw[i] === ' ' || raw[i] === '\t') i++;
    if (raw[i] === '"') {
      const quoted = readQuoted(raw, i);
      i = quoted.end;
      if (name) pairs.push({ name, text: quoted.text });
      continue;
    }
    const text = raw.slice(i, endOfBare(raw, i));
    i += text.length;
    if (name) pairs.push({ name, text: withoutLastComment(text) });
    if (text === '' && raw[i] !== ';' && !/\s/.test(raw[i] ?? ' ')) i++;
  }
  return pairs;
}

/** Unquoted file names with blanks are common; a blank followed by "name=" starts the next parameter all the same. */
function endOfBare(raw: string, start: number): number {
  encodedWords.lastIndex = start;
  if (encodedWords.test(raw)) return encodedWords.lastIndex;
  let i = start;
  while (i < raw.length && raw[i] !== ';') {
    if (!isBlank(raw, i)) {
      i++;
      continue;
    }
    let next = i;
    while (isBlank(raw, next)) next++;
    if (next >= raw.length || raw[next] === ';') return i;
    let after = next;
    while (after < raw.length && /[\w*-]/.test(raw[after] as string)) after++;
    const isNamed = after > next;
    let equals = after;
    while (isBlank(raw, equals)) equals++;
    if (isNamed && raw[equals] === '=') return i;
    i = Math.max(after, next);
  }
  return i;
}

const encodedWords = /(?:=\?[^?\s]*\?[bq]\?[^?]*\?=[ \t]*)+/iy;

const isBlank = (raw: string, i: number): boolean => i < raw.length && /\s/.test(raw[i] as string);

function withoutLastComment(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.endsWith(')')) return trimmed;
  const open = trimmed.indexOf('(', trimmed.lastIndexOf(')', trimmed.length - 2) + 1);
  return open < 0 ? trimmed : trimmed.slice(0, open).trimEnd();
}

function readQuoted(raw: string, start: number): { text: string; end: number } {
  let text = '';
  let i = start + 1;
  for (; i < raw.length && raw[i] !== '"'; i++) {
    // A backslash quotes only what needs quoting: Windows paths come as "C:\temp\file" from old clients.
    if (raw[i] === '\\' && (raw[i + 1] === '"' || raw[i + 1] === '\\')) i++;
    text += raw[i] ?? '';
  }
  return { text, end: i + 1 };
}

function skipComment(raw: string, start: number): number {
  let depth = 0;
  for (let i = start; i < raw.length; i++) {
    if (raw[i] === '\\') i++;
    else if (raw[i] === '(') depth++;
    else if (raw[i] === ')' && --depth === 0) return i + 1;
  }
  return raw.length;
}

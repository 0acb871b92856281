import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** Text of a part together with what was wrong about its label, if anything. */
export interface DecodedText {
  text: string;
  defect: string | null;
}

/**
 * Turns bytes into text, whatever the label says. Order of trust: the bytes where they leave no doubt (valid UTF-8 with
 * multi-byte sequences does not happen by accident in a single-byte charset), then the label, then windows-1252, which is
 * what unlabelled western mail nearly always is (WHATWG Encoding, section 4.2 maps latin1 and ascii to it as well).
 */
export function decodeCharset(bytes: Uint8Array, label: string | null): DecodedText {
  const buffer = asBuffer(bytes);
  const name = normaliseLabel(label);
  const isWide =
    name !== null &&
    (name.startsWith('utf-16') || name.startsWith('utf-32') || name === 'utf-7' || name.startsWith('iso-2022') || name === 'hz-gb-2312');
  if (!isWide && isAscii(buffer) && !isEbcdic(name)) return { text: buffer.toString('latin1'), defect: null };
  if (name === null || name === 'us-ascii') return guess(buffer, name === null ? null : 'bytes above 127 in a part labelled us-ascii');
  if (name === 'utf-8') {
    if (isUtf8(buffer)) return { text: stripMark(buffer.toString('utf8')), defect: null };
    const text = buffer.toString('utf8');
    const defect = 'invalid UTF-8';
    // Not one good multi-byte sequence: the label is wrong as a whole, not one byte damaged.
    return hasMultibyte(text)
      ? { text: stripMark(text), defect }
      : { text: windows1252(buffer), defect: `${defect}, read as windows-1252` };
  }
  if (isSingleByteWestern(name)) {
    if (isUtf8(buffer)) return { text: buffer.toString('utf8'), defect: `UTF-8 labelled ${name}` };
    if (name === 'iso-8859-1' || name === 'windows-1252') return { text: windows1252(buffer), defect: null };
  }
  const decoded = decodeNamed(buffer, name);
  if (decoded !== null) return { text: stripMark(decoded), defect: null };
  return guess(buffer, `unknown charset ${name}`);
}

/** Decodes unlabelled bytes: UTF-8 if valid, else windows-1252. */
export function decodeUnlabelled(bytes: Uint8Array): string {
  return decodeCharset(bytes, null).text;
}

function guess(buffer: Buffer, defect: string | null): DecodedText {
  if (buffer.length >= 2 && buffer[0] === 0xff && buffer[1] === 0xfe) return { text: stripMark(buffer.toString('utf16le')), defect };
  return { text: isUtf8(buffer) ? stripMark(buffer.toString('utf8')) : windows1252(buffer), defect };
}

const decoders = new Map<string, TextDecoder>();

function decodeNamed(buffer: Buffer, name: string): string | null {
  try {
    let decoder = decoders.get(name);
    if (!decoder) {
      decoder = new TextDecoder(name, { ignoreBOM: true });
      decoders.set(name, decoder);
    }
    return decoder.decode(buffer);
  } catch {
    // iconv-lite knows what browsers do not: UTF-7, UTF-32, DOS code pages.
    return iconv.encodingExists(name) ? iconv.decode(buffer, name) : null;
  }
}

/** Node's TextDecoder("latin1") leaves 0x80–0x9F as control characters in some builds; the table is short enough to own. */
const upper1252 =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178';

function windows1252(buffer: Buffer): string {
  const text = buffer.toString('latin1');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these bytes differ between latin1 and windows-1252
  return /[\x80-\x9f]/.test(text) ? text.replace(/[\x80-\x9f]/g, (c) => upper1252[c.charCodeAt(0) - 0x80] ?? c) : text;
}

function hasMultibyte(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127 && code !== 0xfffd) return true;
  }
  return false;
}

function stripMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function isSingleByteWestern(name: string): boolean {
  return name === 'iso-8859-1' || name === 'windows-1252' || name === 'iso-8859-15';
}

function isEbcdic(name: string | null): boolean {
  return name !== null && /^(cp|ibm)(037|1047|1140|1141|500|273)$/.test(name);
}

const aliases: Record<string, string> = {
  utf8: 'utf-8',
  'utf-8-mac': 'utf-8',
  unicode: 'utf-16le',
  'utf-16': 'utf-16le',
  ascii: 'us-ascii',
  'ansi_x3.4-1968': 'us-ascii',
  'iso-646-us': 'us-ascii',
  '7bit': 'us-ascii',
  '8bit': '',
  default: '',
  default_charset: '',
  'x-unknown': '',
  unknown: '',
  'unknown-8bit': '',
  latin1: 'iso-8859-1',
  'latin-1': 'iso-8859-1',
  iso8859_1: 'iso-8859-1',
  'iso8859-1': 'iso-8859-1',
  'iso_8859-1': 'iso-8859-1',
  iso88591: 'iso-8859-1',
  '8859-1': 'iso-8859-1',
  ansi: 'windows-1252',
  cp1252: 'windows-1252',
  'cp-1252': 'windows-1252',
  'iso8859-15': 'iso-8859-15',
  'iso_8859-15': 'iso-8859-15',
  'latin-9': 'iso-8859-15',
  'ks_c_5601-1987': 'euc-kr',
  'x-mac-roman': 'macintosh',
};

function normaliseLabel(label: string | null): string | null {
  if (label === null) return null;
  const cleaned = label
    .trim()
    .toLowerCase()
    .replace(/^["']+|["'\s;]+$/g, '')
    .replace(/^_iso/, 'iso')
    .replace(/^windows_/, 'windows-');
  const name = aliases[cleaned] ?? cleaned;
  return name === '' ? null : name;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

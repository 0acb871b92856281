/** Content of a part after its transfer encoding is undone. */
export interface DecodedBytes {
  bytes: Buffer;
  defect: string | null;
  /** The encoding was declared but is not there: `bytes` is then the content as it came. */
  broken: boolean;
}

/** Undoes Content-Transfer-Encoding (RFC 2045, section 6). Unknown names count as identity, as every mail program does. */
export function decodeTransfer(raw: Buffer, encoding: string): DecodedBytes {
  switch (encoding) {
    case 'base64':
      return decodeBase64(raw);
    case 'quoted-printable':
      return { bytes: decodeQuotedPrintable(raw), defect: null, broken: false };
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
    case 'uue': {
      const files = decodeUuencode(raw.toString('latin1'));
      const first = files[0];
      return first
        ? { bytes: first.content, defect: null, broken: false }
        : { bytes: raw, defect: 'no uuencoded data in a uuencoded part', broken: true };
    }
    default:
      return { bytes: raw, defect: null, broken: false };
  }
}

function decodeBase64(raw: Buffer): DecodedBytes {
  // Node skips line breaks by itself and stops at the padding; only the unusual case needs a closer look.
  const padding = raw.indexOf(0x3d);
  if (padding >= 0) {
    const rest = raw.toString('latin1', padding).replace(/^=+/, '');
    if (/\S/.test(rest)) return decodeBase64AfterPadding(raw);
  }
  const decoded = Buffer.from(raw.toString('latin1'), 'base64');
  const expected = Math.floor((raw.length * 3) / 4);
  // A lot fewer bytes than the length promises: many characters outside the alphabet. Line breaks alone cost 3 %.
  if (decoded.length < expected * 0.9 && raw.length > 0) {
    const foreign = countForeign(raw);
    if (foreign > 0) {
      const text = raw.toString('latin1');
      if (foreign * 20 > raw.length || /[ -~] [ -~]+ [ -~]/.test(text.slice(0, 2000)))
        return { bytes: raw, defect: 'not base64 although labelled so', broken: true };
      return { bytes: decoded, defect: 'characters outside the base64 alphabet', broken: false };
    }
  }
  return { bytes: decoded, defect: null, broken: false };
}

/** Two base64 blocks glued together (gateways do it) are both read; other text after the padding is no content (RFC 2045, 6.8). */
function decodeBase64AfterPadding(raw: Buffer): DecodedBytes {
  const chunks: Buffer[] = [];
  let ignored = false;
  for (const piece of raw.toString('latin1').split(/(?<==)(?!=)/)) {
    const clean = piece.replace(/\s+/g, '');
    if (clean === '') continue;
    if (/^[A-Za-z0-9+/]+={0,2}$/.test(clean) && clean.length % 4 === 0) chunks.push(Buffer.from(clean, 'base64'));
    else if (chunks.length === 0) chunks.push(Buffer.from(clean, 'base64'));
    else ignored = true;
  }
  return { bytes: Buffer.concat(chunks), defect: ignored ? 'text after the end of the base64 data' : null, broken: false };
}

function countForeign(raw: Buffer): number {
  let foreign = 0;
  for (const c of raw) {
    const good =
      (c >= 65 && c <= 90) ||
      (c >= 97 && c <= 122) ||
      (c >= 47 && c <= 57) ||
      c === 43 ||
      c === 61 ||
      c === 10 ||
      c === 13 ||
      c === 32 ||
      c === 9;
    if (!good) foreign++;
  }
  return foreign;
}

/** Quoted-printable; a "=" that begins no code stands for itself, blanks at line ends fall away (RFC 2045, section 6.7). */
export function decodeQuotedPrintable(raw: Buffer): Buffer {
  const out = Buffer.allocUnsafe(raw.length);
  let o = 0;
  for (let i = 0; i < raw.length; i++) {
    const c = raw[i] as number;
    if (c === 0x3d) {
      const high = hexValue(raw[i + 1]);
      const low = hexValue(raw[i + 2]);
      if (high >= 0 && low >= 0) {
        out[o++] = high * 16 + low;
        i += 2;
        continue;
      }
      let j = i + 1;
      while (raw[j] === 0x20 || raw[j] === 0x09) j++;
      if (raw[j] === 0x0d && raw[j + 1] === 0x0a) {
        i = j + 1;
        continue;
      }
      if (raw[j] === 0x0a || j >= raw.length) {
        i = j;
        continue;
      }
      out[o++] = c;
      continue;
    }
    if (c === 0x20 || c === 0x09) {
      let j = i;
      while (raw[j] === 0x20 || raw[j] === 0x09) j++;
      const atEnd = j >= raw.length || raw[j] === 0x0a || (raw[j] === 0x0d && raw[j + 1] === 0x0a);
      // The whole run at once, kept or not: looked at again from every blank of it, it would cost the square of its length.
      if (!atEnd) {
        raw.copy(out, o, i, j);
        o += j - i;
      }
      i = j - 1;
      continue;
    }
    out[o++] = c;
  }
  return out.subarray(0, o);
}

function hexValue(c: number | undefined): number {
  if (c === undefined) return -1;
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 65 && c <= 70) return c - 55;
  if (c >= 97 && c <= 102) return c - 87;
  return -1;
}

/** A file found inside text in uuencoded form; `start` and `end` are offsets into the text. */
export interface UuencodedFile {
  filename: string;
  content: Buffer;
  start: number;
  end: number;
}

// Ten times what anybody ever sent in one mail; the rest stays text.
const maximumFiles = 1_000;

/** Finds uuencoded files ("begin 644 name … end") in a text; a block without its "end" line is left alone. */
export function decodeUuencode(text: string): UuencodedFile[] {
  const files: UuencodedFile[] = [];
  const begin = /^begin(?:-base64)? [0-7]{3,4} (\S[^\r\n]*)\r?\n/gm;
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const chunks: Buffer[] = [];
    let pos = begin.lastIndex;
    let closed = false;
    while (pos < text.length) {
      let eol = text.indexOf('\n', pos);
      if (eol < 0) eol = text.length;
      const line = text.slice(pos, eol).replace(/\r$/, '');
      pos = eol + 1;
      if (line === 'end' || line === '====') {
        closed = true;
        break;
      }
      if (line === '' || line === '`' || line === ' ') continue;
      const bytes = match[0].startsWith('begin-base64') ? Buffer.from(line, 'base64') : uuLine(line);
      if (bytes === null) break;
      chunks.push(bytes);
    }
    // Where the text ended before the block did, no later one ends either.
    if (!closed && pos >= text.length) break;
    if (!closed || chunks.length === 0) continue;
    files.push({ filename: (match[1] ?? '').trim(), content: Buffer.concat(chunks), start: match.index, end: Math.min(pos, text.length) });
    if (files.length >= maximumFiles) break;
    begin.lastIndex = pos;
  }
  return files;
}

function uuLine(line: string): Buffer | null {
  const length = (line.charCodeAt(0) - 32) & 63;
  const needed = Math.ceil(length / 3) * 4;
  // Trailing blanks are often lost on the way, so a short line is padded; a much longer one is no uuencode.
  if (line.length - 1 > needed + 2 || line.length - 1 < needed - 3) return null;
  const out = Buffer.alloc(Math.ceil(length / 3) * 3);
  for (let i = 0, o = 0; i < needed; i += 4, o += 3) {
    const at = (k: number): number => {
      const code = line.charCodeAt(1 + i + k);
      return Number.isNaN(code) ? 0 : (code - 32) & 63;
    };
    const word = (at(0) << 18) | (at(1) << 12) | (at(2) << 6) | at(3);
    out[o] = (word >> 16) & 255;
    out[o + 1] = (word >> 8) & 255;
    out[o + 2] = word & 255;
  }
  return out.subarray(0, length);
}

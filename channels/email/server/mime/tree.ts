import { decodeHeaderText } from './encoded-word.ts';
import { rawHeader, readHeaderBlock, readTopHeaders } from './header-block.ts';
import { type ParameterHeader, parseParameterHeader } from './parameters.ts';
import { type MimePart, partBytes } from './part.ts';
import { withoutComments } from './scan.ts';

// Real mail nests below ten levels; deeper is an attack. What lies deeper stays in one attachment, unread but kept.
const maximumDepth = 50;
const maximumParts = 10_000;
// A mail of the largest size within another, and again in that one.
const maximumDecoded = 128 * 1024 * 1024;

interface Budget {
  parts: number;
  /** Bytes of mails within mails that had to be decoded first: every level makes a copy. */
  decoded: number;
}

/** Reads a message into its tree of parts. Never throws; what cannot be read as structure is kept as content. */
export function readTree(source: Buffer): MimePart {
  return readPart({ source, start: 0, end: source.length, path: '', depth: 0, inDigest: false, budget: { parts: 0, decoded: 0 } });
}

interface Position {
  source: Buffer;
  start: number;
  end: number;
  path: string;
  depth: number;
  inDigest: boolean;
  budget: Budget;
}

function readPart(at: Position): MimePart {
  at.budget.parts++;
  const { source, end } = at;
  const block = at.depth === 0 ? readTopHeaders(source, at.start, end) : readHeaderBlock(source, at.start, end);
  const part = describe(at, block);
  if (part.mediaType.startsWith('multipart/')) readChildren(part, at);
  else if (part.mediaType === 'message/rfc822' || part.mediaType === 'message/global') readMessage(part, at);
  return part;
}

function describe(at: Position, block: ReturnType<typeof readHeaderBlock>): MimePart {
  const rawType = rawHeader(block.headers, 'content-type');
  const type: ParameterHeader | null = rawType === null ? null : parseParameterHeader(rawType);
  const rawDisposition = rawHeader(block.headers, 'content-disposition');
  const disposition = rawDisposition === null ? null : parseParameterHeader(rawDisposition);
  const declared = type && /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type.value) ? type.value : null;
  const encoding =
    withoutComments((rawHeader(block.headers, 'content-transfer-encoding') ?? '').slice(0, 1_000))
      .split(';')[0]
      ?.trim()
      .toLowerCase()
      .replace(/^["']|["']$/g, '') ?? '';
  const contentId = rawHeader(block.headers, 'content-id');
  const fallback = at.inDigest && declared === null && type === null ? 'message/rfc822' : defaultType(type?.value);
  return {
    path: at.path,
    mediaType: declared ?? fallback,
    declaredType: type?.value || null,
    parameters: type?.parameters ?? new Map(),
    disposition: disposition === null || disposition.value === '' ? null : disposition.value === 'inline' ? 'inline' : 'attachment',
    filename: filenameOf(disposition, type),
    contentId: contentId === null ? null : cleanId(decodeHeaderText(contentId.slice(0, 2_000))),
    encoding,
    headers: block.headers,
    source: at.source,
    bodyStart: block.bodyStart,
    bodyEnd: at.end,
    children: [],
    message: null,
    defects: block.defects,
    broken: false,
  };
}

/** "text" alone, as ancient systems write it, is text/plain; other nonsense is unknown content (RFC 2045, 5.2). */
function defaultType(value: string | undefined): string {
  if (value === undefined || value === '' || value.startsWith('text')) return value?.startsWith('text/html') ? 'text/html' : 'text/plain';
  return value.startsWith('multipart') ? 'multipart/mixed' : 'application/octet-stream';
}

function filenameOf(disposition: ParameterHeader | null, type: ParameterHeader | null): string | null {
  const name = disposition?.parameters.get('filename') || type?.parameters.get('name') || type?.parameters.get('filename') || null;
  return name === null ? null : name.trim() || null;
}

function cleanId(text: string): string | null {
  return text.trim().replace(/^</, '').replace(/>$/, '').trim() || null;
}

function readMessage(part: MimePart, at: Position): void {
  if (at.depth >= maximumDepth) {
    part.defects.push('nested too deeply: the rest is kept unread');
    return;
  }
  // RFC 2046 forbids encoding here, Outlook and some gateways do it all the same.
  const isEncoded = part.encoding === 'base64' || part.encoding === 'quoted-printable';
  if (isEncoded && (at.budget.decoded += part.bodyEnd - part.bodyStart) > maximumDecoded) {
    part.defects.push('nested too deeply: the rest is kept unread');
    return;
  }
  const source = isEncoded ? partBytes(part) : part.source;
  let start = isEncoded ? 0 : part.bodyStart;
  const end = isEncoded ? source.length : part.bodyEnd;
  // Blank lines before the inner headers are no headers' end.
  while (start < end && (source[start] === 10 || source[start] === 13)) start++;
  part.message = readPart({ source, start, end, path: '', depth: at.depth + 1, inDigest: false, budget: at.budget });
}

function readChildren(part: MimePart, at: Position): void {
  if (at.depth >= maximumDepth || at.budget.parts >= maximumParts) {
    part.defects.push('nested too deeply: the rest is kept unread');
    part.mediaType = 'application/octet-stream';
    return;
  }
  let boundary = part.parameters.get('boundary') ?? null;
  let ranges = boundary === null ? [] : splitAt(part, boundary);
  if (ranges.length === 0) {
    part.defects.push(boundary === null ? 'multipart without a boundary' : 'boundary not found');
    boundary = sniffBoundary(part);
    ranges = boundary === null ? [] : splitAt(part, boundary);
    // Without any delimiter the content is shown as the text it is.
    if (ranges.length === 0) {
      part.mediaType = looksLikeHtml(part) ? 'text/html' : 'text/plain';
      return;
    }
  }
  const inDigest = part.mediaType === 'multipart/digest';
  for (const [index, range] of ranges.entries()) {
    if (at.budget.parts >= maximumParts) {
      part.defects.push('more than 10 000 parts: the rest is kept unread');
      const last = readPart({
        ...at,
        start: range.start,
        end: part.bodyEnd,
        depth: maximumDepth,
        path: childPath(at.path, index),
        inDigest: false,
      });
      part.children.push({ ...last, mediaType: 'application/octet-stream', children: [], message: null });
      break;
    }
    part.children.push(
      readPart({ ...at, start: range.start, end: range.end, path: childPath(at.path, index), depth: at.depth + 1, inDigest }),
    );
  }
}

function childPath(path: string, index: number): string {
  return path === '' ? String(index + 1) : `${path}.${index + 1}`;
}

interface Range {
  start: number;
  end: number;
}

/** Cuts a multipart body at its delimiter lines (RFC 2046, 5.1.1). A missing last delimiter is made up for at the end. */
function splitAt(part: MimePart, boundary: string): Range[] {
  const { bodyStart, bodyEnd } = part;
  // Cut at the end of the part: looking on through the rest of the mail, ten thousand parts would each read all of it.
  const source = part.source.subarray(0, bodyEnd);
  const mark = Buffer.from(`--${boundary}`, /^[\x20-\x7e]*$/.test(boundary) ? 'latin1' : 'utf8');
  const ranges: Range[] = [];
  let open = -1;
  let closed = false;
  let pos = bodyStart;
  while (pos < bodyEnd) {
    const hit = source.indexOf(mark, pos);
    if (hit < 0 || hit + mark.length > bodyEnd) break;
    pos = hit + mark.length;
    if (hit !== bodyStart && source[hit - 1] !== 10) continue;
    const kind = delimiterKind(source, pos, bodyEnd);
    if (kind === null) continue;
    // After the closing line only a further opening line is looked at: footers of list servers, joined mails.
    if (closed && kind === 'close') continue;
    if (open >= 0) ranges.push({ start: open, end: Math.max(open, contentEnd(source, hit, open)) });
    if (kind === 'close') {
      open = -1;
      closed = true;
    } else {
      if (closed) part.defects.push('parts after the closing boundary');
      closed = false;
      const eol = source.indexOf(10, pos);
      open = eol < 0 || eol >= bodyEnd ? bodyEnd : eol + 1;
    }
    if (ranges.length > maximumParts) break;
  }
  if (open >= 0) {
    part.defects.push('the closing boundary is missing');
    ranges.push({ start: open, end: Math.max(open, gluedClose(source, mark, open, bodyEnd)) });
  }
  return ranges;
}

/** The line break before a delimiter belongs to the delimiter. */
function contentEnd(source: Buffer, hit: number, open: number): number {
  let end = hit;
  if (end > open && source[end - 1] === 10) end--;
  if (end > open && source[end - 1] === 13) end--;
  return end;
}

function delimiterKind(source: Buffer, pos: number, end: number): 'open' | 'close' | null {
  let i = pos;
  if (source[i] === 45 && source[i + 1] === 45) {
    i += 2;
    const after = i < end ? (source[i] as number) : 10;
    return /[\w=]/.test(String.fromCharCode(after)) ? null : 'close';
  }
  while (i < end && (source[i] === 32 || source[i] === 9 || source[i] === 13)) i++;
  return i >= end || source[i] === 10 ? 'open' : null;
}

/** Some writers forget the line break before the closing delimiter; then it hangs at the end of the last line. */
function gluedClose(source: Buffer, mark: Buffer, open: number, end: number): number {
  const tail = source.lastIndexOf(mark, end - 1);
  if (tail <= open || tail + mark.length > end) return end;
  return /^--\s*$/.test(source.toString('latin1', tail + mark.length, end)) ? tail : end;
}

/** Finds the delimiter a multipart really uses: a line of two dashes followed by a header line. */
function sniffBoundary(part: MimePart): string | null {
  const head = part.source.toString('latin1', part.bodyStart, Math.min(part.bodyEnd, part.bodyStart + 65_536));
  const m = /(?:^|\n)--([^\r\n]{1,200}?)[ \t]*\r?\n(?:content-[a-z-]+[ \t]*:|\r?\n)/i.exec(head);
  // "-- " above an empty line is a signature.
  return m?.[1]?.trim() ? m[1].trim() : null;
}

function looksLikeHtml(part: MimePart): boolean {
  return /^\s*<(?:!doctype html|html|head|body)\b/i.test(
    part.source.toString('latin1', part.bodyStart, Math.min(part.bodyEnd, part.bodyStart + 500)),
  );
}

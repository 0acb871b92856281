import { decodeCharset } from './charset.ts';
import { decompressRtf } from './rtf.ts';

/** What a winmail.dat holds (MS-OXTNEF). Sizes in bytes; text of the body in the form richest to poorest. */
export interface TnefContent {
  attachments: { filename: string | null; mediaType: string | null; contentId: string | null; content: Buffer }[];
  text: string | null;
  html: string | null;
  rtf: string | null;
  subject: string | null;
  defects: string[];
}

const signature = 0x223e9f78;

// Attribute ids of MS-OXTNEF 2.1.3.2, without the type half.
const attribute = {
  subject: 0x8004,
  body: 0x800c,
  attachData: 0x800f,
  attachTitle: 0x8010,
  attachRendData: 0x9002,
  mapiProps: 0x9003,
  attachment: 0x9005,
  oemCodepage: 0x9007,
};

// MAPI property ids (MS-OXPROPS).
const property = {
  subject: 0x0037,
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  attachData: 0x3701,
  attachFilename: 0x3704,
  attachLongFilename: 0x3707,
  displayName: 0x3001,
  mimeTag: 0x370e,
  contentId: 0x3712,
};

interface Draft {
  title: string | null;
  longName: string | null;
  displayName: string | null;
  mimeTag: string | null;
  contentId: string | null;
  data: Buffer | null;
  object: Buffer | null;
}

/** Reads a TNEF stream; null if it is none. A stream cut short gives what was whole before the cut, and a defect. */
export function readTnef(bytes: Buffer, depth = 0): TnefContent | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== signature) return null;
  const content: TnefContent = { attachments: [], text: null, html: null, rtf: null, subject: null, defects: [] };
  let codepage = 'windows-1252';
  let draft: Draft | null = null;
  const finish = () => {
    if (draft) addAttachment(content, draft, depth);
    draft = null;
  };
  let pos = 6;
  while (pos + 9 <= bytes.length) {
    const id = bytes.readUInt16LE(pos + 1);
    const length = bytes.readUInt32LE(pos + 5);
    const start = pos + 9;
    if (start + length > bytes.length) {
      content.defects.push('winmail.dat ends in the middle of a field');
      break;
    }
    const data = bytes.subarray(start, start + length);
    pos = start + length + 2;
    if (id === attribute.oemCodepage && length >= 4) codepage = `windows-${data.readUInt32LE(0)}`;
    else if (id === attribute.subject) content.subject ??= narrow(data, codepage);
    else if (id === attribute.body) content.text ??= narrow(data, codepage);
    else if (id === attribute.attachRendData) {
      finish();
      draft = { title: null, longName: null, displayName: null, mimeTag: null, contentId: null, data: null, object: null };
    } else if (id === attribute.attachTitle || id === attribute.attachData || id === attribute.attachment) {
      // Streams that lose the rendering record still hold the file.
      draft ??= { title: null, longName: null, displayName: null, mimeTag: null, contentId: null, data: null, object: null };
      if (id === attribute.attachTitle) draft.title = narrow(data, codepage);
      else if (id === attribute.attachData) draft.data = data;
      else readAttachmentProperties(draft, data, codepage, content.defects);
    } else if (id === attribute.mapiProps) readMessageProperties(content, data, codepage);
  }
  finish();
  return content;
}

function addAttachment(content: TnefContent, draft: Draft, depth: number): void {
  const filename = draft.longName ?? draft.displayName ?? draft.title;
  const data = draft.data ?? draft.object;
  if (data === null) {
    if (filename !== null) content.defects.push(`winmail.dat names ${filename} without content`);
    return;
  }
  // A message inside the message comes as a TNEF stream of its own (16 bytes of interface id before it).
  const inner = depth < 10 && draft.object ? (readTnef(draft.object.subarray(16), depth + 1) ?? readTnef(draft.object, depth + 1)) : null;
  if (inner) {
    content.attachments.push(...inner.attachments);
    const text = inner.text ?? inner.html ?? inner.rtf;
    if (text !== null)
      content.attachments.push({
        filename: `${filename ?? inner.subject ?? 'message'}.txt`,
        mediaType: 'text/plain',
        contentId: null,
        content: Buffer.from(text),
      });
    return;
  }
  content.attachments.push({ filename, mediaType: draft.mimeTag, contentId: draft.contentId, content: data });
}

function readMessageProperties(content: TnefContent, data: Buffer, codepage: string): void {
  for (const { id, value } of mapiProperties(data, codepage, content.defects)) {
    if (id === property.subject && typeof value === 'string') content.subject ??= value;
    else if (id === property.body && typeof value === 'string') content.text ??= value;
    else if (id === property.html && value !== null)
      content.html ??= typeof value === 'string' ? value : decodeCharset(value, htmlCharset(value) ?? codepage).text;
    else if (id === property.rtf && value !== null && typeof value !== 'string')
      content.rtf ??= decompressRtf(value)?.toString('latin1') ?? null;
  }
}

function htmlCharset(html: Buffer): string | null {
  return /charset=["']?([\w-]+)/i.exec(html.toString('latin1', 0, 2048))?.[1] ?? null;
}

function readAttachmentProperties(draft: Draft, data: Buffer, codepage: string, defects: string[]): void {
  for (const { id, value } of mapiProperties(data, codepage, defects)) {
    if (typeof value === 'string') {
      if (id === property.attachLongFilename) draft.longName = value || null;
      else if (id === property.attachFilename) draft.title ??= value || null;
      else if (id === property.displayName) draft.displayName = value || null;
      else if (id === property.mimeTag) draft.mimeTag = value.toLowerCase() || null;
      else if (id === property.contentId) draft.contentId = value.replace(/^<|>$/g, '') || null;
    } else if (id === property.attachData && value) draft.object = value;
  }
}

interface MapiProperty {
  id: number;
  value: string | Buffer | null;
}

/** Reads a MAPI property list (MS-OXTNEF 2.1.3.4); numbers and dates are passed over, only text and bytes matter here. */
function mapiProperties(data: Buffer, codepage: string, defects: string[]): MapiProperty[] {
  const out: MapiProperty[] = [];
  let pos = 0;
  const u32 = () => {
    const value = data.readUInt32LE(pos);
    pos += 4;
    return value;
  };
  try {
    const count = u32();
    for (let i = 0; i < count && i < 10_000; i++) {
      const tag = u32();
      const rawType = tag & 0xffff;
      const id = tag >>> 16;
      const isMany = (rawType & 0x1000) !== 0;
      const type = rawType & 0x0fff;
      if (id >= 0x8000) {
        pos += 16;
        if (u32() === 0) pos += 4;
        else pos += padded(u32());
      }
      const isVariable = type === 0x1e || type === 0x1f || type === 0x102 || type === 0x0d;
      const values = isMany || isVariable ? u32() : 1;
      let value: string | Buffer | null = null;
      for (let k = 0; k < values; k++) {
        if (!isVariable) {
          pos += fixedSize(type);
          continue;
        }
        const length = u32();
        const bytes = data.subarray(pos, pos + length);
        if (pos + length > data.length) throw new RangeError('property too long');
        pos += padded(length);
        value ??= type === 0x1e ? narrow(bytes, codepage) : type === 0x1f ? wide(bytes) : bytes;
      }
      out.push({ id, value });
    }
  } catch {
    // RangeError of Buffer: the list ends early.
    defects.push('winmail.dat has a damaged property list');
  }
  return out;
}

function fixedSize(type: number): number {
  // Two-byte values are padded to four; doubles, currency, dates and 64-bit numbers take eight; a class id sixteen.
  if (type === 0x48) return 16;
  return type === 5 || type === 6 || type === 7 || type === 0x14 || type === 0x40 ? 8 : 4;
}

function padded(length: number): number {
  return (length + 3) & ~3;
}

function narrow(bytes: Buffer, codepage: string): string {
  const zero = bytes.indexOf(0);
  return decodeCharset(zero < 0 ? bytes : bytes.subarray(0, zero), codepage).text;
}

function wide(bytes: Buffer): string {
  return bytes.toString('utf16le').replace(/\0.*$/s, '');
}

import { decodeCharset } from './charset.ts';
import type { MailHeader } from './header-block.ts';
import { decodeTransfer } from './transfer.ts';

/** A node of the MIME tree. Offsets are bytes in `source`, which for a message inside base64 is the decoded message. */
export interface MimePart {
  /** "1", "1.2" …, as in IMAP BODYSTRUCTURE; "" for the root. */
  path: string;
  /** Lower case, without parameters; text/plain where the mail says nothing (RFC 2045, 5.2). */
  mediaType: string;
  /** What Content-Type said, before defaults and rescue. */
  declaredType: string | null;
  parameters: Map<string, string>;
  disposition: 'inline' | 'attachment' | null;
  filename: string | null;
  contentId: string | null;
  encoding: string;
  headers: MailHeader[];
  source: Buffer;
  bodyStart: number;
  bodyEnd: number;
  children: MimePart[];
  /** Root of the message inside a message/rfc822 part. */
  message: MimePart | null;
  defects: string[];
  /** The declared transfer encoding is not there: the content is kept as it came. */
  broken: boolean;
}

/** Content bytes after the transfer encoding is undone. Nothing is copied for 7bit, 8bit and binary. */
export function partBytes(part: MimePart): Buffer {
  const decoded = decodeTransfer(part.source.subarray(part.bodyStart, part.bodyEnd), part.encoding);
  if (decoded.defect && !part.defects.includes(decoded.defect)) part.defects.push(decoded.defect);
  part.broken = decoded.broken;
  return decoded.bytes;
}

/** Content as text with \n line ends. Unlabelled text falls back on the charset of the HTML meta element, then on the bytes. */
export function partText(part: MimePart): string {
  const bytes = partBytes(part);
  let label = part.parameters.get('charset') ?? null;
  if (label === null && part.mediaType === 'text/html') label = metaCharset(bytes);
  const { text, defect } = decodeCharset(bytes, label);
  if (defect && !part.defects.includes(defect)) part.defects.push(defect);
  return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
}

function metaCharset(bytes: Buffer): string | null {
  return /<meta[^<>]+charset\s*=\s*["']?([\w.:-]+)/i.exec(bytes.toString('latin1', 0, 2048))?.[1] ?? null;
}

/** All parts in the order of the mail, root first, without the insides of attached messages. */
export function listParts(root: MimePart): MimePart[] {
  const out: MimePart[] = [];
  const stack = [root];
  for (let part = stack.pop(); part; part = stack.pop()) {
    out.push(part);
    for (let i = part.children.length - 1; i >= 0; i--) stack.push(part.children[i] as MimePart);
  }
  return out;
}

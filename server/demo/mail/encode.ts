/** The forms in which bytes and umlauts travel in a mail. */
export type Charset = 'utf-8' | 'iso-8859-1' | 'windows-1252';

export function bytesIn(charset: Charset, text: string): Buffer {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8');
  // What the old sets lack becomes a plain sign; windows-1252 has quotation marks, dash and euro in its own places.
  const special: Record<string, number> = {
    '€': 0x80,
    '‚': 0x82,
    '„': 0x84,
    '…': 0x85,
    '‘': 0x91,
    '’': 0x92,
    '“': 0x93,
    '”': 0x94,
    '–': 0x96,
    '—': 0x97,
  };
  const plain: Record<string, string> = {
    '€': 'EUR',
    '‚': "'",
    '„': '"',
    '…': '...',
    '‘': "'",
    '’': "'",
    '“': '"',
    '”': '"',
    '–': '-',
    '—': '-',
  };
  const parts = Array.from(text, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return Buffer.from([code]);
    const place = special[sign];
    if (place !== undefined && charset === 'windows-1252') return Buffer.from([place]);
    return Buffer.from(plain[sign] ?? '?', 'latin1');
  });
  return Buffer.concat(parts);
}

export function quotedPrintable(bytes: Buffer): string {
  const lines: string[] = [];
  let line = '';
  const add = (piece: string) => {
    if (line.length + piece.length > 75) {
      lines.push(`${line}=`);
      line = '';
    }
    line += piece;
  };
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] ?? 0;
    if (byte === 10) {
      lines.push(line.replace(/[ \t]$/, (sign) => `=${hex(sign.charCodeAt(0))}`));
      line = '';
    } else if (byte !== 13)
      add((byte >= 33 && byte <= 126 && byte !== 61) || byte === 32 || byte === 9 ? String.fromCharCode(byte) : `=${hex(byte)}`);
  }
  lines.push(line);
  return lines.join('\r\n');
}

export const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/.{76}/g, '$&\r\n');

/** A header's text: as it is when it is ASCII, else in encoded words of at most 75 signs. */
export function headerText(text: string, charset: Charset = 'utf-8'): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const words: string[] = [];
  let part = '';
  for (const sign of text) {
    if (Buffer.byteLength(part + sign) > 42) {
      words.push(part);
      part = '';
    }
    part += sign;
  }
  words.push(part);
  return words.map((word) => `=?${charset}?B?${bytesIn(charset, word).toString('base64')}?=`).join('\r\n ');
}

export const mailbox = (name: string, address: string): string =>
  name === '' ? address : `${/^[\w .-]+$/.test(name) ? (/[.]/.test(name) ? `"${name}"` : name) : headerText(name)} <${address}>`;

export const htmlOf = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const hex = (code: number) => code.toString(16).toUpperCase().padStart(2, '0');

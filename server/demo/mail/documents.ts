import type { MailFile } from './plan.ts';

/** A one-page PDF with lines of text; umlauts in WinAnsi, the encoding every reader has. */
export function pdf(filename: string, lines: readonly string[]): MailFile {
  const escape = (text: string) =>
    Array.from(text, (sign) => {
      if (sign === '€') return '\\200';
      if ('\\()'.includes(sign)) return `\\${sign}`;
      const code = sign.codePointAt(0) ?? 63;
      return code < 128 ? sign : code <= 255 ? `\\${code.toString(8).padStart(3, '0')}` : '-';
    }).join('');
  const shown = lines
    .map((line, n) => `${n === 0 ? '/F1 16 Tf' : n === 1 ? '/F1 10 Tf' : ''} (${escape(line)}) Tj 0 -${n === 0 ? 28 : 16} Td`)
    .join('\n');
  const stream = `BT 60 770 Td\n${shown}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let text = '%PDF-1.4\n';
  const places: number[] = [];
  for (const [n, object] of objects.entries()) {
    places.push(text.length);
    text += `${n + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return { filename, mediaType: 'application/pdf', content: Buffer.from(text, 'latin1') };
}

/** What old Outlook sends instead of an attachment: TNEF with one file inside (MS-OXTNEF). */
export function winmail(inside: { filename: string; content: Buffer }): MailFile {
  const attribute = (level: number, id: number, data: Buffer) => {
    const head = Buffer.alloc(9);
    head.writeUInt8(level, 0);
    head.writeUInt32LE(id, 1);
    head.writeUInt32LE(data.length, 5);
    const check = Buffer.alloc(2);
    check.writeUInt16LE(data.reduce((sum, byte) => (sum + byte) & 0xffff, 0));
    return Buffer.concat([head, data, check]);
  };
  const signature = Buffer.alloc(6);
  signature.writeUInt32LE(0x223e9f78, 0);
  signature.writeUInt16LE(1, 4);
  const version = Buffer.alloc(4);
  version.writeUInt32LE(0x00010000);
  const rendering = Buffer.alloc(14);
  rendering.writeUInt16LE(1, 0);
  rendering.writeInt32LE(-1, 2);
  return {
    filename: 'winmail.dat',
    mediaType: 'application/ms-tnef',
    content: Buffer.concat([
      signature,
      attribute(1, 0x00089006, version),
      attribute(2, 0x00069002, rendering),
      attribute(2, 0x00018010, Buffer.from(`${inside.filename}\0`, 'latin1')),
      attribute(2, 0x0006800f, inside.content),
    ]),
  };
}

import { describe, expect, it } from 'vitest';
import { parseMailSync } from '../parse.ts';
import { readTnef } from './tnef.ts';

const u16 = (value: number) => Buffer.from([value & 0xff, (value >> 8) & 0xff]);
const u32 = (value: number) => Buffer.from([value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24]);

/** A TNEF stream as MS-OXTNEF 2.1.3 has it, of attributes by their id: level, id and type, length, data, sum of its bytes. */
function stream(attributes: readonly [id: number, data: Buffer][]): Buffer {
  const written = attributes.map(([id, data]) => {
    const level = id >= 0x8010 || id === 0x800f ? 2 : 1;
    return Buffer.concat([
      Buffer.from([level]),
      u16(id),
      u16(6),
      u32(data.length),
      data,
      u16(data.reduce((sum, byte) => (sum + byte) & 0xffff, 0)),
    ]);
  });
  return Buffer.concat([u32(0x223e9f78), u16(1), ...written]);
}
const text = (value: string) => Buffer.from(`${value}\0`, 'latin1');
const file = (name: string, content: string): [number, Buffer][] => [
  [0x9002, Buffer.alloc(14)],
  [0x8010, text(name)],
  [0x800f, Buffer.from(content)],
];
/** One property, PR_ATTACH_DATA_OBJ: the interface's id, then the stream of the message inside. */
const message = (name: string, inside: Buffer): [number, Buffer][] => {
  const object = Buffer.concat([Buffer.alloc(16, 7), inside]);
  const padding = Buffer.alloc((4 - (object.length % 4)) % 4);
  return [
    [0x9002, Buffer.alloc(14)],
    [0x8010, text(name)],
    [0x9005, Buffer.concat([u32(1), u32(0x3701000d), u32(1), u32(object.length), object, padding])],
  ];
};
const innermost = stream([[0x800c, text('Ganz innen')], ...file('rechnung.pdf', '%PDF innen')]);
const nested = stream([
  ...file('foto.jpg', 'JPEG aussen'),
  ...message('weitergeleitet', stream([[0x800c, text('In der Mitte')], ...message('noch eine', innermost)])),
]);
const files = (all: readonly { filename: string | null; content: Uint8Array }[] | undefined) =>
  all?.map(({ filename, content }) => [filename, Buffer.from(content).toString()]);
const expected = [
  ['foto.jpg', 'JPEG aussen'],
  ['rechnung.pdf', '%PDF innen'],
  ['noch eine.txt', 'Ganz innen'],
  ['weitergeleitet.txt', 'In der Mitte'],
];

describe('winmail.dat', () => {
  it('with messages within messages loses neither a file nor a text', () => {
    const read = readTnef(nested);
    expect(read?.defects).toEqual([]);
    expect(files(read?.attachments)).toEqual(expected);
  });

  it('comes to an end however deep somebody made it', () => {
    let deep = innermost;
    for (let n = 0; n < 50; n += 1) deep = stream(message(`Stufe ${n}`, deep));
    expect(readTnef(deep)?.attachments).toHaveLength(1);
  });

  it('within a mail that was sent on stays in that file, whole', () => {
    const boundary = (name: string, parts: readonly string[]) =>
      `Content-Type: multipart/mixed; boundary=${name}\r\n\r\n${parts.map((part) => `--${name}\r\n${part}\r\n`).join('')}--${name}--\r\n`;
    const winmail = `Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n${nested.toString('base64')}`;
    const inner = `From: outlook@post.example\r\nSubject: innen\r\nMIME-Version: 1.0\r\n${boundary('i', ['Content-Type: text/plain\r\n\r\nSiehe Anlage', winmail])}`;
    const outer = `From: kunde@post.example\r\nSubject: WG: innen\r\nMIME-Version: 1.0\r\n${boundary('o', ['Content-Type: text/plain\r\n\r\nWie besprochen', `Content-Type: message/rfc822\r\n\r\n${inner}`])}`;
    const [sentOn, ...more] = parseMailSync(Buffer.from(outer)).attachments;
    expect([sentOn?.filename, more]).toEqual(['innen.eml', []]);
    const [winmailItself, ...inside] = parseMailSync(Buffer.from(sentOn?.content ?? [])).attachments;
    expect(winmailItself && Buffer.from(winmailItself.content).equals(nested)).toBe(true);
    expect(files(inside)).toEqual(expected);
  });
});

describe('S/MIME', () => {
  it('keeps the signature of a signed mail and the whole of a sealed one as files, byte for byte', () => {
    const bytes = Buffer.from(Array.from({ length: 300 }, (_, n) => (n * 7) & 0xff));
    const encoded = bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
    const signed = parseMailSync(
      Buffer.from(
        `From: a@post.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=s\r\n\r\n--s\r\nContent-Type: text/plain\r\n\r\nGuten Tag\r\n--s\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=smime.p7s\r\n\r\n${encoded}\r\n--s--\r\n`,
      ),
    );
    expect(signed.text?.trim()).toBe('Guten Tag');
    const sealed = parseMailSync(
      Buffer.from(
        `From: a@post.example\r\nMIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=smime.p7m\r\n\r\n${encoded}\r\n`,
      ),
    );
    for (const [read, name] of [
      [signed, 'smime.p7s'],
      [sealed, 'smime.p7m'],
    ] as const) {
      expect(read.attachments.map(({ filename }) => filename)).toEqual([name]);
      expect(Buffer.from(read.attachments[0]?.content ?? []).equals(bytes)).toBe(true);
    }
  });
});

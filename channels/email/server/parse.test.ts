import { describe, expect, test } from 'vitest';
import { parseAddresses } from './mime/address.ts';
import { parseMailDate } from './mime/date.ts';
import { decodeHeaderText } from './mime/encoded-word.ts';
import { parseParameterHeader } from './mime/parameters.ts';
import { parseMailSync } from './parse.ts';

const mail = (text: string, encoding: BufferEncoding = 'utf8') => parseMailSync(Buffer.from(text, encoding));

describe('parseMail', () => {
  test.each([
    ['nothing', ''],
    ['only line breaks', '\r\n\r\n\r\n'],
    ['only a header', 'Subject: x'],
    ['zero bytes', '\0\0\0'],
  ])('takes %s without complaint', (_name, raw) => {
    expect(mail(raw).attachments).toEqual([]);
  });

  test.each([
    ['=?utf-8?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
    ['=?iso-8859-1?q?Gr=FC=DFe_aus?= =?iso-8859-1?q?_K=F6ln?=', 'Grüße aus Köln'],
    ['=?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=', 'Grüße'],
    ['=?windows-1252?Q?10_=80?=', '10 €'],
    ['=?utf-8?Q?Hello World=C3=A4?=', 'Hello Worldä'],
    ['"=?utf-8?Q?M=C3=BCller?="', '"Müller"'],
    ['=?utf-8?Q?abgeschnitten=C3=A4', 'abgeschnittenä'],
    ['=?unknown?Q?Gr=FC=DFe?=', 'Grüße'],
  ])('decodes the header %s', (raw, expected) => {
    expect(decodeHeaderText(raw)).toBe(expected);
  });

  test('reads 8-bit headers without any encoding', () => {
    expect(mail('Subject: Grüße\n\nx').subject).toBe('Grüße');
    expect(mail('Subject: Grüße\n\nx', 'latin1').subject).toBe('Grüße');
  });

  test.each([
    ["attachment; filename*=UTF-8''Rechnung%20M%C3%A4rz.pdf", 'Rechnung März.pdf'],
    ["attachment; filename*0*=utf-8''Rech; filename*1*=nung%20M%C3%A4; filename*2=rz.pdf", 'Rechnung März.pdf'],
    ['attachment; filename="=?utf-8?Q?Rechnung_M=C3=A4rz=2Epdf?="', 'Rechnung März.pdf'],
    ['attachment; filename=Rechnung Mai 2026.pdf; size=12', 'Rechnung Mai 2026.pdf'],
    ['attachment; filename="a\\"b.pdf"', 'a"b.pdf'],
    ['attachment; filename="C:\\temp\\x.pdf"', 'C:\\temp\\x.pdf'],
  ])('reads the file name in %s', (raw, expected) => {
    expect(parseParameterHeader(raw).parameters.get('filename')).toBe(expected);
  });

  test.each([
    ['"Müller, Max" <max@Example.ORG>', [{ name: 'Müller, Max', address: 'max@example.org' }]],
    [
      'a@b.de; c@d.de',
      [
        { name: null, address: 'a@b.de' },
        { name: null, address: 'c@d.de' },
      ],
    ],
    [
      'Team: a@b.de, C <c@d.de>;, e@f.de',
      [
        { name: null, address: 'a@b.de', group: 'Team' },
        { name: 'C', address: 'c@d.de', group: 'Team' },
        { name: null, address: 'e@f.de' },
      ],
    ],
    ['undisclosed-recipients:;', []],
    ['max@example.org (Max Muster)', [{ name: 'Max Muster', address: 'max@example.org' }]],
    ['=?utf-8?Q?=3Cboss=40firma=2Ede=3E?= <x@evil.example>', [{ name: '<boss@firma.de>', address: 'x@evil.example' }]],
    ["'Max' <mailto:max@example.org>", [{ name: 'Max', address: 'max@example.org' }]],
  ])('reads the addresses %s', (raw, expected) => {
    expect(parseAddresses(Buffer.from(raw).toString('latin1'))).toEqual(expected);
  });

  test.each([
    ['Mon, 3 Feb 2026 15:35:00 +0100', '2026-02-03T14:35:00.000Z'],
    ['3 Feb 26 15:35 MEZ', '2026-02-03T14:35:00.000Z'],
    ['Di, 3 Mrz 2026 15:35:00 +0100 (CET)', '2026-03-03T14:35:00.000Z'],
    ['Tue Feb  3 15:35:00 2026', '2026-02-03T15:35:00.000Z'],
    ['2026-02-03T15:35:00Z', '2026-02-03T15:35:00.000Z'],
  ])('reads the date %s', (raw, expected) => {
    expect(parseMailDate(raw)?.toISOString()).toBe(expected);
  });

  test('mends a wrong charset label', () => {
    expect(mail('Content-Type: text/plain; charset=iso-8859-1\n\nGrüße – 5 €').text).toBe('Grüße – 5 €');
    expect(mail('Content-Type: text/plain; charset=utf-8\n\nGrüße', 'latin1').text).toBe('Grüße');
    expect(mail('Content-Type: text/plain; charset=us-ascii\n\nGrüße', 'latin1').text).toBe('Grüße');
    expect(
      parseMailSync(Buffer.concat([Buffer.from('Content-Type: text/plain; charset=iso-8859-1\n\n5 '), Buffer.from([0x80])])).text,
    ).toBe('5 €');
  });

  test('joins flowed lines and keeps the signature mark', () => {
    expect(mail('Content-Type: text/plain; format=flowed\n\nEin langer \nSatz.\n> Zitat \n> weiter\n-- \nMax').text).toBe(
      'Ein langer Satz.\n> Zitat weiter\n-- \nMax',
    );
  });

  test('takes uuencoded files out of the text', () => {
    const parsed = mail('Subject: x\n\nHallo\n\nbegin 644 test.txt\n#0V%T\n`\nend\nTschüss');
    expect(parsed.attachments[0]).toMatchObject({ filename: 'test.txt', origin: 'uuencode', size: 3 });
    expect(Buffer.from(parsed.attachments[0]?.content ?? []).toString()).toBe('Cat');
    expect(parsed.text).toBe('Hallo\n\nTschüss');
  });

  test('keeps a multipart without usable boundary readable', () => {
    expect(mail('Content-Type: multipart/mixed; boundary=nie\n\nHallo Welt').text).toBe('Hallo Welt');
    const sniffed = mail(
      'Content-Type: multipart/mixed\n\n--abc\nContent-Type: text/plain\n\nHallo\n--abc\nContent-Type: image/png\n\nx\n--abc--',
    );
    expect(sniffed.text).toBe('Hallo');
    expect(sniffed.attachments).toHaveLength(1);
  });

  test('survives a thousand levels and keeps the rest', () => {
    let raw = 'Tief unten';
    for (let i = 0; i < 1000; i++) raw = `Content-Type: multipart/mixed; boundary=b${i}x\n\n--b${i}x\n${raw}\n--b${i}x--\n`;
    const parsed = mail(raw);
    expect(parsed.attachments).toHaveLength(1);
    expect(Buffer.from(parsed.attachments[0]?.content ?? []).toString()).toContain('Tief unten');
  });

  test('survives ten thousand recipients and a bomb of tags in a second', () => {
    const to = Array.from({ length: 10_000 }, (_, i) => `"Name ${i}" <a${i}@example.org>`).join(', ');
    const started = performance.now();
    expect(mail(`To: ${to}\n\nx`).to).toHaveLength(10_000);
    expect(mail(`Content-Type: text/html\n\n${'<div>'.repeat(200_000)}`).text).toBe('');
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('lets no line break into what goes into headers', () => {
    const parsed = mail(
      'Subject: =?utf-8?Q?a=0D=0ABcc:_x=40y.de?=\nContent-Disposition: attachment; filename="=?utf-8?Q?..=2F..=2Fa=0Ab.pdf?="\n\nx',
    );
    expect(parsed.subject).not.toMatch(/[\r\n]/);
    expect(parsed.attachments[0]?.filename).toBe('ab.pdf');
  });

  test('shows plain parts beside HTML parts in both views', () => {
    const parsed = mail(
      'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>Eins</p>\n--b\nContent-Type: text/plain\n\nZwei\n--b--',
    );
    expect(parsed.html).toMatch(/Eins[\s\S]*Zwei/);
    expect(parsed.text).toBe('Eins\nZwei');
  });

  test('keeps invitations, with their method, as files too', () => {
    const parsed = mail(
      'Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nTermin\n--b\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n--b--',
    );
    expect(parsed.calendar).toMatchObject([{ method: 'REQUEST' }]);
    expect(parsed.attachments).toHaveLength(1);
  });

  test('parses a typical mail within 0.4 ms', () => {
    const raw = Buffer.from(typical);
    for (let i = 0; i < 300; i++) parseMailSync(raw);
    const before = process.cpuUsage();
    for (let i = 0; i < 1000; i++) parseMailSync(raw);
    const used = process.cpuUsage(before);
    const each = (used.user + used.system) / 1000 / 1000;
    process.stdout.write(`score parse: ${each.toFixed(3)} ms CPU for a mail of ${raw.length} bytes\n`);
    // Three times the aim, because the machines that run this are shared.
    expect(each).toBeLessThan(1.2);
  });

  test('parses a 40 MB attachment without copying it many times', () => {
    const block = `${'QUJD'.repeat(19)}\r\n`.repeat(1000);
    const raw = Buffer.from(
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHallo\r\n--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${block.repeat(530)}\r\n--b--\r\n`,
    );
    const started = performance.now();
    const parsed = parseMailSync(raw);
    process.stdout.write(`score parse: ${(performance.now() - started).toFixed(0)} ms for ${(raw.length / 1e6).toFixed(0)} MB\n`);
    expect(parsed.attachments[0]?.size).toBe(530_000 * 57);
  });
});

const typical = `Return-Path: <max.muster@example.org>\r\nReceived: from mail.example.org (mail.example.org [192.0.2.1])\r\n\tby mx.example.com (Postfix) with ESMTPS id 4F3D2\r\n\tfor <service@example.com>; Tue,  3 Feb 2026 15:35:10 +0100 (CET)\r\nDKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=mail;\r\n\tt=1770129310; bh=${'A'.repeat(43)}=;\r\n\th=From:To:Subject:Date; b=${'B'.repeat(300)}\r\nFrom: =?utf-8?Q?Max_M=C3=BCster?= <max.muster@example.org>\r\nTo: Service <service@example.com>\r\nSubject: =?utf-8?Q?AW:_Ihre_Bestellung_Nr=2E_4711_=E2=80=93_R=C3=BCckfrage?=\r\nDate: Tue, 3 Feb 2026 15:35:00 +0100\r\nMessage-ID: <abc.123@example.org>\r\nIn-Reply-To: <def.456@example.com>\r\nReferences: <aaa.1@example.com>\r\n <def.456@example.com>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="=_grenze"\r\n\r\n--=_grenze\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${'Guten Tag, meine Bestellung ist noch nicht angekommen. K=C3=B6nnen Sie bitte =\r\nnachsehen?\r\n'.repeat(6)}\r\n--=_grenze\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body>${'<p>Guten Tag, meine Bestellung ist noch nicht angekommen. K=C3=B6nnen Sie =\r\nbitte nachsehen?</p>\r\n'.repeat(6)}</body></html>\r\n--=_grenze--\r\n`;

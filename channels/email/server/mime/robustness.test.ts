import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBounce } from '../bounce/bounce.ts';
import { classifyAutomatic } from '../inbound/automatic.ts';
import { parseMailSync } from '../parse.ts';
import { splitReply } from '../trim/trim.ts';
import { splitReplyHtml } from '../trim/trim-html.ts';
import { readRtf } from './rtf.ts';
import { readTnef } from './tnef.ts';
import { decodeQuotedPrintable } from './transfer.ts';

const piece = fc.constantFrom(
  'From: a@b.de\r\n',
  'Subject: =?utf-8?B?',
  'Content-Type: multipart/mixed; boundary=b\r\n',
  'Content-Type: message/rfc822\r\n',
  'Content-Type: text/html; charset="',
  'Content-Transfer-Encoding: base64\r\n',
  'Content-Transfer-Encoding: quoted-printable\r\n',
  "Content-Disposition: attachment; filename*0*=utf-8''%",
  '\r\n',
  '\r\n\r\n',
  '\n',
  '--b\r\n',
  '--b--\r\n',
  '=C3=',
  '=\r\n',
  'begin 644 x\n',
  'end\n',
  '\0',
  ' ',
  '\t',
  '"',
  '<',
  '>',
  ';',
  ':',
  'ä',
  'Content-Type: application/ms-tnef\r\n',
  'Final-Recipient: rfc822; a@b\r\n',
  'Content-Type: message/delivery-status\r\n',
  '-----BEGIN PGP MESSAGE-----\n',
);

describe('whatever comes in', () => {
  test('the library never throws on pieces of mail', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 60 }), (pieces) => {
        const mail = parseMailSync(Buffer.from(pieces.join('')));
        classifyAutomatic(mail);
        readBounce(mail);
        splitReply(mail.text);
        return true;
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['parts', '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'],
    ['multiparts without their boundary', '--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\nx\r\n'],
  ])('ten thousand %s before a long body are read in time that grows with the mail', (_what, part) => {
    const mail = Buffer.from(
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n${part.repeat(9_900)}--b\r\n\r\n${'x'.repeat(20_000_000)}\r\n--b--\r\n`,
    );
    const begun = performance.now();
    parseMailSync(mail);
    // Took a minute when every part looked through the whole mail.
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  test('nor on bytes of any kind', () => {
    const signature = Buffer.from('789f3e22', 'hex');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        parseMailSync(bytes);
        readTnef(Buffer.concat([signature, bytes]));
        readRtf(Buffer.from(bytes).toString('latin1'));
        decodeQuotedPrintable(Buffer.from(bytes));
        return true;
      }),
      { numRuns: 1000 },
    );
  });

  test('a mail cut anywhere keeps the text before the cut', () => {
    const raw = Buffer.from(
      'Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nAnfang\r\n--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJDREVGR0g=\r\n--b--\r\n',
    );
    const start = raw.indexOf('Anfang') + 6;
    for (let cut = start; cut <= raw.length; cut++) expect(parseMailSync(raw.subarray(0, cut)).text).toContain('Anfang');
  });
});

describe('hostile mail', () => {
  const big = 200_000;
  test.each<[string, string]>([
    ['open brackets', `To: ${'<'.repeat(big)}\n\nx`],
    ['open quotes', `To: ${'"\\"'.repeat(big)}\n\nx`],
    ['open parentheses', `To: ${'('.repeat(big)}\n\nx`],
    ['blanks in a parameter', `Content-Type: text/plain; name=a${' '.repeat(big)}b\n\nx`],
    ['parameters without end', `Content-Type: text/plain; ${'a='.repeat(big)}\n\nx`],
    ['encoded words', `Subject: ${'=?utf-8?q?'.repeat(big / 10)}\n\nx`],
    ['blank lines in a bounce', `From: MAILER-DAEMON@x\nSubject: Undelivered\n\n${'\n'.repeat(big)}`],
    ['dashes in a bounce', `From: MAILER-DAEMON@x\nSubject: Undelivered\n\n${'-'.repeat(big)}`],
    ['signs in a bounce', `From: MAILER-DAEMON@x\nSubject: Undelivered\n\n${'a@'.repeat(big)}`],
    ['messages in a bounce', `From: MAILER-DAEMON@x\nSubject: Undelivered\n\n${'message exceeds user '.repeat(big / 20)}`],
    ['links', `Content-Type: text/html\n\n${'<a href="https://x.de/y">z</a>'.repeat(big / 20)}`],
    ['open tags', `Content-Type: text/html\n\n${'<div class="'.repeat(big / 10)}`],
    ['open styles', `Content-Type: text/html\n\nHallo${'<style>a<div '.repeat(big / 10)}`],
    ['colons', `Subject: x\n\n${'Von: a\n'.repeat(big / 8)}`],
    ['long words before a colon', `Subject: x\n\n${`${'am '.repeat(160)}:\n`.repeat(400)}`],
  ])('%s cost no more than two seconds', (_name, raw) => {
    const started = performance.now();
    const mail = parseMailSync(Buffer.from(raw));
    classifyAutomatic(mail);
    readBounce(mail);
    splitReply(mail.text);
    if (mail.html) splitReplyHtml(mail.html);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('well-formed mail', () => {
  const part = fc.record({ content: fc.uint8Array({ maxLength: 300 }), encoding: fc.constantFrom('base64', 'quoted-printable') });

  test('gives back every byte of every part, at any depth', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fc.nat(5), (parts, depth) => {
        let body = parts
          .map(
            ({ content, encoding }, i) =>
              `--b0\r\nContent-Type: application/octet-stream; name="${i}.bin"\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${encode(content, encoding)}\r\n`,
          )
          .join('');
        let raw = `Content-Type: multipart/mixed; boundary=b0\r\n\r\n${body}--b0--\r\n`;
        for (let d = 1; d <= depth; d++) {
          body = `--b${d}\r\n${raw}\r\n--b${d}--\r\n`;
          raw = `Content-Type: multipart/mixed; boundary=b${d}\r\n\r\n${body}`;
        }
        const mail = parseMailSync(Buffer.from(raw, 'latin1'));
        expect(mail.attachments.map((a) => Buffer.from(a.content).toString('hex'))).toEqual(
          parts.map((p) => Buffer.from(p.content).toString('hex')),
        );
      }),
    );
  });
});

function encode(content: Uint8Array, encoding: string): string {
  const bytes = Buffer.from(content);
  if (encoding === 'base64') return bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
  return [...bytes]
    .map((b) => `=${b.toString(16).padStart(2, '0').toUpperCase()}`)
    .join('')
    .replace(/.{72}/g, '$&=\r\n');
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMailSync } from '../../../parse.ts';
import { readBounce } from '../../bounce.ts';
import { mayBeReport } from '../../candidate.ts';
import { toLetter } from '../../letter.ts';
import { formats, readFormats } from '../index.ts';
import { serverExamples } from './formats.ts';
import { gatewayExamples } from './gateways.ts';

const examples = [...serverExamples, ...gatewayExamples];

describe.each([
  ['line feeds', '\n'],
  ['carriage returns', '\r\n'],
])('each format, with %s', (_name, end) => {
  test.each(examples.map((example) => [example.format, example] as const))('%s', (format, { headers, body, expected }) => {
    const mail = parseMailSync(Buffer.from(`${headers.trimEnd()}\n\n${body}`.replaceAll('\n', end)));
    expect(readFormats(toLetter(mail))?.format).toBe(format);
    expect((readBounce(mail) ?? []).map((b) => [b.address, b.reason, b.isHard])).toEqual(expected);
  });
});

test('no format is without an example', () => {
  const shown = new Set(examples.map((example) => example.format));
  expect(formats.map((format) => format.name).filter((name) => !shown.has(name))).toEqual([]);
});

// "Domino ディレクトリには見つかりません" in the three charsets of Japanese mail.
test.each([
  ['iso-2022-jp', 'RG9taW5vIBskQiVHJSMlbCUvJUglaiRLJE84KyREJCskaiReJDskcxsoQg=='],
  ['shift_jis', 'RG9taW5vIINmg0KDjINOg2eDioLJgs2MqYLCgqmC6ILcgrmC8Q=='],
  ['euc-jp', 'RG9taW5vIKXHpaOl7KWvpcil6qTLpM+4q6TEpKuk6qTepLuk8w=='],
])('reads Japanese in %s', (charset, said) => {
  const body = Buffer.concat([
    Buffer.from('Your message\n\n  Subject: Hallo\n\nwas not delivered to:\n\n  klein@kunde.test\n\nbecause:\n\n  User klein '),
    Buffer.from(said, 'base64'),
    Buffer.from('\n'),
  ]).toString('base64');
  const mail = parseMailSync(
    Buffer.from(
      `From: postmaster@shop.test\nSubject: DELIVERY FAILURE: x\nContent-Type: text/plain; charset=${charset}\nContent-Transfer-Encoding: base64\n\n${body}`,
    ),
  );
  expect(readBounce(mail)).toMatchObject([{ address: 'klein@kunde.test', reason: 'userunknown', isHard: true }]);
});

test('knows a subject in Japanese', () => {
  const headers =
    'From: InterScan MSS <postmaster@shop.test>\nSubject: =?iso-2022-jp?B?GyRCJWElQyU7ITwlOCRyR1s/LiRHJC0kXiQ7JHMhIxsoQg==?=\n\n';
  const body = 'Sent <<< RCPT TO:<klein@kunde.test>\nReceived >>> 550 5.1.1 <klein@kunde.test>... user unknown\n';
  expect(readBounce(parseMailSync(Buffer.from(headers + body)))).toMatchObject([{ address: 'klein@kunde.test', reason: 'userunknown' }]);
});

test('knows InterScan by the boundary of its parts', () => {
  const raw =
    'From: postmaster@shop.test\nSubject: Unzustellbar\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="InterScan_NT_MIME_Boundary"\n\n--InterScan_NT_MIME_Boundary\nContent-Type: text/plain\n\nUnable to deliver message to <klein@kunde.test>\n--InterScan_NT_MIME_Boundary--\n';
  expect(readFormats(toLetter(parseMailSync(Buffer.from(raw))))).toMatchObject({
    format: 'Trend Micro InterScan',
    findings: [{ recipient: 'klein@kunde.test', reason: 'userunknown' }],
  });
});

test.each<[string, string]>([
  ['a long line', 'a@'.repeat(200_000)],
  ['many rather long lines', `${'a@'.repeat(990)}\n`.repeat(150)],
  ['many rather long names', `<${'a@'.repeat(990)}\n`.repeat(150)],
  ['many addresses', '<klein@kunde.test>: 550 no such user\n'.repeat(5000)],
  ['many blanks', `<klein@kunde.test>:${' '.repeat(300_000)}x`],
  ['many brackets', '<'.repeat(300_000)],
  ['many fields', 'Final-Recipient: rfc822; klein@kunde.test\nStatus: 5.0.0\n'.repeat(4000)],
  ['many codes', '5.1.1 550 '.repeat(30_000)],
  ['many stars', '** x **\n'.repeat(30_000)],
])(
  '%s in any format costs less than two seconds',
  (_name, filling) => {
    const began = performance.now();
    for (const { headers, body } of examples.filter((_, i) => i % 9 === 0))
      readBounce(parseMailSync(Buffer.from(`${headers.trimEnd()}\n\n${body.slice(0, body.indexOf('klein'))}${filling}\n${body}`)));
    expect((performance.now() - began) / Math.ceil(examples.length / 9)).toBeLessThan(2000);
  },
  60_000,
);

test('torn, doubled and mixed reports never throw, and what is read has its shape', () => {
  const raws = examples.map(({ headers, body }) => `${headers.trimEnd()}\n\n${body}`);
  const piece = fc.tuple(fc.constantFrom(...raws), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
  const dirt = fc.oneof(fc.constantFrom('\0', '\r', '\n\n', '--b\n', '<a@b.test>: ', '550 5.1.1 ', 'ü'), fc.string({ maxLength: 40 }));
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, dirt), { minLength: 1, maxLength: 5 }), (parts) => {
      const raw = parts
        .map((part) =>
          typeof part === 'string' ? part : part[0].slice(Math.floor(part[1] * part[0].length * 0.3), Math.ceil(part[2] * part[0].length)),
        )
        .join('');
      for (const bounce of readBounce(parseMailSync(Buffer.from(raw))) ?? []) {
        expect(bounce.reason).toMatch(/^[a-z]+$/);
        expect(bounce.status).toMatch(/^(?:[245]\.\d{1,3}\.\d{1,3})?$/);
        expect(bounce.replyCode).toMatch(/^(?:[245]\d\d)?$/);
        expect(bounce.diagnosis.length).toBeLessThanOrEqual(2000);
        // Only a refusal makes an address dead.
        expect(bounce.isHard && bounce.action === 'delivered').toBe(false);
      }
    }),
    { numRuns: 1000 },
  );
}, 60_000);

test('an ordinary mail ends at the first look', () => {
  const mail = parseMailSync(
    Buffer.from(
      `From: Max <max@kunde.test>\nTo: shop@shop.test\nSubject: Frage zur Rechnung 4711\n\n${'Guten Tag, wo bleibt mein Paket? '.repeat(200)}`,
    ),
  );
  expect(mayBeReport(mail)).toBe(false);
  expect(readBounce(mail)).toBeNull();
});

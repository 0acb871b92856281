import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { classifyAutomatic } from '../inbound/automatic.ts';
import { unflow } from '../mime/flowed.ts';
import { parseMailSync } from '../parse.ts';
import { buildMail, ComposeError, capReferences, flow, type OutgoingMail } from './compose.ts';

const basic: OutgoingMail = {
  from: { name: 'Service', address: 'service@shop.de' },
  to: [{ name: 'Max Müster', address: 'max@example.org' }],
  subject: 'Grüße',
  text: 'Hallo',
  messageId: 'a.b@shop.de',
  date: new Date('2026-02-03T14:35:00Z'),
};

/** Depth and words of each line, however a reader writes the marks. */
const depths = (text: string) =>
  text
    .replace(/\r\n/g, '\n')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const marks = /^(?:> ?)*/.exec(line)?.[0] ?? '';
      return `${marks.replaceAll(' ', '').length} ${line.slice(marks.length).trimEnd()}`;
    });

describe('buildMail', () => {
  test('gives the same bytes for the same mail', async () => {
    const mail = {
      ...basic,
      html: '<p>Hallo</p>',
      attachments: [{ filename: 'Ü.pdf', mediaType: 'application/pdf', content: Buffer.from('x') }],
    };
    expect((await buildMail(mail)).raw.equals((await buildMail(mail)).raw)).toBe(true);
  });

  test('writes threads, marks of automatic mail and never the hidden recipients', async () => {
    const { raw, envelope } = await buildMail({
      ...basic,
      bcc: [{ name: null, address: 'heimlich@example.org' }],
      inReplyTo: 'x@y',
      references: ['w@y', 'x@y'],
      automatic: 'auto-replied',
      loopMark: 'haus-1',
      envelopeFrom: '',
    });
    const mail = parseMailSync(raw);
    expect(raw.toString()).not.toContain('heimlich');
    expect(envelope).toEqual({ from: '', to: ['max@example.org', 'heimlich@example.org'] });
    expect(mail).toMatchObject({ messageId: 'a.b@shop.de', inReplyTo: ['x@y'], references: ['w@y', 'x@y'], date: basic.date });
    expect(classifyAutomatic(mail)).toMatchObject({ kind: 'loop', neverAnswer: true });
    expect(mail.root.parameters.get('format')).toBe('flowed');
  });

  test.each<[string, Partial<OutgoingMail>]>([
    ['a line break in the subject', { subject: 'x\r\nBcc: evil@example.org' }],
    ['a line break in a name', { to: [{ name: 'x\nBcc: y', address: 'a@b.de' }] }],
    ['two addresses in one', { to: [{ name: null, address: 'a@b.de, c@d.de' }] }],
    ['a line break in a file name', { attachments: [{ filename: 'a\r\nX: y', mediaType: 'text/plain', content: Buffer.from('') }] }],
    ['a line break in a header', { headers: { 'X-Test': 'a\nb' } }],
    ['a header name with a colon', { headers: { 'X: Y': 'a' } }],
    ['a Message-ID with a bracket', { messageId: 'a>b@c' }],
    ['no recipient', { to: [] }],
  ])('refuses %s', async (_name, part) => {
    await expect(buildMail({ ...basic, ...part })).rejects.toThrow(ComposeError);
  });

  test('comes back as it went out', async () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 200 }).map((s) =>
      s
        .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '')
        // Signs such as ≯ fall apart into a bracket and a stroke on their way through an address.
        .replace(/./gu, (sign) => (/[<>"(),:;@\\=]/.test(sign.normalize('NFD')) && !/[<>"(),:;@\\=]/.test(sign) ? '' : sign))
        .replace(/\s+/g, ' ')
        .trim(),
    );
    const word = line
      .map((s) =>
        s
          .replace(/["\\/:*?<>|=]/g, '')
          .replace(/^\.+/, '')
          .slice(0, 60)
          .trim(),
      )
      .filter((s) => s.isWellFormed() && s !== '');
    await fc.assert(
      fc.asyncProperty(
        word,
        line,
        fc.array(line, { minLength: 1, maxLength: 5 }),
        word,
        fc.uint8Array({ maxLength: 3000 }),
        async (name, subject, lines, filename, content) => {
          const text = lines.join('\n').replace(/^begin /gm, '');
          const { raw } = await buildMail({
            ...basic,
            to: [{ name, address: 'max@example.org' }],
            subject,
            text,
            attachments: [{ filename, mediaType: 'application/octet-stream', content }],
          });
          const mail = parseMailSync(raw);
          expect(mail.to).toEqual([{ name: name.replace(/^(['"])(.+)\1$/, '$2').trim(), address: 'max@example.org' }]);
          expect(mail.subject).toBe(subject);
          expect(depths(mail.text)).toEqual(depths(text));
          expect(mail.attachments.map((a) => a.filename)).toEqual([filename]);
          expect(Buffer.from(mail.attachments[0]?.content ?? []).equals(Buffer.from(content))).toBe(true);
        },
      ),
      {
        numRuns: 150,
        examples: [
          ['Max', '', ['>', '!'], 'a.txt', new Uint8Array()],
          ['Max', '', ['>x', '> >'], 'a.txt', new Uint8Array()],
        ],
      },
    );
  });

  test('caps the References of a thread of years', () => {
    const ids = Array.from({ length: 500 }, (_, i) => `${i}.${'x'.repeat(60)}@example.org`);
    const capped = capReferences(ids);
    expect(capped[0]).toBe(ids[0]);
    expect(capped.at(-1)).toBe(ids.at(-1));
    expect(capped.join('> <').length).toBeLessThan(2200);
  });

  test('flows long lines so that they join again', () => {
    const text = `${'Ein Satz mit vielen Wörtern. '.repeat(20).trim()}\n\nFrom here on\n-- \nMax`;
    expect(
      flow(text)
        .split('\n')
        .every((line) => line.length <= 78),
    ).toBe(true);
    expect(unflow(flow(text), false)).toBe(text);
  });
});

describe('quotes on their way out', () => {
  test.each([
    ['an empty line in it', '> Torsten Meier\n> \n> Guten Tag\n> \n> \n\nGern.'],
    ['quotes in quotes, as browsers and Outlook write them', '> > erst\n> > \n> > dann\n>> drittens\n> so\n>\n> > > tief'],
    ['lines that end in blanks', '> eins \n> zwei  \nDanke \nMax'],
    ['a signature in it', '> Gruß\n> -- \n> Max\n\nHallo'],
    ['a long line', `> ${'Wort '.repeat(60)}\n> kurz\n\n${'Satz '.repeat(60)}\nEnde`],
  ])('keep their depth in our own reader and in postal-mime: %s', async (_what, text) => {
    const { raw } = await buildMail({ ...basic, text });
    const written = depths(text);
    expect(depths(parseMailSync(raw).text)).toEqual(written);
    expect(depths((await new PostalMime().parse(raw)).text ?? '')).toEqual(written);
    for (const line of flow(text).split('\n')) if (line.startsWith('>')) expect(line).not.toMatch(/ $|^>+ >/);
  });
});

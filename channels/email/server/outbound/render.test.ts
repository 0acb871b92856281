import { createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { mailAccount, memoryTools } from '../../testing/memory-tools.ts';
import { file, outgoing } from '../../testing/outgoing.ts';
import { parseMailSync } from '../parse.ts';
import { isOwnMessageId, replyKeys } from '../thread/identifiers.ts';
import { findReplyToken } from '../thread/reply-token.ts';
import { renderMail, verifyAttachments } from './render.ts';

const account = mailAccount('service@shop.test');
const tools = memoryTools([account]);
const render = async (more = {}, settings = {}) => {
  const rendered = await renderMail(outgoing(more), mailAccount(account.address, settings), tools);
  return { rendered, mail: parseMailSync(rendered.content), text: Buffer.from(rendered.content).toString() };
};

describe('a mail as it leaves', () => {
  test('says who, to whom and what about, umlauts and all', async () => {
    const { mail, rendered } = await render({
      cc: [{ name: '', address: 'sohn@kunde.test' }],
      bcc: [{ name: '', address: 'chef@shop.test' }],
    });
    expect(mail.from).toEqual([{ name: 'Kundenservice Möbel & Mehr', address: 'service@shop.test' }]);
    expect(mail.to).toEqual([{ name: 'Frau Klein', address: 'klein@kunde.test' }]);
    expect(mail.subject).toBe('Re: Kühlschrank');
    expect(mail.text.trim()).toBe('Guten Tag Frau Klein,\n\nwir kümmern uns darum.');
    expect(rendered.recipients).toEqual(['klein@kunde.test', 'sohn@kunde.test', 'chef@shop.test']);
    expect(Buffer.from(rendered.content).toString()).not.toMatch(/chef@/);
  });

  test('has the same bytes and the same Message-ID at every attempt', async () => {
    const more = { html: '<p>Hallo</p>', attachments: [file('a.pdf', Buffer.from('%PDF'))] };
    const [first, second] = [await render(more), await render(more)];
    expect(first.text).toBe(second.text);
    expect(first.mail.messageId).toBe(first.rendered.platformId);
  });

  test('carries the conversation in Reply-To and Message-ID, signed', async () => {
    const { mail } = await render();
    const keys = replyKeys(tools);
    expect(mail.replyTo[0]?.address).toMatch(/^service\+[a-z2-7]{44}@shop\.test$/);
    expect(findReplyToken(mail.replyTo[0]?.address ?? '', keys)).toBe(outgoing().conversationId);
    expect(findReplyToken(mail.messageId ?? '', keys)).toBe(outgoing().conversationId);
    expect(isOwnMessageId(mail.messageId ?? '', tools)).toBe(true);
    expect(
      isOwnMessageId(
        (mail.messageId ?? '').replace(/^./, (c) => (c === 'a' ? 'b' : 'a')),
        tools,
      ),
    ).toBe(false);
  });

  test('answers to the plain address where plus addresses do not work or would be too long', async () => {
    expect((await render({}, { plusAddresses: false })).mail.replyTo[0]?.address).toBe('service@shop.test');
    const long = await renderMail(outgoing(), mailAccount('ein-sehr-langer-name-eines-postfachs@shop.test'), tools);
    expect(parseMailSync(long.content).replyTo[0]?.address).toBe('ein-sehr-langer-name-eines-postfachs@shop.test');
  });

  test('threads: In-Reply-To is the mail answered, References the way to it', async () => {
    const { mail } = await render({ inReplyTo: 'c@kunde.test', references: ['a@kunde.test', 'b@shop.test'] });
    expect(mail.inReplyTo).toEqual(['c@kunde.test']);
    expect(mail.references).toEqual(['a@kunde.test', 'b@shop.test', 'c@kunde.test']);
  });

  test('names no id that only we know', async () => {
    const { mail } = await render({ inReplyTo: 'sha256:abcdef', references: ['sha256:abcdef', 'a@kunde.test'] });
    expect(mail.inReplyTo).toEqual([]);
    expect(mail.references).toEqual(['a@kunde.test']);
  });

  test('marks what no person wrote', async () => {
    const value = async (more: object, key: string) => (await render(more)).mail.headers.find((h) => h.key === key)?.value;
    expect(await value({ automatic: true }, 'auto-submitted')).toBe('auto-generated');
    expect(await value({ automatic: true, inReplyTo: 'a@kunde.test' }, 'auto-submitted')).toBe('auto-replied');
    expect(await value({ automatic: true }, 'x-nahbar-loop')).toBeTruthy();
    expect(await value({}, 'auto-submitted')).toBeUndefined();
    expect(await value({}, 'x-nahbar-loop')).toBeUndefined();
  });

  test('brings attachments as they are, whatever their name', async () => {
    const bytes = Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 7) % 256));
    const { mail } = await render({
      attachments: [file('Rückgabe – Größe "XL".pdf', bytes), file('leer.txt', Buffer.alloc(0), 'text/plain')],
    });
    expect(mail.attachments.map((a) => [a.filename, a.size])).toEqual([
      ['Rückgabe – Größe _XL_.pdf', 5_000],
      ['leer.txt', 0],
    ]);
    expect(Buffer.compare(mail.attachments[0]?.content ?? Buffer.alloc(0), bytes)).toBe(0);
  });

  test('does not leave with an attachment that would arrive changed', () => {
    const raw = Buffer.from(
      'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Disposition: attachment; filename=a\r\n\r\nother\r\n--b--\r\n',
    );
    expect(() => verifyAttachments(raw, [{ filename: 'a', mediaType: 'text/plain', content: Buffer.from('mine') }])).toThrow(/attachment/);
  });

  test.each([
    ['subject', { subject: 'a\r\nBcc: evil@evil.test' }],
    ['name', { to: [{ name: 'a\r\nBcc: evil@evil.test', address: 'klein@kunde.test' }] }],
    ['address', { to: [{ name: '', address: 'klein@kunde.test>\r\nRCPT TO:<evil@evil.test' }] }],
    ['file name', { attachments: [file('a\r\nX-Evil: 1.pdf', Buffer.from('x'))] }],
    ['id answered', { inReplyTo: 'a@b>\r\nBcc: evil@evil.test' }],
  ])('lets no header be injected through the %s', async (_name, more) => {
    // Refused, or made harmless: never a header of its own.
    const made = await render(more).catch(() => null);
    expect(made?.mail.headers.map((h) => h.key) ?? []).not.toContain('bcc');
    expect(made?.mail.headers.map((h) => h.key) ?? []).not.toContain('x-evil');
    expect(made?.rendered.recipients ?? []).not.toContain('evil@evil.test');
  });

  test('is signed by DKIM where the account has a key, and the signature holds', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { mail, text } = await render({}, { dkimDomain: 'shop.test', dkimSelector: 'nahbar', dkimPrivateKey: pem.replaceAll('\n', ' ') });
    expect(mail.headers.find((h) => h.key === 'dkim-signature')?.raw).toMatch(/d=shop\.test;.*s=nahbar;/);
    const { data, value } = signedData(text);
    expect(createVerify('RSA-SHA256').update(data).verify(publicKey, value, 'base64')).toBe(true);
    expect(createVerify('RSA-SHA256').update(data.replace('klein', 'gross')).verify(publicKey, value, 'base64')).toBe(false);
  });
});

/** What the signature covers: the named headers relaxed, then its own line without its value (RFC 6376, 3.7). */
function signedData(text: string): { data: string; value: string } {
  const fields = text.slice(0, text.indexOf('\r\n\r\n')).split(/\r\n(?![ \t])/);
  const relaxed = (field: string) => {
    const colon = field.indexOf(':');
    return `${field.slice(0, colon).toLowerCase().trim()}:${field
      .slice(colon + 1)
      .replace(/\r\n/g, '')
      .replace(/[ \t]+/g, ' ')
      .trim()}`;
  };
  const own = relaxed(fields.find((field) => /^dkim-signature:/i.test(field)) ?? '');
  const names = (/ h=([^;]+)/.exec(own)?.[1] ?? '').toLowerCase().replace(/\s/g, '').split(':');
  const at = own.indexOf(' b=', own.indexOf(' h=')) + 3;
  const lines = names.flatMap((name) => fields.find((field) => field.toLowerCase().startsWith(`${name}:`)) ?? []).map(relaxed);
  return { data: [...lines, own.slice(0, at)].join('\r\n'), value: own.slice(at).replace(/\s/g, '') };
}

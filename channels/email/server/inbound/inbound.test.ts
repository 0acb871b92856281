import { describe, expect, test } from 'vitest';
import type { InboundItem, InboundMessage, RawIntake, ThreadKnowledge } from '../../../../contract/channel.ts';
import type { EmailSettings } from '../../channel.ts';
import { mailAccount, memoryTools } from '../../testing/memory-tools.ts';
import { outgoing } from '../../testing/outgoing.ts';
import { renderMail } from '../outbound/render.ts';
import { loopMark } from '../thread/identifiers.ts';
import { parseInbound } from './inbound.ts';
import { threadMail } from './threading.ts';

const account = mailAccount('service@shop.test', { aliases: ['hilfe@shop.test'] });
const tools = memoryTools([account]);
const receivedAt = new Date('2026-11-22T10:00:00Z');

function read(
  mail: string | Uint8Array,
  envelope: Record<string, unknown> = {},
  settings?: Partial<EmailSettings>,
): Promise<InboundItem[]> {
  const content = typeof mail === 'string' ? Buffer.from(mail.replace(/\n/g, '\r\n')) : mail;
  const raw: RawIntake = { id: 'raw', platformId: null, content, mediaType: 'message/rfc822', envelope, receivedAt };
  return parseInbound(raw, settings ? mailAccount(account.address, settings) : account, tools);
}

async function message(
  mail: string | Uint8Array,
  envelope?: Record<string, unknown>,
  settings?: Partial<EmailSettings>,
): Promise<InboundMessage> {
  const [item] = await read(mail, envelope, settings);
  expect(item?.kind).toBe('message');
  return item as InboundMessage;
}

const plain = (headers: string, text = 'Guten Tag') =>
  `From: "Klein, Erna" <Erna.Klein@Kunde.test>\nTo: service@shop.test\nMessage-ID: <a@kunde.test>\n${headers}\n${text}\n`;

describe('what is hardly a mail', () => {
  const door = { by: 'door', from: 'Erna@kunde.test', to: ['service@shop.test'] };
  test.each<[string, string, string]>([
    ['nothing at all', '', ''],
    ['blank lines', '\n\n', ''],
    ['text alone', 'Bitte um Rückruf.\nDanke\n', 'Bitte um Rückruf.\nDanke'],
    ['text that begins like a field', 'Notiz: bitte um Rückruf.\nDanke\n', 'Notiz: bitte um Rückruf.\nDanke'],
    ['text whose first part looks like fields', 'Notiz: Rückruf\n\nDanke\n', 'Notiz: Rückruf\n\nDanke'],
  ])('%s is shown whole, marked, and of whom the envelope names', async (_name, mail, text) => {
    const found = await message(mail, door);
    expect(found).toMatchObject({
      from: { value: 'erna@kunde.test', name: '' },
      subject: '',
      html: null,
      facts: ['defects'],
      neverAnswer: true,
    });
    expect(found.text.trim()).toBe(text);
    expect(found.platformId).not.toBe((await message(mail, { ...door, from: 'max@kunde.test' })).platformId);
    // Out of a mailbox there is no envelope, and a report has no sender.
    expect((await message(mail)).from).toBeNull();
    expect((await message(mail, { ...door, from: '' })).from).toBeNull();
    expect((await message(mail, { ...door, from: 'service@shop.test' })).from).toBeNull();
  });

  test('one field that mails have makes fields of all, and whom they name wrote', async () => {
    expect(await message('Notiz: x\nFrom: max@kunde.test\n\nHallo', door)).toMatchObject({
      from: { value: 'max@kunde.test' },
      text: 'Hallo',
      facts: [],
    });
  });

  test('what is nested beyond all reason is kept as a file, and marked', async () => {
    let inner = 'Content-Type: text/plain\n\nganz innen\n';
    for (let i = 0; i < 500; i++) inner = `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n${inner}\n--b${i}--\n`;
    const found = await message(`From: max@kunde.test\nSubject: Tief\n${inner}`);
    expect(found).toMatchObject({ subject: 'Tief', facts: ['defects'] });
    expect(Buffer.from(found.attachments[0]?.content ?? []).toString()).toContain('ganz innen');
  });
});

describe('a mail out of the intake', () => {
  test('becomes a message: who, what, when, with the quote cut off', async () => {
    const found = await message(
      plain(
        'Subject: =?utf-8?q?K=C3=BChlschrank?=\nDate: Sun, 22 Nov 2026 09:30:00 +0100\nContent-Language: de-DE, en\n',
        'Er passt nicht.\n\nAm 20.11.2026 um 10:00 schrieb Service <service@shop.test>:\n> Wir liefern morgen.',
      ),
    );
    expect(found).toMatchObject({
      platformId: 'a@kunde.test',
      from: { kind: 'mail', value: 'erna.klein@kunde.test', label: 'Erna.Klein@kunde.test', name: 'Klein, Erna' },
      isOurs: false,
      subject: 'Kühlschrank',
      text: 'Er passt nicht.',
      at: new Date('2026-11-22T08:30:00Z'),
      receivedAt,
      automatic: null,
      neverAnswer: false,
      language: 'de-DE',
      authentic: 'unknown',
      visibility: 'private',
    });
    expect(found.quoted).toContain('Wir liefern morgen.');
  });

  test('reads the same again and again', async () => {
    const mail = plain('Subject: x\n');
    expect(await read(mail)).toEqual(await read(mail));
  });

  test('is named by its content when it has no Message-ID, whatever relays put on top', async () => {
    const bare = 'From: a@kunde.test\nSubject: x\n\nHallo\n';
    const [one, two] = [await message(bare), await message(`Received: from x by y\nReturn-Path: <a@kunde.test>\n${bare}`)];
    expect(one.platformId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(two.platformId).toBe(one.platformId);
    expect((await message('From: a@kunde.test\nSubject: x\n\nHallo!\n')).platformId).not.toBe(one.platformId);
  });

  test.each([
    ['a contact form under our own address', 'From: Shop <service@shop.test>\nReply-To: Erna <erna@kunde.test>\n', 'erna@kunde.test'],
    [
      'a group that rewrites the sender',
      "From: 'Erna' via Service <hilfe@shop.test>\nX-Original-From: Erna <erna@kunde.test>\n",
      'erna@kunde.test',
    ],
    ['a sender without From', 'Sender: erna@kunde.test\n', 'erna@kunde.test'],
    ['a Reply-To of a stranger', 'From: erna@kunde.test\nReply-To: other@kunde.test\n', 'erna@kunde.test'],
  ])('finds who wrote: %s', async (_name, headers, expected) => {
    const found = await message(`${headers}Message-ID: <b@kunde.test>\n\nHallo\n`);
    expect(found.from?.value).toBe(expected);
    expect(found.isOurs).toBe(false);
  });

  test('has nobody as sender when nobody can be told', async () => {
    expect((await message('Subject: x\n\nHallo\n')).from).toBeNull();
    expect((await message('From: not an address\n\nHallo\n')).from).toBeNull();
  });

  test('knows what we wrote ourselves: our own mail come back, or one from the Sent folder', async () => {
    const { content } = await renderMail(outgoing(), account, tools);
    expect(await message(content)).toMatchObject({ isOurs: true, neverAnswer: true });
    const own = 'From: service@shop.test\nTo: klein@kunde.test\nMessage-ID: <c@phone.test>\n\nHallo\n';
    expect((await message(own, { folderUse: '\\Sent' })).isOurs).toBe(true);
    expect((await message(own)).isOurs).toBe(false);
  });

  test('finds the conversation’s token in recipients, envelope and ids; a forged one counts for nothing', async () => {
    const { content, platformId } = await renderMail(outgoing(), account, tools);
    const replyTo =
      /Reply-To:.*<(service\+\S+)>/.exec(
        Buffer.from(content)
          .toString()
          .replace(/\r\n\s/g, ' '),
      )?.[1] ?? '';
    expect(replyTo).toContain('+');
    const tokens = async (headers: string, envelope?: Record<string, unknown>) =>
      (await message(plain(headers), envelope)).threading.tokens;
    expect(await tokens(`Cc: ${replyTo}\n`)).toEqual([outgoing().conversationId]);
    expect(await tokens('', { to: [replyTo] })).toEqual([outgoing().conversationId]);
    expect(await tokens(`In-Reply-To: <${platformId}>\n`)).toEqual([outgoing().conversationId]);
    expect(await tokens(`Cc: ${replyTo.replace(/\+../, '+zz')}\n`)).toEqual([]);
  });

  test('names the mails it refers to, nearest first', async () => {
    const { threading } = await message(plain('Subject: Re: [#12345] x\nIn-Reply-To: <c@x>\nReferences: <a@x> <b@x> <c@x>\n'));
    expect(threading.platformIds).toEqual(['a@kunde.test', 'c@x', 'b@x', 'a@x']);
    expect(threading.caseNumbers).toEqual(['12345']);
  });

  test('tells what machines wrote, and that they get no automatic answer', async () => {
    expect(await message(plain('Auto-Submitted: auto-replied\nSubject: Abwesenheitsnotiz\n'))).toMatchObject({
      automatic: 'out_of_office',
      neverAnswer: true,
    });
    expect(await message(plain('List-Id: <a.b>\nList-Post: <mailto:a@b>\n'))).toMatchObject({
      automatic: 'mailing_list',
      listAddresses: ['a@b'],
      neverAnswer: true,
    });
    expect(await message(plain(`X-Nahbar-Loop: ${loopMark(tools)}\n`))).toMatchObject({ automatic: 'loop', neverAnswer: true });
    expect(await message(plain('Subject: Frage\n'))).toMatchObject({ automatic: null, neverAnswer: false });
  });

  test('believes an authentication result only of the server that is trusted', async () => {
    const result = 'Authentication-Results: mx.shop.test; dmarc=pass header.from=kunde.test\n';
    expect((await message(plain(result))).authentic).toBe('unknown');
    expect((await message(plain(result), {}, { trustedAuthserv: 'mx.shop.test' })).authentic).toBe('pass');
    expect((await message(plain(result.replace('pass', 'fail')), {}, { trustedAuthserv: 'MX.shop.test' })).authentic).toBe('fail');
    expect((await message(plain(result.replace('mx.shop', 'mx.evil')), {}, { trustedAuthserv: 'mx.shop.test' })).authentic).toBe('unknown');
    // A forged line below the server's own does not count, nor does a signature of another domain.
    const forged = `Authentication-Results: mx.shop.test; dkim=pass header.d=evil.test\n${result}`;
    expect((await message(plain(forged), {}, { trustedAuthserv: 'mx.shop.test' })).authentic).toBe('unknown');
  });

  test('never throws, whatever comes', async () => {
    for (const odd of [
      new Uint8Array(),
      Buffer.from('\0'),
      Buffer.from('From: <<<>>>@@\nContent-Type: multipart/mixed; boundary=""\n\n--\n'),
      Buffer.alloc(100_000, 0xff),
    ])
      expect((await read(odd))[0]?.kind).toBe('message');
  });
});

describe('a report about our own mail', () => {
  const bounce = (original: string, status = '5.1.1', action = 'failed') =>
    `From: Mail Delivery System <MAILER-DAEMON@mx.kunde.test>\nTo: service@shop.test\nSubject: Undelivered Mail\nMessage-ID: <d@mx>\nAuto-Submitted: auto-replied\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.kunde.test\n\nFinal-Recipient: rfc822; klein@kunde.test\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; 550 ${status} No such user\n\n--b\nContent-Type: text/rfc822-headers\n\n${original}\n--b--\n`;

  test('a bounce becomes a receipt of the mail it belongs to', async () => {
    const { platformId } = await renderMail(outgoing(), account, tools);
    expect(await read(bounce(`Message-ID: <${platformId}>\nSubject: x\n`))).toMatchObject([
      {
        kind: 'receipt',
        platformId,
        state: 'failed',
        recipient: 'klein@kunde.test',
        problem: { code: 'userunknown', permanence: 'permanent', text: expect.stringContaining('No such user') },
      },
    ]);
    expect(await read(bounce(`Message-ID: <${platformId}>\n`, '4.4.1', 'delayed'))).toMatchObject([
      { state: 'delayed', problem: { code: 'still_trying', permanence: 'temporary' } },
    ]);
    expect(await read(bounce(`Message-ID: <${platformId}>\n`, '4.4.7', 'failed'))).toMatchObject([
      { state: 'failed', problem: { permanence: 'permanent' } },
    ]);
    expect(await read(bounce(`Message-ID: <${platformId}>\n`, '2.0.0', 'delivered'))).toMatchObject([
      { state: 'delivered', problem: null },
    ]);
  });

  test('a bounce that quotes our id only in its text is known too', async () => {
    const { platformId } = await renderMail(outgoing(), account, tools);
    const items = await read(bounce('').replace('Sorry.', `Your mail <${platformId}> failed.`));
    expect(items).toMatchObject([{ kind: 'receipt', platformId, state: 'failed' }]);
  });

  test('a bounce of somebody else’s mail stays a message that a person sees', async () => {
    expect(await read(bounce('Message-ID: <foreign@elsewhere.test>\n'))).toMatchObject([
      { kind: 'message', automatic: 'bounce', neverAnswer: true },
    ]);
  });

  test('a person who quotes a bounce stays a person', async () => {
    const { platformId } = await renderMail(outgoing(), account, tools);
    const quoting = `Ihre Mail kam zurück:\n\n550 5.1.1 <klein@kunde.test>: User unknown\nThis is the mail system. Delivery failed permanently.\nMessage-ID: <${platformId}>\n`;
    const items = await read(plain(`Subject: Undelivered Mail Returned to Sender\nIn-Reply-To: <${platformId}>\n`, quoting));
    expect(items).toMatchObject([{ kind: 'message', automatic: null }]);
  });

  test('a read receipt says that it was read', async () => {
    const { platformId } = await renderMail(outgoing(), account, tools);
    const mdn = `From: klein@kunde.test\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nGelesen\n--b\nContent-Type: message/disposition-notification\n\nOriginal-Message-ID: <${platformId}>\nDisposition: manual-action/MDN-sent-manually; displayed\n--b--\n`;
    expect(await read(mdn)).toMatchObject([{ kind: 'receipt', platformId, state: 'read' }]);
  });
});

describe('where a mail belongs', () => {
  const known = (more: Partial<ThreadKnowledge> = {}): ThreadKnowledge => ({
    message: (id) => (id === 'ours@shop.test' ? { conversationId: 'c1', from: null } : id === 'a@kunde.test' ? null : null),
    threadKey: () => [],
    caseNumber: (number) => (number === '12345' ? ['c1'] : []),
    token: (conversationId) => conversationId,
    participants: () => ['erna.klein@kunde.test'],
    ...more,
  });

  test('a reply to our mail joins its conversation', async () => {
    expect(threadMail(await message(plain('In-Reply-To: <ours@shop.test>\n')), known())).toMatchObject({
      kind: 'reply',
      conversationId: 'c1',
      parent: 'ours@shop.test',
      isStranger: false,
    });
  });

  test('a stranger with a number or an id gets a conversation of his own', async () => {
    const strangers = known({ participants: () => ['other@kunde.test'] });
    expect(threadMail(await message(plain('In-Reply-To: <ours@shop.test>\n')), strangers)).toMatchObject({ kind: 'new', relatedTo: 'c1' });
    expect(threadMail(await message(plain('Subject: Re: [#12345]\n')), strangers)).toMatchObject({ kind: 'new', relatedTo: 'c1' });
  });

  test('the same mail again is a duplicate, a reused id is not', async () => {
    const mail = await message(plain(''));
    const before = known({ message: () => ({ conversationId: 'c1', from: 'erna.klein@kunde.test' }) });
    expect(threadMail(mail, before)).toMatchObject({ kind: 'duplicate', conversationId: 'c1' });
    expect(threadMail({ ...mail, facts: ['id_reused'] }, before)).toMatchObject({ kind: 'new' });
  });
});

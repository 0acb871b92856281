import { readFileSync } from 'node:fs';
import { ImapFlow } from 'imapflow';
import nodemailer, { type SendMailOptions } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InboundMessage, Outgoing } from '../../contract/channel.ts';
import { queueDelivery, readInbound } from '../../server/modules/channels/index.ts';
import { toolsFor } from '../../server/modules/channels/registry/tools.ts';
import { createAccount, outboxState, sendAllDue } from '../../server/modules/channels/testing.ts';
import { system } from '../../server/platform/actor.ts';
import { transaction } from '../../server/platform/context.ts';
import { sql } from '../../server/platform/database/sql.ts';
import { newId } from '../../server/platform/ids.ts';
import { type TestHouse, testHouse } from '../../server/testing/house.ts';
import { openDoor } from './server/door/door.ts';
import { imapTimes, watchMailbox } from './server/imap/connection.ts';
import { type ParsedMail, parseMailSync } from './server/parse.ts';
import { until } from './testing/expect.ts';
import { describeMailServers, type MailServers, startMailServers } from './testing/mail-servers.ts';
import { file, outgoing } from './testing/outgoing.ts';
import { freePorts } from './testing/ports.ts';

/** Everything real but the vendors: our rooms on PostgreSQL, Exim on the way, Dovecot at both ends. */
describeMailServers('a mail and its answer, the whole way', () => {
  let house: TestHouse;
  let servers: MailServers;
  let account: { id: string; address: string };
  let atTheDoor: { id: string };
  const closers: (() => Promise<unknown>)[] = [];
  const messages = new Map<string, Outgoing>();

  beforeAll(async () => {
    const [doorPort = 0] = await freePorts(1);
    servers = await startMailServers({ doorPort });
    closers.push(() => servers.stop());
    house = await testHouse({ SMTP_PORT: String(doorPort) }, { upTo: 'channels' });
    closers.push(() => house.close());
    const certificateAuthority = readFileSync(servers.certificate, 'utf8');
    const sending = {
      smtpHost: 'localhost',
      smtpPort: servers.exim.port,
      smtpUser: 'nahbar',
      smtpPassword: 'geheim',
      certificateAuthority,
    };
    account = await createAccount(house, {
      kind: 'email',
      name: 'Kundenservice Möbel & Mehr',
      address: 'service@firma.test',
      settings: { ...sending, imapHost: 'localhost', imapPort: servers.dovecot.imapsPort, password: servers.dovecot.password },
    });
    atTheDoor = await createAccount(house, { kind: 'email', address: 'presse@door.test', settings: sending });
    const tools = toolsFor(house.house.platform, 'email');
    const opened = await tools.account(account.id);
    const connection = watchMailbox(opened as unknown as Parameters<typeof watchMailbox>[0], tools, { ...imapTimes, pauseUnit: 40 });
    closers.push(() => connection.stop());
    const door = await openDoor(tools);
    closers.push(() => door.stop());
    await until('the mailbox to be watched', async () => (await house.db.query(sql`select from channel_account_states`)).length === 1);
  });
  afterAll(async () => {
    for (const close of closers.toReversed()) await close();
  });

  /** The customer's own mail program. */
  const customer = nodemailerFor(() => servers);

  async function customersMailbox(subject: string): Promise<ParsedMail> {
    const client = new ImapFlow({
      host: 'localhost',
      port: servers.dovecot.imapsPort,
      secure: true,
      tls: { ca: readFileSync(servers.certificate) },
      auth: { user: 'klein@kunde.test', pass: servers.dovecot.password },
      logger: false,
    });
    await client.connect();
    try {
      let found: ParsedMail | undefined;
      await until(`"${subject}" at the customer`, async () => {
        const lock = await client.getMailboxLock('INBOX');
        await client.noop();
        // Of a mailbox without mails nothing can be asked for.
        for (const message of client.mailbox && client.mailbox.exists > 0 ? await client.fetchAll('1:*', { source: true }) : []) {
          const mail = parseMailSync(message.source ?? Buffer.alloc(0));
          if (mail.subject === subject) found = mail;
        }
        lock.release();
        return found !== undefined;
      });
      return found as ParsedMail;
    } finally {
      await client.logout();
    }
  }

  /** Reads what arrived until a message with that subject is there. */
  async function received(subject: string): Promise<InboundMessage & { accountId: string }> {
    let found: (InboundMessage & { accountId: string }) | undefined;
    await until(`"${subject}" with us`, async () => {
      for (const event of await house.drain()) {
        if (event.type !== 'channels.message_received') continue;
        const where = { intakeId: String(event.data['intakeId']), index: Number(event.data['index']) };
        const inbound = await readInbound({ db: house.db, platform: house.house.platform }, where);
        if (inbound?.message.subject === subject) found = { ...inbound.message, accountId: inbound.accountId };
      }
      return found !== undefined;
    });
    return found as InboundMessage & { accountId: string };
  }

  async function send(accountId: string, more: Partial<Outgoing>): Promise<Outgoing> {
    const message = outgoing({ messageId: newId(), conversationId: newId(), ...more });
    messages.set(message.messageId, message);
    await transaction(house.house.platform, system, (ctx) =>
      queueDelivery(ctx, {
        messageId: message.messageId,
        conversationId: message.conversationId,
        accountId,
        dueAt: ctx.now,
        undoable: false,
      }),
    );
    await sendAllDue(house, { outgoing: (_at, id) => Promise.resolve(messages.get(id)) });
    return message;
  }

  test('by IMAP: written, stored, answered, threaded, answered again', async () => {
    const sent = await customer.sendMail({
      from: '"Ärmel, Jürgen" <klein@kunde.test>',
      to: 'service@firma.test',
      subject: 'Kühlschrank paßt nicht – 😕',
      text: 'Schöne Grüße aus Görlitz',
      attachments: [{ filename: 'Tür & Maße „neu“.txt', content: 'Höhe: 80 cm', contentType: 'text/plain; charset=utf-8' }],
    });
    const first = await received('Kühlschrank paßt nicht – 😕');
    expect(first).toMatchObject({
      accountId: account.id,
      text: 'Schöne Grüße aus Görlitz',
      from: { value: 'klein@kunde.test', name: 'Ärmel, Jürgen' },
    });
    expect(first.platformId).toBe(sent.messageId.replace(/[<>]/g, ''));
    expect(first.attachments.map((a) => [a.filename, Buffer.from(a.content ?? []).toString()])).toEqual([
      ['Tür & Maße „neu“.txt', 'Höhe: 80 cm'],
    ]);

    const pdf = Buffer.from(Array.from({ length: 3_000 }, (_, i) => (i * 31) % 256));
    const answer = await send(account.id, {
      subject: 'Re: Kühlschrank paßt nicht – 😕',
      text: 'Guten Tag,\n\nwir prüfen die Maße.',
      html: '<p>Guten Tag,</p><p>wir prüfen die Maße.</p>',
      inReplyTo: first.platformId,
      references: [],
      attachments: [file('Maßblatt Österreich.pdf', pdf)],
    });
    expect((await outboxState(house.db, answer.messageId)).state).toBe('sent');
    const arrived = await customersMailbox('Re: Kühlschrank paßt nicht – 😕');
    expect(arrived.inReplyTo).toEqual([first.platformId]);
    expect(arrived.references).toEqual([first.platformId]);
    expect(arrived.from[0]).toEqual({ name: 'Kundenservice Möbel & Mehr', address: 'service@firma.test' });
    expect(arrived.text).toContain('wir prüfen die Maße.');
    expect(arrived.attachments[0]).toMatchObject({ filename: 'Maßblatt Österreich.pdf', size: 3_000 });
    expect(Buffer.compare(arrived.attachments[0]?.content ?? Buffer.alloc(0), pdf)).toBe(0);

    // The customer answers to where the mail asks for it: the plus address leads into the same mailbox.
    await customer.sendMail({
      from: 'klein@kunde.test',
      to: arrived.replyTo[0]?.address ?? '',
      subject: 'Wieder da',
      text: 'Danke!',
      inReplyTo: `<${arrived.messageId}>`,
      references: [`<${first.platformId}>`, `<${arrived.messageId}>`],
    });
    const second = await received('Wieder da');
    expect(second.threading.tokens).toEqual([answer.conversationId]);
    expect(second.threading.platformIds.slice(1)).toEqual([arrived.messageId, first.platformId]);
  });

  test('by the built-in door: Exim hands the mail over, and the answer leaves', async () => {
    await customer.sendMail({
      from: 'klein@kunde.test',
      to: 'presse@door.test',
      subject: 'Anfrage der Zeitung',
      text: 'Wer ist zuständig?',
    });
    const found = await received('Anfrage der Zeitung');
    expect(found).toMatchObject({ accountId: atTheDoor.id, from: { value: 'klein@kunde.test' } });
    await send(atTheDoor.id, { subject: 'Re: Anfrage der Zeitung', inReplyTo: found.platformId });
    expect((await customersMailbox('Re: Anfrage der Zeitung')).inReplyTo).toEqual([found.platformId]);
  });

  test('more mails than Exim passes on at once on one connection arrive all the same', async () => {
    await Promise.all(Array.from({ length: 25 }, (_, i) => send(account.id, { subject: `Rundmail ${i}`, messageId: newId() })));
    await customersMailbox('Rundmail 24');
    await customersMailbox('Rundmail 0');
  });

  test('a mail refused at once fails for good, one returned later too, with the reason', async () => {
    const refused = await send(account.id, { subject: 'Abgelehnt', to: [{ name: '', address: 'refused@kunde.test' }] });
    expect(await outboxState(house.db, refused.messageId)).toMatchObject({ state: 'failed', code: 'recipient_unknown' });

    // Taken first, returned by Exim afterwards: there is no such domain.
    const returned = await send(account.id, { subject: 'Kommt zurück', to: [{ name: '', address: 'niemand@gibtesnicht.test' }] });
    expect((await outboxState(house.db, returned.messageId)).state).toBe('sent');
    const events: string[] = [];
    await until('the bounce', async () => {
      events.push(...(await house.drain()).map((event) => `${event.type} ${JSON.stringify(event.data['messageId'] ?? null)}`));
      return (await outboxState(house.db, returned.messageId)).state === 'failed';
    });
    expect(events).toContain(`channels.delivery_failed "${returned.messageId}"`);
    // The report became a receipt: nobody has to read a message from a mailer daemon.
    expect(events.filter((event) => event.startsWith('channels.message_received'))).toEqual([]);
  });

  test('greylisting is waited out', async () => {
    const message = await send(account.id, { subject: 'Später', to: [{ name: '', address: 'greylisted@kunde.test' }] });
    expect(await outboxState(house.db, message.messageId)).toMatchObject({ state: 'queued', code: 'refused_for_now', attempts: 1 });
  });
});

function nodemailerFor(servers: () => MailServers) {
  return {
    sendMail: (mail: SendMailOptions) => {
      const { exim, certificate } = servers();
      const transport = nodemailer.createTransport({
        host: 'localhost',
        port: exim.port,
        requireTLS: true,
        tls: { ca: readFileSync(certificate) },
        auth: { user: exim.user, pass: exim.password },
      });
      return transport.sendMail(mail).finally(() => transport.close());
    },
  };
}

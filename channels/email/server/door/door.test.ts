import { readFileSync } from 'node:fs';
import nodemailer from 'nodemailer';
import { afterEach, describe, expect, test } from 'vitest';
import { type MemoryTools, mailAccount, memoryTools } from '../../testing/memory-tools.ts';
import { makeCertificate, makeServerFolder, removeServerFolder } from '../../testing/server-folder.ts';
import { type SmtpClient, smtpClient } from '../../testing/smtp-client.ts';
import { doorLimits, openDoor } from './door.ts';

const service = mailAccount('service@shop.test', { aliases: ['hilfe@shop.test'] });
const press = mailAccount('presse@shop.test', {}, { id: '01900000-0000-7000-8000-000000000002' });
const mail = (id: string, text = 'Guten Tag') =>
  `From: Frau Klein <klein@kunde.test>\r\nTo: service@shop.test\r\nMessage-ID: <${id}@kunde.test>\r\nSubject: Frage\r\n\r\n${text}\r\n`;

let closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.reverse()) await close();
  closers = [];
});

async function open(limits: Partial<typeof doorLimits> = {}, tools: MemoryTools = memoryTools([service, press])) {
  const door = await openDoor(tools, { ...doorLimits, ...limits });
  closers.push(() => door.stop());
  return { door, tools, client: () => client(door.address) };
}

async function client(address: string): Promise<SmtpClient> {
  const made = await smtpClient(address);
  closers.push(() => made.end());
  return made;
}

/** Keeps a store waiting from when it has begun until `commit`. */
function slowStore(tools: MemoryTools): { storing: Promise<void>; commit: () => void } {
  const begun = Promise.withResolvers<void>();
  const committed = Promise.withResolvers<void>();
  tools.beforeStore = () => {
    begun.resolve();
    return committed.promise;
  };
  return { storing: begun.promise, commit: committed.resolve };
}

describe('the mail receiver', () => {
  test('stores a mail as it came, with its envelope, and says so afterwards', async () => {
    const { tools, client } = await open();
    const answer = await (await client()).deliver('klein@kunde.test', ['Service@Shop.test'], mail('a', '.\r\n..zwei Punkte\r\nEnde'));
    expect(answer).toMatch(/^250 .*Stored as raw-1/);
    expect(Buffer.from(tools.stored[0]?.content ?? []).toString()).toBe(mail('a', '.\r\n..zwei Punkte\r\nEnde'));
    expect(tools.stored[0]).toMatchObject({
      accountId: service.id,
      platformId: 'a@kunde.test',
      envelope: { by: 'door', from: 'klein@kunde.test', to: ['service@shop.test'], helo: 'client.test', secure: false },
    });
  });

  test('takes plus addresses and aliases, and nobody else: it relays nothing', async () => {
    const { tools, client } = await open();
    const c = await client();
    await c.say('MAIL FROM:<a@kunde.test>');
    expect(await c.say('RCPT TO:<service+abc234@shop.test>')).toMatch(/^250/);
    expect(await c.say('RCPT TO:<hilfe@shop.test>')).toMatch(/^250/);
    for (const stranger of ['niemand@shop.test', 'klein@kunde.test', 'service@shop.test@evil.test', 'service%evil.test@shop.test'])
      expect(await c.say(`RCPT TO:<${stranger}>`)).toMatch(/^5/);
    expect(await c.say('DATA')).toMatch(/^354/);
    c.write(`${mail('b')}.\r\n`);
    expect(await c.reply()).toMatch(/^250/);
    expect(tools.stored).toHaveLength(1);
    expect(tools.stored[0]?.envelope).toMatchObject({ to: ['service+abc234@shop.test', 'hilfe@shop.test'] });
  });

  test('stores one mail for two of our accounts once for each', async () => {
    const { tools, client } = await open();
    await (await client()).deliver('a@kunde.test', ['service@shop.test', 'presse@shop.test', 'service+x@shop.test'], mail('c'));
    expect(tools.stored.map((raw) => raw.accountId)).toEqual([service.id, press.id]);
    expect(tools.commits).toHaveLength(1);
  });

  test('answers 250 only after the commit', async () => {
    const { tools, client } = await open();
    const { storing, commit } = slowStore(tools);
    const c = await client();
    let isAnswered = false;
    const answer = c.deliver('a@kunde.test', ['service@shop.test'], mail('d')).finally(() => (isAnswered = true));
    await storing;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isAnswered).toBe(false);
    commit();
    expect(await answer).toMatch(/^250/);
  });

  test('answers 451 when it cannot store, and takes the same mail when it can again', async () => {
    const { tools, client } = await open();
    const c = await client();
    tools.failNext(1);
    expect(await c.deliver('a@kunde.test', ['service@shop.test'], mail('e'))).toMatch(/^451/);
    expect(tools.stored).toHaveLength(0);
    expect(await c.deliver('a@kunde.test', ['service@shop.test'], mail('e'))).toMatch(/^250/);
    // The first 250 may have been lost on the way: the sender repeats, with another Received line on top.
    expect(await c.deliver('a@kunde.test', ['service@shop.test'], `Received: again\r\n${mail('e')}`)).toMatch(/^250/);
    expect(tools.stored).toHaveLength(1);
  });

  test('answers 451 to a recipient while addresses cannot be looked up', async () => {
    const tools = memoryTools([service]);
    tools.accountsByAddress = () => Promise.reject(new Error('the database is away'));
    const { client } = await open({}, tools);
    expect(await (await client()).deliver('a@kunde.test', ['service@shop.test'], mail('f'))).toMatch(/^451/);
  });

  test('one mail that cannot be stored does not turn away those it shares a transaction with', async () => {
    const { tools, client } = await open();
    tools.beforeStore = (items) => {
      if (items.some((item) => item.platformId === 'bad@kunde.test')) throw new Error('poison');
    };
    const answers = await Promise.all(
      ['g', 'bad', 'h', 'i'].map(async (id) => (await client()).deliver('a@kunde.test', ['service@shop.test'], mail(id))),
    );
    expect(answers.map((answer) => answer.slice(0, 3))).toEqual(['250', '451', '250', '250']);
  });

  test('refuses what is larger than allowed with 552, announced or not, and goes on', async () => {
    const { tools, client } = await open({ mailBytes: 100_000 });
    const c = await client();
    expect(await c.say('MAIL FROM:<a@kunde.test> SIZE=100001')).toMatch(/^552/);
    expect(await c.deliver('a@kunde.test', ['service@shop.test'], mail('k', 'x'.repeat(200_000)))).toMatch(/^552/);
    expect(await c.deliver('a@kunde.test', ['service@shop.test'], mail('l'))).toMatch(/^250/);
    expect(tools.stored).toHaveLength(1);
  });

  test('takes a mail of 39 MB', async () => {
    const { tools, client } = await open();
    const body = `${'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo='.repeat(2)}\r\n`.repeat(550_000);
    expect(await (await client()).deliver('a@kunde.test', ['service@shop.test'], mail('m', body))).toMatch(/^250/);
    expect(tools.stored[0]?.content.byteLength).toBeGreaterThan(39_000_000);
  });

  test('refuses with 452 when too many bytes are on their way at once', async () => {
    const { tools, client } = await open({ heldBytes: 300_000 });
    const { storing, commit } = slowStore(tools);
    const [first, second] = await Promise.all([client(), client()]);
    const answer = first.deliver('a@kunde.test', ['service@shop.test'], mail('n', 'x'.repeat(250_000)));
    await storing;
    const offer = () => second.deliver('a@kunde.test', ['service@shop.test'], mail('o', 'x'.repeat(100_000)));
    expect(await offer()).toMatch(/^452/);
    commit();
    expect(await answer).toMatch(/^250/);
    expect(await offer()).toMatch(/^250/);
  });

  test('takes no more than a thousand of ten thousand recipients, 452 for the rest', async () => {
    const { tools, client } = await open();
    const c = await client();
    await c.say('MAIL FROM:<a@kunde.test>');
    const lines = Array.from({ length: 10_000 }, (_, i) => `RCPT TO:<service+${i}@shop.test>\r\n`);
    c.write(lines.join(''));
    const counts = new Map<string, number>();
    for (let i = 0; i < lines.length; i += 1) {
      const code = (await c.reply()).slice(0, 3);
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual({ '250': 1_000, '452': 9_000 });
    await c.say('DATA');
    c.write(`${mail('p')}.\r\n`);
    expect(await c.reply()).toMatch(/^250/);
    expect(tools.stored).toHaveLength(1);
  });

  test('understands commands and mails sent in one go (pipelining)', async () => {
    const { tools, client } = await open();
    const c = await client();
    const one = (id: string) => `MAIL FROM:<a@kunde.test>\r\nRCPT TO:<service@shop.test>\r\nDATA\r\n${mail(id)}.\r\n`;
    c.write(one('q') + one('r') + one('s'));
    const codes: string[] = [];
    for (let i = 0; i < 12; i += 1) codes.push((await c.reply()).slice(0, 3));
    expect(codes.join(' ')).toBe('250 250 354 250 250 250 354 250 250 250 354 250');
    expect(tools.stored.map((raw) => raw.platformId)).toEqual(['q@kunde.test', 'r@kunde.test', 's@kunde.test']);
  });

  test('does not take a lone line feed for the end of a mail (SMTP smuggling)', async () => {
    const { tools, client } = await open();
    const c = await client();
    await c.say('MAIL FROM:<a@kunde.test>');
    await c.say('RCPT TO:<service@shop.test>');
    await c.say('DATA');
    c.write(
      `${mail('t')}\n.\nMAIL FROM:<evil@evil.test>\nRCPT TO:<service@shop.test>\nDATA\nSubject: forged\n\n\n.\r\nstill the first\r\n.\r\n`,
    );
    expect(await c.reply()).toMatch(/^250/);
    expect(tools.stored).toHaveLength(1);
  });

  test('survives malformed input: no headers, NUL, eight bits, endless lines, no command', async () => {
    const { tools, client } = await open();
    const c = await client();
    for (const odd of [
      '',
      '\r\n',
      'no header at all',
      'A: b',
      '\0\0\0',
      Buffer.from([0xff, 0xfe, 0x0d, 0x0a, 0x80]),
      `Message-ID: <a\0b@c>\r\n\r\n${'x'.repeat(70_000)}`,
    ])
      expect(await c.deliver('', ['service@shop.test'], odd)).toMatch(/^250/);
    expect(tools.stored.every((raw) => !/\0/.test(raw.platformId ?? ''))).toBe(true);
    expect(await c.say('WHAT IS THIS')).toMatch(/^500/);
    expect(await c.say('MAIL FROM:<a@kunde.test\x01> X')).toMatch(/^5/);
  });

  test('refuses a mail that runs in a circle', async () => {
    const { client } = await open();
    const circled = 'Received: from a by b\r\n'.repeat(101) + mail('u');
    expect(await (await client()).deliver('a@kunde.test', ['service@shop.test'], circled)).toMatch(/^554/);
  });

  test('forgets a mail whose sender breaks off in the middle', async () => {
    const { tools, client } = await open();
    const c = await client();
    await c.say('MAIL FROM:<a@kunde.test>');
    await c.say('RCPT TO:<service@shop.test>');
    await c.say('DATA');
    c.write(mail('v'));
    c.end();
    await c.closed;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(tools.stored).toHaveLength(0);
  });

  test('ends silent and trickling connections', async () => {
    const { client } = await open({ idleMilliseconds: 200, turnMilliseconds: 600 });
    const silent = await client();
    await silent.closed;
    const trickling = await client();
    const timer = setInterval(() => trickling.write('N'), 50);
    await trickling.closed;
    clearInterval(timer);
    await expect(trickling.reply()).resolves.toMatch(/^4/);
  });

  test('bounds the connections of one address', async () => {
    const { client } = await open({ connectionsPerAddress: 2 });
    await client();
    await client();
    await expect(client()).rejects.toThrow(/ended/);
  });

  test('offers STARTTLS with a certificate and not without', async () => {
    const folder = makeServerFolder();
    closers.push(() => removeServerFolder(folder));
    const files = makeCertificate(folder, 'door');
    const smtpCertificate = { certificate: readFileSync(files.certificate, 'utf8'), key: readFileSync(files.key, 'utf8') };
    const plain = await open();
    expect(await (await plain.client()).say('EHLO again')).not.toMatch(/STARTTLS/);
    const { door, tools } = await open({}, memoryTools([service], { smtpCertificate }));
    const transport = nodemailer.createTransport({
      host: '127.0.0.1',
      port: Number(door.address.split(':')[1]),
      requireTLS: true,
      tls: { ca: smtpCertificate.certificate, servername: 'localhost' },
    });
    await transport.sendMail({ from: 'a@kunde.test', to: 'service@shop.test', subject: 'Grüße', text: 'verschlüsselt' });
    transport.close();
    expect(tools.stored[0]?.envelope).toMatchObject({ secure: true });
  });

  test('finishes what it has begun when it stops', async () => {
    const { door, tools, client } = await open();
    const { storing, commit } = slowStore(tools);
    const answer = (await client()).deliver('a@kunde.test', ['service@shop.test'], mail('w'));
    await storing;
    const stopped = door.stop();
    commit();
    await stopped;
    expect(await answer).toMatch(/^250/);
    expect(tools.stored).toHaveLength(1);
  });
});

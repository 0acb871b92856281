import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { conversationEndpoints as api } from '../../contract/conversations.ts';
import { toolsFor } from '../../server/modules/channels/registry/tools.ts';
import { createAccount, sendAllDue } from '../../server/modules/channels/testing.ts';
import { type Cast, cast } from '../../server/modules/workspace/testing.ts';
import { sql } from '../../server/platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../server/testing/house.ts';
import { openDoor } from './server/door/door.ts';
import { type SmtpClient, smtpClient } from './testing/smtp-client.ts';

/** A customer's mail with a picture in its text, forwarded to a workshop whose mail server is a real one: what arrives there is what the adviser saw. */
let house: TestHouse;
let people: Cast;
let door: Awaited<ReturnType<typeof openDoor>>;
let client: SmtpClient;
let workshop: SMTPServer;
const arrived: Buffer[] = [];

beforeAll(async () => {
  workshop = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        arrived.push(Buffer.concat(pieces));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => workshop.listen(0, '127.0.0.1', resolve));
  house = await testHouse();
  people = await cast(house);
  await createAccount(house, {
    kind: 'email',
    address: 'service@haus.example',
    teamId: people.team.id,
    settings: { smtpHost: '127.0.0.1', smtpPort: (workshop.server.address() as AddressInfo).port },
  });
  door = await openDoor(toolsFor(house.house.platform, 'email'));
  client = await smtpClient(door.address);
});
afterAll(async () => {
  client?.end();
  await door?.stop();
  await house?.close();
  await new Promise<void>((resolve) => workshop.close(() => resolve()));
});

const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const bill = Buffer.from('%PDF-1.4 die Rechnung');

const part = (headers: string[], content: Buffer) => [
  '--grenze',
  ...headers,
  'Content-Transfer-Encoding: base64',
  '',
  content.toString('base64'),
];
const damaged = [
  'From: Erika Klein <klein@post.example>',
  'To: Service <service@haus.example>',
  'Cc: Nachbar <nachbar@post.example>',
  'Message-ID: <schaden@post.example>',
  'Subject: Schaden an der Waschmaschine',
  'MIME-Version: 1.0',
  'Content-Type: multipart/related; boundary=grenze',
  '',
  ...part(
    ['Content-Type: text/html; charset=utf-8'],
    Buffer.from(
      `<p>Guten Tag,</p><p>so sieht die Tür aus:</p><p><img src="cid:tuer@post"></p><p>Erika Klein</p>
<p>Am 02.02.2026 um 09:00 schrieb Service &lt;service@haus.example&gt;:</p><blockquote type="cite"><p>Bitte senden Sie uns ein Foto der Tür.</p></blockquote>`,
    ),
  ),
  ...part(
    ['Content-Type: image/png; name="tuer.png"', 'Content-ID: <tuer@post>', 'Content-Disposition: inline; filename="tuer.png"'],
    picture,
  ),
  ...part(['Content-Type: application/pdf; name="rechnung.pdf"', 'Content-Disposition: attachment; filename="rechnung.pdf"'], bill),
  '--grenze--',
  '',
].join('\r\n');

async function forwarded(): Promise<{ mail: Email; sizes: [string, number][] }> {
  const { id } = await house.db.one<{ id: string }>(
    sql`select conversation_id as id from messages where platform_id = 'schaden@post.example'`,
  );
  const { messages } = (await house.call(people.kim, api.open, { id })).body;
  const { fence } = (await house.call(people.kim, api.claim, { id })).body.lease;
  const content = {
    text: 'Könnt ihr die Tür tauschen?',
    to: [{ name: 'Werkstatt', address: 'werkstatt@partner.example' }],
    subject: 'WG: Schaden',
  };
  const about = {
    id,
    fence,
    draftId: crypto.randomUUID(),
    undoSeconds: 0,
    messageIds: messages.filter(({ direction }) => direction === 'in').map((message) => message.id),
  };
  const sent = await house.call(people.kim, api.forward, { ...about, ...content });
  expect(sent.status).toBe(201);
  await sendAllDue(house);
  const raw = arrived.at(-1);
  if (!raw) throw new Error('Nothing arrived at the workshop');
  return { mail: await new PostalMime().parse(raw), sizes: sent.body.message.attachments.map(({ filename, size }) => [filename, size]) };
}

test('a third party gets the pictures in the text, every file, the quoted history and who wrote what when, in words and time of here', async () => {
  expect(await client.deliver('klein@post.example', ['service@haus.example'], damaged)).toMatch(/^250/);
  await house.drain();
  const { mail, sizes } = await forwarded();

  const text = (mail.text ?? '').replaceAll('\r\n', '\n');
  expect(text.slice(0, text.indexOf('Guten Tag'))).toBe(`Könnt ihr die Tür tauschen?

---------- Weitergeleitete Nachricht ----------
Von: Erika Klein <klein@post.example>
Gesendet: 23. November 2026 um 10:00
An: Service <service@haus.example>
Kopie: Nachbar <nachbar@post.example>
Betreff: Schaden an der Waschmaschine

`);
  expect(text).toContain('so sieht die Tür aus:');
  expect(text).toContain('Bitte senden Sie uns ein Foto der Tür.');
  expect(text).not.toContain('UTC');

  const files = mail.attachments.map(({ filename, content }) => [filename, Buffer.from(content as ArrayBuffer)]);
  expect(files).toEqual([
    ['tuer.png', picture],
    ['rechnung.pdf', bill],
  ]);
  expect(sizes).toEqual([
    ['tuer.png', picture.length],
    ['rechnung.pdf', bill.length],
  ]);
});

test('the company’s language decides how it is introduced', async () => {
  await house.db.exec(sql`insert into settings (key, value) values ('company', '{"locale": "en"}')
    on conflict (key) do update set value = settings.value || excluded.value`);
  const { mail } = await forwarded();
  expect(mail.text).toMatch(/-- Forwarded message --[^]*From: Erika Klein[^]*Sent: 23 November 2026 at 10:00[^]*Subject: Schaden/);
});

import { createServer, type Server } from 'node:net';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { freePorts } from '../channels/email/testing/ports.ts';
import { smtpClient } from '../channels/email/testing/smtp-client.ts';
import { loadModules } from '../server/modules/order.ts';
import { authenticate, authenticateAgain } from '../server/modules/workspace/index.ts';
import { readConfig } from '../server/platform/config/config.ts';
import { type House, startHouse } from '../server/platform/house/house.ts';
import { createLog } from '../server/platform/log.ts';
import { cleanDatabase } from '../server/testing/database.ts';

// Everything here is somebody's: none of it may stand in a log line or a metric, whatever goes wrong.
const personal = ['Klein', 'klein@', 'Lang', 'dorit@', 'Neuling', 'neuling@', 'Waschmaschine', 'Trockner', 'Kellertreppe', 'Geheimnis'];
const password = 'vier Pferde kochen Geheimnis';

let house: House;
let refusing: Server;
let smtpPort = 0;
let lines = '';
beforeAll(async () => {
  const [door = 0, mailServer = 0] = await freePorts(2);
  smtpPort = door;
  refusing = await mailServerThatRefuses(mailServer);
  const env = {
    PORT: '0',
    SMTP_PORT: String(door),
    SMTP_URL: `smtp://127.0.0.1:${mailServer}`,
    NAHBAR_DATA: '/nonexistent',
    LOG_LEVEL: 'trace',
  };
  const config = readConfig({ ...env, NAHBAR_RATE_LIMIT: '0' });
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines += String(chunk);
      done();
    },
  });
  const secret = 'a secret for tests only, thirty-two characters';
  const database = await cleanDatabase({ max: 12 });
  const log = createLog({ ...config, logFormat: 'json' }, sink);
  house = await startHouse({ config, log, secret, modules: await loadModules(), authenticate, authenticateAgain, database });
}, 60_000);
afterAll(async () => {
  await house.close();
  refusing.close();
});

it('a short working day leaves no name, address, subject or word of anybody in logs and metrics', async () => {
  const call = browserOf(house.address);
  await call('POST', '/setup', { company: 'Haus', locale: 'de', name: 'Dorit Lang', email: 'dorit@haus.example', password });
  const team = (await call<{ items: { id: string }[] }>('GET', '/teams')).items[0]?.id;
  const account = {
    channel: 'email',
    name: 'Service',
    address: 'service@haus.example',
    teamId: team,
    signature: 'Dorit Lang',
    active: true,
  };
  await call('POST', '/channels/accounts', { ...account, settings: {} });
  for (const mail of mails) {
    const sender = await smtpClient(`127.0.0.1:${smtpPort}`);
    expect(await sender.deliver('erika.klein@post.example', ['service@haus.example'], mail)).toMatch(/^250/);
    sender.end();
  }
  const list = await until(
    () => call<{ items: { id: string; lastSeq: number; customerId: string; caseId: string }[] }>('GET', '/conversations?view=open'),
    (page) => page.items.length >= 2 && page.items.every((item) => item.caseId),
  );
  const [one] = list.items;
  if (!one) throw new Error('Nothing arrived');

  const { port } = new URL(house.address);
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/stream`, { headers: { cookie: call.cookie() } });
  await new Promise((ready) => socket.once('message', ready));
  socket.send(JSON.stringify({ op: 'watch', kind: 'conversation', id: one.id }));
  socket.send('{"op":"Waschmaschine"');
  const { lease } = await call<{ lease: { fence: number } }>('POST', `/conversations/${one.id}/claim`, { mode: 'take' });
  const answer = { draftId: crypto.randomUUID(), fence: lease.fence, baseSeq: one.lastSeq, text: 'Der Trockner kommt.', undoSeconds: 0 };
  const to = [{ name: 'Erika Klein', address: 'erika.klein@post.example' }];
  await call('PUT', `/conversations/${one.id}/drafts/reply`, { text: 'Kellertreppe', baseSeq: 1, version: 0 });
  await call('POST', `/conversations/${one.id}/messages`, { ...answer, to });
  await call('POST', `/conversations/${one.id}/messages`, {
    ...answer,
    draftId: crypto.randomUUID(),
    to: [{ name: 'Klein', address: 'klein@' }],
  });
  await call('POST', `/conversations/${one.id}/notes`, { noteId: crypto.randomUUID(), text: 'Frau Klein hat eine Kellertreppe.' });
  // What is refused, broken, or asked for wrongly.
  await call('GET', '/messages?q=Waschmaschine');
  await call('GET', '/cases?q=Klein&cursor=Kellertreppe');
  await call('GET', '/customers?q=klein@post.example');
  await call('GET', `/conversations/Kellertreppe`);
  await call('GET', '/Geheimnis/klein@post.example');
  await call('PATCH', `/customers/${one.customerId}`, { name: 'Erika Klein\u0000' });
  await call('POST', '/sign-in', { email: 'neuling@haus.example', password: 'Geheimnis' });
  await call('POST', '/password-resets', { email: 'dorit@haus.example' });
  await call('POST', '/webhooks', { url: 'http://127.0.0.1:1/Geheimnis', events: ['*'] });
  await call('POST', '/people', { name: 'Nora Neuling', email: 'neuling@haus.example', roles: ['agent'], teamIds: [team], siteId: null });
  await until(
    async () => lines,
    (text) => text.includes('workspace.mail_notice'),
  );
  socket.terminate();
  const metrics = await (await fetch(`${house.address}/metrics`)).text();
  const failed = JSON.stringify(await call('GET', '/jobs/failed'));

  expect(lines).toContain('door opened');
  for (const text of [lines, metrics, failed]) for (const word of personal) expect(text).not.toContain(word);
}, 60_000);

const head = 'From: Erika Klein <erika.klein@post.example>\r\nTo: service@haus.example\r\n';
const mails = [
  `${head}Message-ID: <1.klein@post.example>\r\nSubject: Waschmaschine\r\n\r\nSie steht auf der Kellertreppe.\r\n`,
  `${head}Message-ID: <2.klein@post.example>\r\nSubject: Trockner\u0000\r\nContent-Type: text/html; charset=klein\r\n\r\n<p>Geheimnis\u0000\r\n`,
  `Content-Type: multipart/mixed; boundary=Klein\r\nSubject: =?Klein?Q?Waschmaschine`,
];

/** Signs in and keeps the cookie; answers with whatever came. */
function browserOf(origin: string) {
  let cookie = '';
  const call = async <T = unknown>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: { 'x-nahbar': '1', ...(cookie ? { cookie } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return response.json() as T;
  };
  return Object.assign(call, { cookie: () => cookie });
}

/** A mail server that names in its refusal whom it refuses, as they do. */
async function mailServerThatRefuses(port: number): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write('220 refuses\r\n');
    socket.on('data', (data) => {
      const address = /^RCPT TO:(\S+)/i.exec(String(data))?.[1];
      socket.write(address ? `550 5.1.1 ${address} Neuling is unknown\r\n` : '250 fine\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

async function until<T>(look: () => Promise<T>, isDone: (found: T) => boolean): Promise<T> {
  for (let waited = 0; ; waited += 50) {
    const found = await look();
    if (isDone(found)) return found;
    if (waited > 20_000) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

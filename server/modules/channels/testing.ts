import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Outgoing, StoredRaw } from '../../../contract/channel.ts';
import { system } from '../../platform/actor.ts';
import { transaction } from '../../platform/context.ts';
import { type Db, sql } from '../../platform/database/sql.ts';
import { newId } from '../../platform/ids.ts';
import type { TestHouse } from '../../testing/house.ts';
import { storeCompanySettings } from '../workspace/index.ts';
import { bookOf } from './accounts/book.ts';
import { mergeSettings } from './accounts/settings.ts';
import { storeRaw } from './intake/store.ts';
import { type SendOptions, sendDue } from './outbox/sender.ts';
import { channelOf } from './registry/registry.ts';

export const echoSecret = 'a secret both sides know';

/** The company's setting that tests with a service on loopback need. */
export const allowOwnNetwork = (house: TestHouse): Promise<void> => storeCompanySettings(house.db, { privateAddresses: true });

/** An account of any channel; of `echo` unless said. */
export async function createAccount(
  house: TestHouse,
  given: {
    kind?: string;
    name?: string;
    address?: string;
    teamId?: string | null;
    signature?: string;
    active?: boolean;
    settings?: Record<string, unknown>;
  } = {},
): Promise<{ id: string; kind: string; address: string }> {
  const id = newId();
  const kind = given.kind ?? 'echo';
  const address = given.address ?? `service-${id.slice(-6)}`;
  const channel = channelOf(kind);
  if (!channel) throw new Error(`No channel ${kind}`);
  const settings = given.settings ?? (kind === 'echo' ? { secret: echoSecret } : {});
  const { stored } = mergeSettings(channel, undefined, settings, house.house.platform.secrets);
  await house.db.exec(sql`insert into channel_accounts (id, kind, name, address, team_id, signature, active, settings, secrets, created_at)
    values (${id}, ${kind}, ${given.name ?? 'Service'}, ${address}, ${given.teamId ?? null}, ${given.signature ?? null}, ${given.active ?? true},
      ${sql.json(stored.settings)}, ${sql.json(stored.secrets)}, ${house.clock.now()})`);
  bookOf(house.house.platform).forget();
  return { id, kind, address };
}

/** A call of the echo service to the hook, signed. Gives the HTTP reply. */
export async function echoCalls(
  house: TestHouse,
  accountId: string,
  body: Record<string, unknown>,
  more: { delivery?: string; secret?: string; contentType?: string } = {},
): Promise<{ status: number; body: unknown }> {
  const payload = JSON.stringify(body);
  const signature = createHmac('sha256', more.secret ?? echoSecret)
    .update(payload)
    .digest('hex');
  const response = await house.house.http.inject({
    method: 'POST',
    url: `/api/v1/channels/accounts/${accountId}/hook`,
    payload,
    headers: {
      'content-type': more.contentType ?? 'application/json',
      'x-echo-signature': `sha256=${signature}`,
      ...(more.delivery ? { 'x-echo-delivery': more.delivery } : {}),
    },
  });
  return { status: response.statusCode, body: response.json() };
}

/** A message as the echo service sends it. */
export const echoMessage = (given: { id?: string; text?: string; from?: string; name?: string; chat?: string; answers?: string } = {}) => ({
  type: 'message',
  id: given.id ?? newId(),
  chat: given.chat ?? 'chat-1',
  from: { id: given.from ?? 'klein', name: given.name ?? 'Frau Klein' },
  text: given.text ?? 'Guten Tag',
  at: '2026-11-23T08:59:00Z',
  ...(given.answers ? { answers: given.answers } : {}),
});

/** A message to send with everything left out filled in. */
export const outgoing = (given: Partial<Outgoing> & { messageId: string }): Outgoing => ({
  conversationId: given.messageId,
  visibility: 'private',
  to: [{ name: 'Frau Klein', address: 'klein' }],
  cc: [],
  bcc: [],
  subject: null,
  text: 'Gern geschehen',
  html: null,
  attachments: [],
  inReplyTo: null,
  references: [],
  threadKey: 'chat-1',
  automatic: false,
  language: null,
  at: new Date('2026-11-23T09:00:00Z'),
  ...given,
});

/** Sends everything that is due now, as the worker does by itself outside tests. Returns how many it took. */
export async function sendAllDue(house: TestHouse, options: SendOptions = {}): Promise<number> {
  let count = 0;
  for (let taken = -1; taken !== 0; count += taken) taken = await sendDue(house.house.platform, options);
  return count;
}

/** Where echo's replies go: takes each idempotency key once, tells what it got, answers as it is told to. */
export interface EchoService {
  url: string;
  /** Messages taken, by key, in order. */
  taken: { key: string; body: Record<string, unknown> }[];
  /** Calls of each kind, refused ones too. */
  calls: { post: number; get: number };
  /** What the next posts are answered with: a status, or `hang_up` after taking the message. Empty: 200. */
  answers: (number | 'hang_up' | { status: number; headers: Record<string, string> })[];
  /** Called when a message was taken, before the answer. */
  onTaken: ((key: string) => Promise<void> | void) | undefined;
  stop(): Promise<void>;
}

export async function echoService(): Promise<EchoService> {
  const server: Server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      if (request.method === 'GET') {
        service.calls.get += 1;
        const known = service.taken.some((one) => request.url?.endsWith(`/${one.key}`));
        return response.writeHead(known ? 200 : 404).end();
      }
      if (request.method !== 'POST') return response.writeHead(204).end();
      service.calls.post += 1;
      const answer = service.answers.shift() ?? 200;
      const takes = answer === 200 || answer === 'hang_up';
      const key = String(request.headers['idempotency-key']);
      if (takes && !service.taken.some((one) => one.key === key)) {
        service.taken.push({ key, body: JSON.parse(body) as Record<string, unknown> });
        await service.onTaken?.(key);
      }
      if (answer === 'hang_up') return response.destroy();
      if (typeof answer === 'number') return response.writeHead(answer).end('{}');
      return response.writeHead(answer.status, answer.headers).end();
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const service: EchoService = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/replies`,
    taken: [],
    calls: { post: 0, get: 0 },
    answers: [],
    onTaken: undefined,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return service;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text;
}

/** An outbox row's state, for tests. */
export const outboxState = (
  db: Db,
  messageId: string,
): Promise<{ state: string; attempts: number; code: string | null; uncertain: boolean }> =>
  db.one(sql`select state, attempts, problem->>'code' as code, uncertain from outbox where message_id = ${messageId}`);

/** A raw mail arrives on an account, as through a door of its channel; what follows from it is handled by `drain`. */
export const mailArrives = (
  house: TestHouse,
  accountId: string,
  mail: string | Uint8Array,
  receivedAt = house.clock.now(),
  envelope?: Record<string, unknown>,
): Promise<StoredRaw[]> =>
  transaction(house.house.platform, system, (ctx) => {
    const content = typeof mail === 'string' ? Buffer.from(mail.replace(/\r?\n/g, '\r\n')) : mail;
    return storeRaw(ctx, [
      { accountId, platformId: null, content, mediaType: 'message/rfc822', receivedAt, ...(envelope ? { envelope } : {}) },
    ]);
  });

/** Whether a problem's text can help: at least what happened, what was kept and what to do, in whole sentences. */
export const saysEnough = (text: string | undefined): boolean =>
  (text?.match(/[.;](?= |$)/g)?.length ?? 0) >= 3 && text?.endsWith('.') === true;

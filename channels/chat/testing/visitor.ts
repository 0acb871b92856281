import { createHmac } from 'node:crypto';
import WebSocket from 'ws';
import type { ServerFrame, ShownState, Started } from '../protocol.ts';

export const shop = 'https://www.shop.example';
export const identitySecret = 'the secret that the shop and its chat have in common';

export interface Answer<T> {
  status: number;
  body: T;
  /** Why it was refused, in the channel's own word, or the general code. */
  reason: string;
  allowed: string | null;
  bytes: Buffer;
}

/** What a page of the shop can do, over the network as a browser would. */
export interface Page {
  call<T = unknown>(name: string, body: Record<string, unknown>): Promise<Answer<T>>;
  start(more?: Record<string, unknown>): Promise<Started>;
  look(secret: string, token?: string): Promise<ShownState>;
  say(secret: string, text: string, more?: Record<string, unknown>): Promise<Answer<unknown>>;
  line(said: { secret: string; token?: string }): Promise<OpenLine>;
}

export interface OpenLine {
  frames: ServerFrame[];
  states(): ShownState[];
  send(frame: object): void;
  close(): void;
  closed: Promise<number>;
}

export function page(base: string, accountId: string, origin: string | null = shop): Page {
  const place = `${base}/api/v1/channels/accounts/${accountId}/entrance`;
  const call: Page['call'] = async (name, body) => {
    const response = await fetch(`${place}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain;charset=UTF-8', ...(origin === null ? {} : { origin }) },
      body: JSON.stringify(body),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const read = (isJson && bytes.length > 0 ? JSON.parse(bytes.toString()) : {}) as { code?: string; data?: { reason?: string } };
    return {
      status: response.status,
      body: read as never,
      reason: read.data?.reason ?? read.code ?? '',
      allowed: response.headers.get('access-control-allow-origin'),
      bytes,
    };
  };
  const must = <T>({ status, body, reason }: Answer<T>): T => {
    if (status !== 200) throw new Error(`refused with ${status} ${reason}`);
    return body;
  };
  let count = 0;
  return {
    call,
    start: async (more = {}) => must(await call<Started>('start', more)),
    look: async (secret, token) => must(await call<ShownState>('look', { secret, ...(token ? { token } : {}) })),
    say: (secret, text, more = {}) => call('say', { secret, id: `message-${accountId.slice(-6)}-${count++}`, text, ...more }),
    async line(said) {
      const ws = new WebSocket(place.replace(/^http/, 'ws'), origin === null ? {} : { origin });
      const frames: ServerFrame[] = [];
      ws.on('message', (data) => frames.push(JSON.parse((data as Buffer).toString()) as ServerFrame));
      const closed = new Promise<number>((resolve) => ws.on('close', resolve));
      await new Promise<void>((resolve, reject) => {
        ws.on('open', resolve);
        ws.on('error', reject);
      });
      ws.on('error', () => {});
      ws.send(JSON.stringify(said));
      return {
        frames,
        states: () => frames.flatMap((frame) => (frame.kind === 'state' ? [frame.state] : [])),
        send: (frame) => ws.send(JSON.stringify(frame)),
        close: () => ws.close(),
        closed,
      };
    },
  };
}

/** A token as the shop's server makes it; see the README. */
export function tokenFor(claims: Record<string, unknown>, secret = identitySecret, head: object = { alg: 'HS256', typ: 'JWT' }): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part(head)}.${part(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

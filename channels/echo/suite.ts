import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HookRequest } from '../../contract/channel.ts';
import type { ChannelSuite, SuiteService } from '../../contract/channel-suite.ts';

const secret = 'a secret both sides know';
const fixture = (name: string) => ({ content: readFileSync(new URL(`fixtures/${name}`, import.meta.url)), mediaType: 'application/json' });

function call(body: Uint8Array, key: string | null): HookRequest {
  const signature = key === null ? undefined : `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
  return { method: 'POST', headers: { 'x-echo-signature': signature, 'x-echo-delivery': 'd-1' }, query: {}, body };
}

export const suite: ChannelSuite = {
  account: { address: 'service', settings: { secret } },
  fixtures: [
    {
      name: 'a message with a file',
      raw: fixture('message.json'),
      becomes: [
        {
          kind: 'message',
          platformId: 'm-1001',
          from: { kind: 'handle', value: 'echo:klein', label: 'Klein', name: 'Frau Klein' },
          text: 'Guten Tag,\nwo bleibt mein Paket?',
          attachments: [{ filename: 'beleg.txt', mediaType: 'text/plain', inline: false }],
          threading: { platformIds: ['m-1001', 'm-1000'], threadKeys: ['chat-7'] },
        },
      ],
    },
    {
      name: 'a question in front of everybody',
      raw: fixture('public.json'),
      becomes: [{ kind: 'message', visibility: 'public', threading: { threadKeys: ['wall-2'] } }],
    },
    {
      name: 'an automatic answer',
      raw: fixture('automatic.json'),
      becomes: [{ kind: 'message', automatic: 'auto_reply', neverAnswer: true, attachments: [] }],
    },
    {
      name: 'a receipt of failure',
      raw: fixture('receipt-failed.json'),
      becomes: [{ kind: 'receipt', state: 'failed', problem: { code: 'not_delivered', text: 'no such chat', permanence: 'permanent' } }],
    },
    { name: 'an edit', raw: fixture('edit.json'), becomes: [{ kind: 'edit', platformId: 'm-1001', text: 'Hat sich erledigt' }] },
    { name: 'a deletion', raw: fixture('deletion.json'), becomes: [{ kind: 'deletion', platformId: 'm-1001' }] },
  ],
  unknownEvent: fixture('unknown-event.json'),
  unreadable: { content: Buffer.from('{"type":"message"'), mediaType: 'application/json' },
  addresses: [
    [' Klein ', 'klein'],
    ['Frau.Klein@echo', 'frau.klein@echo'],
    ['two words', null],
    ['', null],
  ],
  hook: {
    genuine: (body) => call(body, secret),
    forged: (body) => [
      call(body, 'another secret'),
      call(body, null),
      { ...call(body, secret), body: Buffer.concat([body, Buffer.from(' ')]) },
    ],
  },
  service,
};

/** Answers as told, else takes what it gets. */
async function service(): Promise<SuiteService> {
  const taken = new Map<string, string>();
  let next: number | 'hang_up' = 200;
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (piece: Buffer) => (text += piece.toString()));
    request.on('end', () => {
      if (request.method === 'GET') return response.writeHead(taken.has(request.url?.split('/').at(-1) ?? '') ? 200 : 404).end();
      const answer = next;
      next = 200;
      if (answer === 'hang_up') return response.destroy();
      if (answer === 200) taken.set(String(request.headers['idempotency-key']), (JSON.parse(text) as { text: string }).text);
      return response.writeHead(answer).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const failing = (name: string, permanence: SuiteService['failures'][number]['permanence'], answer: typeof next) => ({
    name,
    permanence,
    arrange() {
      next = answer;
    },
  });
  return {
    settings: { deliverTo: `http://127.0.0.1:${(server.address() as AddressInfo).port}/replies` },
    taken: () => [...taken.values()],
    failures: [
      failing('too many requests', 'temporary', 429),
      failing('out of service', 'temporary', 503),
      failing('refused', 'permanent', 422),
      failing('access ended', 'reauthorise', 401),
      failing('broke down', 'unknown', 500),
      failing('hung up', 'unknown', 'hang_up'),
    ],
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

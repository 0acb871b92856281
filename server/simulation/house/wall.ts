import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer of ours as everybody reads it. */
export interface Posted {
  messageId: string;
  /** Below which post. */
  chat: string;
}

/** Where customers write so that everybody can read it. Like their mail server it knows nothing of the database, so it can bear witness. */
export interface Wall {
  url: string;
  /** What the place calls our hook with. */
  signed(body: string): Record<string, string>;
  close(): Promise<void>;
}

export const wallSecret = 'what the wall and the house know';
const signatureOf = (body: string): string => `sha256=${createHmac('sha256', wallSecret).update(body).digest('hex')}`;

/** Tells of each answer as often as it comes: whoever sends one twice is found out. */
export async function openWall(onPosted: (posted: Posted) => void): Promise<Wall> {
  const known = new Set<string>();
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      if (request.method !== 'POST') return response.writeHead(known.has(request.url?.split('/').at(-1) ?? '') ? 200 : 404).end();
      if (request.headers['x-echo-signature'] !== signatureOf(body)) return response.writeHead(403).end();
      const { id, chat } = JSON.parse(body) as { id: string; chat: string };
      known.add(id);
      onPosted({ messageId: id, chat });
      return response.writeHead(200).end('{}');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/answers`,
    signed: (body) => ({ 'x-echo-signature': signatureOf(body) }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

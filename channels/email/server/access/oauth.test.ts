import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { mailAccount, memoryTools } from '../../testing/memory-tools.ts';
import { accessToken, NoToken } from './oauth.ts';

let server: http.Server;
let url: string;
let calls: string[];
beforeEach(() => {
  calls = [];
});
beforeAll(async () => {
  server = http.createServer((request, response) => {
    calls.push(request.url ?? '');
    if (request.url === '/endless') {
      const more = () => void response.write('{'.repeat(64 * 1024), (error) => error ?? more());
      return more();
    }
    const error = decodeURIComponent((request.url ?? '').slice(1));
    response.writeHead(503, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error, error_description: 'words of another house' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Asks an address for a token, with the company's setting as given. */
function ask(oauthTokenUrl: string, { privateAddresses = false } = {}) {
  const { settings } = mailAccount('service@shop.test', { signIn: 'oauth', oauthTokenUrl, oauthRefreshToken: 'refresh' });
  return accessToken({ settings, refreshToken: 'refresh', call: memoryTools([], { privateAddresses }).call });
}

it.each([
  ['temporarily_unavailable', 'The token endpoint answered temporarily_unavailable'],
  ['the key of the door is 4711', 'The token endpoint answered HTTP 503'],
])('of an answer like %j people are shown %j', async (error, shown) => {
  const asked = ask(`${url}/${encodeURIComponent(error)}`, { privateAddresses: true });
  await expect(asked).rejects.toThrow(new NoToken('token_unavailable', shown));
});

it('reads no more than a part of an answer without end, and takes what is no JSON for no token', async () => {
  await expect(ask(`${url}/endless`, { privateAddresses: true })).rejects.toMatchObject({ problem: 'token_unavailable' });
});

it('asks nobody in the own network unless the company allows it, whatever the address looks like', async () => {
  const { port } = new URL(url);
  for (const host of ['127.0.0.1', 'localhost', '0x7f000001', '[::1]'])
    await expect(ask(`http://${host}:${port}/token`)).rejects.toMatchObject({ name: 'NoToken', problem: 'token_address_refused' });
  expect(calls).toEqual([]);
  await expect(ask(`${url}/token`, { privateAddresses: true })).rejects.toMatchObject({ problem: 'token_unavailable' });
  expect(calls).toEqual(['/token']);
});

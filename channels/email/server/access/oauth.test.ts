import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mailAccount } from '../../testing/memory-tools.ts';
import { accessToken } from './oauth.ts';

let server: http.Server;
let url: string;
beforeAll(async () => {
  server = http.createServer((request, response) => {
    const error = decodeURIComponent((request.url ?? '').slice(1));
    response.writeHead(503, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error, error_description: 'words of another house' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

it.each([
  ['temporarily_unavailable', 'The token endpoint answered temporarily_unavailable'],
  ['the key of the door is 4711', 'The token endpoint answered HTTP 503'],
])('of an answer like %j people are shown %j', async (error, shown) => {
  const { settings } = mailAccount('service@shop.test', {
    signIn: 'oauth',
    oauthTokenUrl: `${url}/${encodeURIComponent(error)}`,
    oauthRefreshToken: 'refresh',
  });
  await expect(accessToken({ settings, refreshToken: 'refresh' })).rejects.toThrow(new Error(shown));
});

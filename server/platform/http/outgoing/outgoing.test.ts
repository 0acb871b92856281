import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, isPublic, mayCall } from './outgoing.ts';

it.each([
  ['8.8.8.8', true],
  ['2a00:1450:4001:80b::200e', true],
  ['10.1.2.3', false],
  ['172.31.255.255', false],
  ['192.168.1.1', false],
  ['100.64.0.1', false],
  ['169.254.169.254', false],
  ['0.0.0.0', false],
  ['255.255.255.255', false],
  ['::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:8.8.8.8', false],
  ['64:ff9b::7f00:1', false],
  ['fd00::1', false],
  ['fe80::1', false],
  ['ff02::1', false],
])('the address %s is public: %s', (address, expected) => {
  expect(isPublic(address)).toBe(expected);
});

it.each([
  ['https://example.org/hook', true],
  ['http://2130706433/', false],
  ['http://127.1/', false],
  ['http://[::ffff:a00:1]/', false],
  ['ftp://example.org/', false],
  ['https://user@example.org/', false],
])('%s may be called: %s', (url, expected) => {
  expect(mayCall(new URL(url), false)).toBe(expected);
});

it('refuses a name that points inside where it connects, whatever it pointed to before', async () => {
  const refused = call({
    method: 'POST',
    url: 'http://localhost:9/',
    body: '',
    headers: {},
    timeoutMilliseconds: 1_000,
    allowPrivate: false,
  });
  await expect(refused).rejects.toMatchObject({ code: 'address_not_allowed', connected: false });
});

describe('a call', () => {
  let server: http.Server;
  let url: string;
  beforeAll(async () => {
    server = http.createServer((request, response) => {
      if (request.url === '/hang_up') return void response.destroy();
      if (request.url === '/silent') return;
      if (request.url === '/stops') return void response.write('half', () => response.destroy());
      response.writeHead(request.method === 'HEAD' ? 204 : 200, { 'retry-after': '7', location: `${url}/elsewhere` });
      response.end(request.method === 'HEAD' ? undefined : 'äußerst lang '.repeat(100_000));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  });
  const to = (path: string, more: Partial<Parameters<typeof call>[0]> = {}) =>
    call({ method: 'POST', url: `${url}${path}`, headers: {}, timeoutMilliseconds: 300, allowPrivate: true, ...more });

  it('reads as much of the reply as it was told, and nothing unasked', async () => {
    expect(await to('/')).toMatchObject({ status: 200, body: '' });
    const read = await to('/', { replyBytes: 14 });
    expect(read).toMatchObject({ status: 200, body: 'äußerst lang', headers: { 'retry-after': '7' } });
    expect(await to('/', { method: 'HEAD', replyBytes: 10 })).toMatchObject({ status: 204, body: '' });
  });

  it('says whether the other side may have it', async () => {
    await expect(to('/hang_up')).rejects.toMatchObject({ code: 'unreachable', connected: true });
    await expect(to('/stops', { replyBytes: 100 })).rejects.toMatchObject({ code: 'unreachable', connected: true });
    await expect(to('/silent')).rejects.toMatchObject({ code: 'timeout', connected: true });
    await expect(to('/silent', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'timeout', connected: false });
    await expect(
      call({ method: 'GET', url: 'http://127.0.0.1:9/', headers: {}, timeoutMilliseconds: 300, allowPrivate: true }),
    ).rejects.toMatchObject({
      code: 'unreachable',
      connected: false,
    });
  });
});

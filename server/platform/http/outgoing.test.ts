import { expect, it } from 'vitest';
import { isPublic, mayCall, post } from './outgoing.ts';

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
  const call = post({ url: 'http://localhost:9/', body: '', headers: {}, timeoutMilliseconds: 1_000, allowPrivate: false });
  await expect(call).rejects.toMatchObject({ code: 'address_not_allowed' });
});

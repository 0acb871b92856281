import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workspaceEndpoints as on } from '../../../../contract/workspace.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Browser, createPerson, givePassword, openBrowser, type TestPerson, testPassword } from '../testing.ts';

const origin = 'https://nahbar.haus.example';
let house: TestHouse;
let kim: TestPerson;
let page: Browser;

beforeAll(async () => {
  house = await testHouse({ PUBLIC_URL: origin }, { upTo: 'workspace' });
  kim = await createPerson(house, { name: 'Kim Sommer' });
  await givePassword(house, kim.id);
  page = openBrowser(house);
  await page.call(on.signIn, { email: kim.email, password: testPassword });
});
afterAll(() => house.close());

/** What a device does: keeps a P-256 key and signs with it. Byte layouts after WebAuthn Level 3, 6.1 and 6.5. */
function device({ verifies = true, at = origin } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' });
  const id = randomBytes(32);
  let counter = 0;
  const clientData = (type: string, challenge: unknown) => Buffer.from(JSON.stringify({ type, challenge, origin: at, crossOrigin: false }));
  const authenticatorData = (flags: number, rest = Buffer.alloc(0)) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE((counter += 1));
    const party = createHash('sha256').update('nahbar.haus.example').digest();
    return Buffer.concat([party, Buffer.from([flags | (verifies ? 0x04 : 0)]), count, rest]);
  };
  const envelope = (response: Record<string, string | string[]>) => ({
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
    response,
  });
  return {
    register(options: Record<string, unknown>) {
      const [x, y] = [Buffer.from(String(jwk.x), 'base64url'), Buffer.from(String(jwk.y), 'base64url')];
      const key = Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), x, Buffer.from('225820', 'hex'), y]);
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key]);
      const data = authenticatorData(0x41, attested);
      const text = (s: string) => Buffer.concat([Buffer.from([0x60 + s.length]), Buffer.from(s)]);
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        text('fmt'),
        text('none'),
        text('attStmt'),
        Buffer.from([0xa0]),
        text('authData'),
        Buffer.from([0x58, data.length]),
        data,
      ]);
      return envelope({
        clientDataJSON: clientData('webauthn.create', options['challenge']).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      });
    },
    answer(options: Record<string, unknown>) {
      const data = authenticatorData(0x01);
      const client = clientData('webauthn.get', options['challenge']);
      const signature = sign('sha256', Buffer.concat([data, createHash('sha256').update(client).digest()]), privateKey);
      return envelope({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
      });
    },
  };
}

async function register(key: ReturnType<typeof device>) {
  const { challengeId, options } = (await page.call(on.beginPasskey, { password: testPassword })).body;
  return page.call(on.addPasskey, { challengeId, name: 'Notebook', response: key.register(options) });
}

it('signs in without a name or a password, and its answer works once', async () => {
  const key = device();
  expect((await register(key)).status).toBe(200);
  expect((await page.call(on.listPasskeys, {})).body.items).toMatchObject([{ name: 'Notebook', lastUsedAt: null }]);

  const visitor = openBrowser(house);
  const { challengeId, options } = (await visitor.call(on.passkeySignInOptions, {})).body;
  const response = key.answer(options);
  expect((await visitor.call(on.signInPasskey, { challengeId, response })).body).toEqual({ status: 'signed_in' });
  expect((await visitor.call(on.getMe, {})).body).toMatchObject({ person: { id: kim.id }, secondFactor: { passkeys: 1 } });
  expect((await openBrowser(house).call(on.signInPasskey, { challengeId, response })).code).toBe('workspace.challenge_expired');
});

it('is refused from another page, with another key, and unless the device checked the person', async () => {
  const good = device();
  await register(good);
  expect((await register(device({ at: 'https://nahbar.evil.example' }))).code).toBe('workspace.passkey_refused');
  expect((await register(device({ verifies: false }))).code).toBe('workspace.passkey_refused');
  const { challengeId, options } = (await page.call(on.passkeySignInOptions, {})).body;
  const forged = { ...device().answer(options), id: good.answer(options).id, rawId: good.answer(options).id };
  expect((await openBrowser(house).call(on.signInPasskey, { challengeId, response: forged })).code).toBe('workspace.passkey_refused');
});

it('needs the password to be registered, and goes when its owner removes it', async () => {
  expect((await page.call(on.beginPasskey, { password: 'falsch' })).code).toBe('workspace.password_wrong');
  const key = device();
  const { body } = await register(key);
  expect((await page.call(on.removePasskey, { id: body.id })).status).toBe(200);
  const { challengeId, options } = (await page.call(on.passkeySignInOptions, {})).body;
  const answer = await openBrowser(house).call(on.signInPasskey, { challengeId, response: key.answer(options) });
  expect(answer.code).toBe('workspace.passkey_refused');
});

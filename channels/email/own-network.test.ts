import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { channelsEndpoints as e } from '../../contract/channels.ts';
import { workspaceEndpoints as we } from '../../contract/workspace.ts';
import { startSupervisor } from '../../server/modules/channels/connections/supervisor.ts';
import { type Cast, cast } from '../../server/modules/workspace/testing.ts';
import { type TestHouse, testHouse } from '../../server/testing/house.ts';
import { startTokenServer, type TokenServer } from './testing/token-server.ts';

describe('a mail account whose token address lies in the own network', () => {
  let house: TestHouse;
  let people: Cast;
  let tokens: TokenServer;
  let id: string;
  beforeAll(async () => {
    house = await testHouse({}, { upTo: 'channels' });
    people = await cast(house);
    tokens = await startTokenServer('service@shop.test');
    const settings = {
      signIn: 'oauth',
      oauthTokenUrl: tokens.tokenUrl,
      oauthRefreshToken: tokens.refreshToken,
      // Nobody listens there: with a token the mailbox is the next thing that fails.
      imapHost: '127.0.0.1',
      imapPort: 1,
    };
    const made = await house.call(people.dorit, e.createAccount, {
      channel: 'email',
      name: 'Service',
      address: 'service@shop.test',
      settings,
    });
    id = made.body.account.id;
  });
  afterAll(async () => {
    await tokens.stop();
    await house.close();
  });
  const health = async () => (await house.call(people.mehmet, e.accounts, {})).body.items.find((one) => one.id === id)?.health;
  const tokenStep = async () => (await house.call(people.dorit, e.testAccount, { id })).body.steps.find(({ name }) => name === 'token');

  test('is not asked for: nothing is sent there, and the account’s health says why', async () => {
    const stop = startSupervisor(house.house.platform);
    try {
      await expect.poll(health, { timeout: 10_000 }).toMatchObject({ ok: false, code: 'token_address_refused' });
      const shown = (await house.call(people.dorit, e.account, { id })).body.problemText;
      expect(shown).toBe(`${new URL(tokens.tokenUrl).host}: address_not_allowed`);
      expect(await tokenStep()).toMatchObject({ ok: false, problem: { code: 'token_address_refused' } });
      expect(tokens.exchanges()).toBe(0);

      await house.call(people.dorit, we.changeSettings, { privateAddresses: true });
      // The connection finds out by itself, without the account being touched.
      await expect.poll(health, { timeout: 20_000 }).toMatchObject({ ok: false, code: 'unreachable' });
      expect(tokens.exchanges()).toBeGreaterThan(0);
      expect(await tokenStep()).toEqual({ name: 'token', ok: true });

      await house.call(people.dorit, we.changeSettings, { privateAddresses: false });
      expect(await tokenStep()).toMatchObject({ ok: false, problem: { code: 'token_address_refused' } });
    } finally {
      await stop();
    }
  });
});

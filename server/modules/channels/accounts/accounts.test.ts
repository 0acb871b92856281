import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelsEndpoints as e } from '../../../../contract/channels.ts';
import { workspaceEndpoints as workspace } from '../../../../contract/workspace.ts';
import { system } from '../../../platform/actor.ts';
import { reading, transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast, createTeam } from '../../workspace/testing.ts';
import { reportHealth } from '../connections/health.ts';
import { module } from '../module.ts';
import { toolsFor } from '../registry/tools.ts';
import { allowOwnNetwork, echoSecret, echoService } from '../testing.ts';
import { bookOf } from './book.ts';

const told = (accountId: string) =>
  sql`select count(*)::integer as n from events where type = 'channels.account_health_changed' and data->>'accountId' = ${accountId}`;

describe('channel accounts', () => {
  let house: TestHouse;
  let people: Cast;
  beforeAll(async () => {
    house = await testHouse({ PUBLIC_URL: 'https://nahbar.example' }, { upTo: 'channels' });
    people = await cast(house);
  });
  afterAll(() => house.close());
  const create = (address: string, settings: Record<string, unknown> = { secret: echoSecret }) =>
    house.call(people.dorit, e.createAccount, { channel: 'echo', name: 'Service', address, settings });

  it('feed a team at work, and its successor when it is dissolved', async () => {
    const [old, heir] = [await createTeam(house, {}), await createTeam(house, {})];
    const { account } = (await create(`nachfolge-${crypto.randomUUID()}`)).body;
    const feed = async (teamId: string) => {
      const { version } = (await house.call(people.dorit, e.account, { id: account.id })).body.account;
      return house.call(people.dorit, e.changeAccount, { id: account.id, version, teamId });
    };
    expect((await feed(old.id)).status).toBe(200);
    await house.call(people.dorit, workspace.archiveTeam, { id: old.id, successorId: heir.id });
    await house.drain();
    expect((await house.call(people.dorit, e.account, { id: account.id })).body.account.teamId).toBe(heir.id);
    for (const nowhere of [old.id, crypto.randomUUID()]) expect((await feed(nowhere)).problem.code).toBe('channels.team_unknown');
  });

  it('are known to who holds a connection, though others wait for one to read them', async () => {
    const { platform } = house.house;
    const { account } = (await create(`besetzt-${crypto.randomUUID()}`)).body;
    const { pool } = platform.database;
    // The last connection there is, as when everybody else waits for what this transaction has locked.
    const taken = await Promise.all(Array.from({ length: (pool.options.max ?? 0) - 1 }, () => pool.connect()));
    const { others, mine } = await transaction(platform, system, async ({ db }) => {
      await db.exec(sql`select 1`);
      bookOf(platform).forget();
      const reader = bookOf(platform).all();
      return { others: reader, mine: (await bookOf(platform).byId(account.id, db))?.row.id };
    }).finally(() => {
      for (const client of taken) client.release();
    });
    expect(mine).toBe(account.id);
    expect((await others).map(({ row }) => row.id)).toContain(account.id);
  });

  it('of every channel can be made: channels say what they are and can do', async () => {
    const { body } = await house.call(people.kim, e.channels, {});
    const echo = body.items.find((channel) => channel.id === 'echo');
    expect(echo).toMatchObject({ label: { de: 'Echo', en: 'Echo' }, hasHook: true, capabilities: { canStart: true, ratePerMinute: 600 } });
    expect(echo?.settings).toMatchObject({ properties: { secret: { secret: true }, deliverTo: { default: '' } } });
  });

  it('are made by administrators; their secrets are sealed and never leave', async () => {
    const made = await create('Service.Eins');
    expect(made.status).toBe(201);
    const { id } = made.body.account;
    expect(made.body).toEqual({
      account: {
        id,
        version: 1,
        channel: 'echo',
        name: 'Service',
        address: 'service.eins',
        teamId: null,
        active: true,
        signature: null,
        health: { ok: true, code: null, since: null, delaySeconds: null },
        removed: false,
      },
      settings: { deliverTo: '' },
      secrets: { secret: true },
      problemText: null,
      hookUrl: `https://nahbar.example/api/v1/channels/accounts/${id}/hook`,
      handOuts: [],
    });
    expect(made.events).toEqual([{ type: 'channels.account_changed', data: { accountId: id, channel: 'echo' } }]);
    const row = await house.db.one<{ settings: unknown; secrets: { secret: string } }>(
      sql`select settings, secrets from channel_accounts where id = ${id}`,
    );
    expect(JSON.stringify(row)).not.toContain(echoSecret);
    expect(house.house.platform.secrets.open(row.secrets.secret)).toBe(echoSecret);
    for (const person of [people.kim, people.luise]) {
      expect((await house.call(person, e.account, { id })).status).toBe(403);
      expect((await house.call(person, e.accounts, {})).body.items.map((one) => one.id)).toContain(id);
    }
    expect((await house.call(null, e.accounts, {})).status).toBe(401);
  });

  it('refuse wrong settings by field, unknown channels, wrong and taken addresses', async () => {
    const wrong = await create('zwei', { secret: 'short', deliverTo: 'javascript:alert(1)' });
    expect([wrong.status, wrong.problem.fields?.map((field) => field.path)]).toEqual([400, ['settings.secret', 'settings.deliverTo']]);
    const misspelt = await create('c@haus.example', { secret: echoSecret, delivrTo: 'https://shop.example/in' });
    expect([misspelt.status, misspelt.problem.fields]).toMatchObject([
      400,
      [{ path: 'settings.delivrTo', code: 'core.unknown_field', message: 'There is no field delivrTo. Near it: deliverTo.' }],
    ]);
    const unknown = await house.call(people.dorit, e.createAccount, { channel: '../email', name: 'x', address: 'x', settings: {} });
    expect([unknown.status, unknown.problem.code]).toEqual([400, 'channels.unknown_channel']);
    const odd = await create('not an address');
    expect([odd.status, odd.problem.code]).toEqual([400, 'channels.address_invalid']);
    await create('drei');
    const taken = await create('DREI');
    expect([taken.status, taken.problem.code, taken.events]).toEqual([409, 'channels.address_taken', []]);
  });

  it('keep what a change leaves out, secrets too, and refuse a change of an old version', async () => {
    const { account } = (await create('vier')).body;
    const changed = await house.call(people.dorit, e.changeAccount, {
      id: account.id,
      version: account.version,
      name: 'Neu',
      teamId: people.team.id,
      settings: { deliverTo: 'https://shop.example/in' },
    });
    expect(changed.body).toMatchObject({
      account: { name: 'Neu', address: 'vier', teamId: people.team.id, version: 2 },
      settings: { deliverTo: 'https://shop.example/in' },
      secrets: { secret: true },
    });
    expect((await bookOf(house.house.platform).byId(account.id))?.account?.settings).toEqual({
      secret: echoSecret,
      deliverTo: 'https://shop.example/in',
    });
    const stale = await house.call(people.dorit, e.changeAccount, { id: account.id, version: 1, name: 'Alt' });
    expect([stale.status, stale.problem.code]).toEqual([409, 'core.conflict']);
    const cleared = await house.call(people.dorit, e.changeAccount, { id: account.id, version: 2, settings: { secret: null } });
    expect([cleared.status, cleared.problem.fields?.map((field) => field.path)]).toEqual([400, ['settings.secret']]);
  });

  it('show a change of health to everybody, once, and it hinders no change by a person', async () => {
    const { account } = (await create('fuenf')).body;
    const { platform } = house.house;
    const healthEvents = async () => (await house.drain()).length;
    await healthEvents();
    reportHealth(platform, account.id, null);
    reportHealth(platform, account.id, { code: 'sign_in_refused', text: 'wrong password' });
    reportHealth(platform, account.id, { code: 'sign_in_refused', text: 'wrong password' });
    await expect
      .poll(async () => (await house.call(people.kim, e.accounts, {})).body.items.find((one) => one.id === account.id))
      .toMatchObject({ version: 2, health: { ok: false, code: 'sign_in_refused' } });
    // The service's own words are for those who may change the account.
    expect((await house.call(people.dorit, e.account, { id: account.id })).body.problemText).toBe('wrong password');
    expect((await house.call(people.kim, e.account, { id: account.id })).status).toBe(403);
    const lines = await module.health?.(reading(house.house.platform, system));
    expect(lines?.find((line) => line.name === `account ${account.id}`)).toMatchObject({ ok: false, code: 'channels.account_unreachable' });
    const changed = await house.call(people.dorit, e.changeAccount, { id: account.id, version: 1, name: 'trotzdem' });
    expect(changed.status).toBe(200);
    // What the stream carries is what HTTP gives.
    const loaded = await module.records?.['channel_account']?.load(house.db, [account.id], house.clock.now());
    expect(loaded?.get(account.id)).toEqual({ version: 3, data: changed.body.account });
  });

  it('end with the last thing told of their health, however fast the news come', async () => {
    const { account } = (await create('fuenfeinhalb')).body;
    const { platform } = house.house;
    const codes = Array.from({ length: 40 }, (_, n) => `code_${n % 7}`);
    for (const code of codes) reportHealth(platform, account.id, { code, text: code });
    const health = async () => (await house.call(people.kim, e.accounts, {})).body.items.find((one) => one.id === account.id)?.health;
    // Written one by one, so the last comes after all others.
    await expect.poll(async () => (await house.db.one<{ n: number }>(told(account.id))).n, { timeout: 10_000 }).toBe(codes.length);
    expect(await health()).toMatchObject({ ok: false, code: codes.at(-1) });
  });

  it('are found by address only while they are active', async () => {
    const { account } = (await create('sechs')).body;
    const tools = toolsFor(house.house.platform, 'echo');
    expect((await tools.accountsByAddress(['sechs', 'sieben'])).get('sechs')?.id).toBe(account.id);
    expect(await toolsFor(house.house.platform, 'email').account(account.id)).toBeUndefined();
    await house.call(people.dorit, e.removeAccount, { id: account.id });
    expect((await tools.accountsByAddress(['sechs'])).size).toBe(0);
    expect((await house.call(people.dorit, e.account, { id: account.id })).body).toMatchObject({
      account: { removed: true, active: false },
      secrets: { secret: false },
    });
    expect((await create('sechs')).status).toBe(201);
  });

  it('can be tried before they are saved', async () => {
    const service = await echoService();
    const input = { channel: 'echo', address: 'acht', settings: { secret: echoSecret, deliverTo: service.url } };
    const refused = await house.call(people.dorit, e.testSettings, input);
    expect(refused.body).toMatchObject({ ok: false, steps: [{ name: 'reach', problem: { code: 'address_not_allowed' } }] });
    expect(service.calls).toEqual({ post: 0, get: 0 });
    await allowOwnNetwork(house);
    expect((await house.call(people.dorit, e.testSettings, input)).body).toEqual({ ok: true, steps: [{ name: 'reach', ok: true }] });
    const { account } = (await create('acht')).body;
    expect((await house.call(people.dorit, e.testAccount, { id: account.id })).body.steps).toEqual([{ name: 'local', ok: true }]);
    await service.stop();
    const tried = await house.call(people.dorit, e.testAccount, { id: account.id, settings: { deliverTo: service.url } });
    expect(tried.body).toMatchObject({ ok: false, steps: [{ name: 'reach', ok: false, problem: { code: 'unreachable' } }] });
    expect((await house.call(people.kim, e.testAccount, { id: account.id })).status).toBe(403);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newsKinds, workspaceEndpoints as on } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { receiver } from '../../../testing/push-service/receiver.ts';
import { type Browser, type Cast, cast, createPerson, givePassword, openBrowser, testPassword } from '../testing.ts';
import { pushSubject } from './keys.ts';

let house: TestHouse;
let we: Cast;
beforeAll(async () => {
  house = await testHouse({}, { upTo: 'workspace' });
  we = await cast(house);
  for (const { id } of [we.kim, we.olaf]) await givePassword(house, id);
});
afterAll(() => house.close());
beforeEach(() => house.db.exec(sql`delete from sessions`));

const enter = async (who = we.kim): Promise<Browser> => {
  const page = openBrowser(house);
  await page.call(on.signIn, { email: who.email, password: testPassword });
  return page;
};
const subscription = (endpoint = `https://push.example/${Math.random()}`) => {
  const { p256dh, auth } = receiver();
  return { endpoint, p256dh, auth, kinds: [...newsKinds] };
};
const listed = async (page: Browser) => (await page.call(on.listPushSubscriptions, {})).body.items;
const rows = () => house.db.query<{ sealed: string; kinds: string[] }>(sql`select * from push_subscriptions`);

describe('a browser that wants to be told', () => {
  it('is kept once, however often it says so, and sealed', async () => {
    const page = await enter();
    const said = subscription();
    const first = await page.call(on.keepPushSubscription, said);
    expect(first.status).toBe(200);
    const again = await page.call(on.keepPushSubscription, { ...said, kinds: ['mention'] });
    expect(again.body).toEqual(first.body);
    expect(await listed(page)).toEqual([{ ...first.body, current: true, lastToldAt: null }]);
    const kept = await rows();
    expect(kept.map(({ kinds }) => kinds)).toEqual([['mention']]);
    for (const secret of [said.endpoint, said.auth, said.p256dh]) expect(JSON.stringify(kept)).not.toContain(secret);
    expect(house.house.platform.secrets.open(kept[0]?.sealed ?? '')).toContain(said.endpoint);
  });

  it('is one of several, each of which its person sees and removes, nobody else', async () => {
    const [desk, phone, olaf] = [await enter(), await enter(), await enter(we.olaf)];
    await desk.call(on.keepPushSubscription, subscription());
    const { id } = (await phone.call(on.keepPushSubscription, subscription())).body;
    expect((await listed(desk)).map(({ current }) => current).toSorted()).toEqual([false, true]);
    expect(await listed(olaf)).toEqual([]);
    expect((await olaf.call(on.removePushSubscription, { id })).code).toBe('core.not_found');
    expect(await listed(desk)).toHaveLength(2);
    expect((await desk.call(on.removePushSubscription, { id })).status).toBe(200);
    expect((await desk.call(on.removePushSubscription, { id })).code).toBe('core.not_found');
    expect((await listed(desk)).map(({ current }) => current)).toEqual([true]);
  });

  it('belongs to whoever signed in there last', async () => {
    const said = subscription();
    const kim = await enter();
    await kim.call(on.keepPushSubscription, said);
    const olaf = await enter(we.olaf);
    await olaf.call(on.keepPushSubscription, said);
    expect(await listed(kim)).toEqual([]);
    expect(await listed(olaf)).toHaveLength(1);
  });

  it.each([
    ['signs out', (page: Browser) => page.call(on.signOut, {})],
    ['is signed out from elsewhere', async () => (await enter()).call(on.endOtherSessions, {})],
    ['has sessions ended by the administration', () => house.call(we.dorit, on.endSessionsOf, { id: we.kim.id })],
    ['is deactivated', () => house.call(we.dorit, on.deactivatePerson, { id: we.kim.id })],
  ])('ends when its person %s', async (_what, end) => {
    const page = await enter();
    await page.call(on.keepPushSubscription, subscription());
    expect(await rows()).toHaveLength(1);
    await end(page);
    expect(await rows()).toEqual([]);
    await house.call(we.dorit, on.reactivatePerson, { id: we.kim.id });
  });

  it('counts no longer when its session has run out', async () => {
    const [old, young] = [await enter(), await enter()];
    await old.call(on.keepPushSubscription, subscription());
    await house.db.exec(sql`update sessions set expires_at = ${house.clock.now()} where id = (select session_id from push_subscriptions)`);
    expect(await listed(young)).toEqual([]);
  });

  it('goes with its person', async () => {
    const leaving = await createPerson(house);
    await givePassword(house, leaving.id);
    await (await enter(leaving)).call(on.keepPushSubscription, subscription());
    expect(await rows()).toHaveLength(1);
    await house.db.exec(sql`delete from people where id = ${leaving.id}`);
    expect(await rows()).toEqual([]);
  });

  it('has a service outside, reached by TLS, and keys that are keys', async () => {
    const page = await enter();
    for (const endpoint of ['http://push.example/1', 'ftp://push.example/1', 'nothing'])
      expect((await page.call(on.keepPushSubscription, subscription(endpoint))).code).toBe('core.invalid_input');
    for (const endpoint of ['https://127.0.0.1/1', 'https://[::1]/1', 'https://169.254.169.254/1', 'https://u:p@push.example/1'])
      expect((await page.call(on.keepPushSubscription, subscription(endpoint))).code).toBe('workspace.push_service_not_allowed');
    const noPoint = { ...subscription(), p256dh: 'B'.padEnd(87, 'A') };
    expect((await page.call(on.keepPushSubscription, noPoint)).code).toBe('core.invalid_input');
    expect(await rows()).toEqual([]);
  });

  it('is a browser: neither a program nor somebody without a session', async () => {
    expect((await house.call(we.kim, on.keepPushSubscription, subscription())).problem.code).toBe('workspace.push_needs_browser');
    const { token } = (await house.call(we.dorit, on.createToken, { name: 'Program', role: 'agent' })).body;
    expect((await house.call({ token }, on.keepPushSubscription, subscription())).problem.code).toBe('workspace.people_only');
  });
});

it('knows this installation by one key, which stays', async () => {
  const [one, other] = [await enter(), await enter(we.olaf)];
  const keys = await Promise.all([one, other].map(async (page) => (await page.call(on.listPushSubscriptions, {})).body.publicKey));
  expect(keys[0]).toMatch(/^B[\w-]{86}$/);
  expect(keys[1]).toBe(keys[0]);
});

it.each([
  ['', 'http://127.0.0.1:4000', 'mailto:nahbar@127.0.0.1'],
  ['', 'https://desk.haus.example', 'https://desk.haus.example'],
  ['Barrierefreiheit: hilfe@haus.example, 0341 1234', 'https://desk.haus.example', 'mailto:hilfe@haus.example'],
  ['0341 1234', 'https://desk.haus.example', 'https://desk.haus.example'],
])('push services may turn to the contact “%s” at %s by %s', async (contact, publicUrl, expected) => {
  const { platform } = house.house;
  await house.call(we.dorit, on.changeSettings, { contact });
  expect(await pushSubject({ db: house.db, platform: { ...platform, config: { ...platform.config, publicUrl } } })).toBe(expected);
});

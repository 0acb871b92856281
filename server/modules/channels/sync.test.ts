import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelsEndpoints as e } from '../../../contract/channels.ts';
import { type TestHouse, testHouse } from '../../testing/house.ts';
import { type Listening, listen } from '../../testing/sync-law.ts';
import { type Cast, cast } from '../workspace/testing.ts';
import { reportHealth } from './connections/health.ts';
import { echoSecret } from './testing.ts';

describe('the sync law of channel accounts', () => {
  let house: TestHouse;
  let people: Cast;
  let heard: Listening;
  beforeAll(async () => {
    house = await testHouse({}, { upTo: 'channels' });
    people = await cast(house);
    heard = await listen(house, people.kim);
  });
  afterAll(async () => {
    heard.close();
    await house.close();
  });

  it('holds for making, changing, falling ill and removing', async () => {
    const listed = async (id: string) => {
      await heard.settled();
      const { items } = (await house.call(people.kim, e.accounts, {})).body;
      expect(heard.records.get(`channel_account ${id}`)?.data).toEqual(items.find((one) => one.id === id));
      return items.find((one) => one.id === id);
    };
    const input = { channel: 'echo', name: 'Service', address: 'sync', settings: { secret: echoSecret } };
    const { id } = (await house.call(people.dorit, e.createAccount, input)).body.account;
    expect(await listed(id)).toMatchObject({ name: 'Service', version: 1 });
    await house.call(people.dorit, e.changeAccount, { id, version: 1, name: 'Neu' });
    expect(await listed(id)).toMatchObject({ name: 'Neu', version: 2 });
    reportHealth(house.house.platform, id, { code: 'unreachable' });
    await expect.poll(() => listed(id)).toMatchObject({ health: { ok: false, code: 'unreachable' }, version: 3 });
    await house.call(people.dorit, e.removeAccount, { id });
    expect(await listed(id)).toMatchObject({ removed: true, active: false });
    expect(JSON.stringify([...heard.records.values()])).not.toContain(echoSecret);
  });
});

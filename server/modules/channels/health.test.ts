import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ServerChannel } from '../../../contract/channel.ts';
import { workspaceEndpoints as we } from '../../../contract/workspace.ts';
import { type TestHouse, testHouse } from '../../testing/house.ts';
import { type Cast, cast } from '../workspace/testing.ts';
import { startSupervisor } from './connections/supervisor.ts';
import { channelOf } from './registry/registry.ts';
import { createAccount } from './testing.ts';

let house: TestHouse;
let people: Cast;
const echo = channelOf('echo') as ServerChannel;
beforeAll(async () => {
  house = await testHouse({}, { upTo: 'channels' });
  people = await cast(house);
});
afterAll(async () => {
  delete echo.listen;
  await house.close();
});
const line = async (name: string) => (await house.call(people.dorit, we.getHealth, {})).body.items.find((one) => one.name === name);

it('names a channel’s entrance by the channel, where it listens and for whom, and an account by name and address', async () => {
  // The echo channel has no entrance of its own; here it gets one, on this object only.
  echo.listen = () => Promise.resolve({ address: '127.0.0.1:7007', stop: () => Promise.resolve() });
  const { id } = await createAccount(house, { name: 'Service', address: 'service' });
  await createAccount(house, { name: 'Alt', address: 'alt', active: false });
  const stop = startSupervisor(house.house.platform, [echo]);
  await expect
    .poll(() => line('door echo'))
    .toEqual({
      name: 'door echo',
      ok: true,
      data: { channelLabel: { de: 'Echo', en: 'Echo' }, listening: '127.0.0.1:7007', addresses: ['service'], reason: null },
    });
  expect((await line(`account ${id}`))?.data).toMatchObject({ accountName: 'Service', accountAddress: 'service' });
  await stop();

  echo.listen = () => Promise.reject(Object.assign(new Error('taken'), { code: 'EADDRINUSE' }));
  const stopAgain = startSupervisor(house.house.platform, [echo]);
  await expect
    .poll(() => line('door echo'))
    .toMatchObject({ ok: false, code: 'channels.door_closed', data: { listening: null, addresses: ['service'], reason: 'EADDRINUSE' } });
  await stopAgain();
});

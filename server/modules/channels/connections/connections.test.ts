import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ChannelAccount, Connection, ServerChannel } from '../../../../contract/channel.ts';
import { sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import { createLog } from '../../../platform/log.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { bookOf } from '../accounts/book.ts';
import { channelOf } from '../registry/registry.ts';
import { createAccount } from '../testing.ts';
import { keepRunning } from './connection.ts';
import { holdLeases, releaseLeases } from './leases.ts';
import { doorHealth, pokeSupervisor, startSupervisor } from './supervisor.ts';

const quick = { firstPause: 1, longestPause: 4 };
const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a kept connection', () => {
  it('is made again when it breaks or cannot be made, and ends when stopped', async () => {
    const seen: string[] = [];
    let n = 0;
    let breakIt: (error: Error) => void = () => {};
    const kept = keepRunning(
      async () => {
        n += 1;
        if (n === 1) throw Object.assign(new Error('refused'), { code: 'sign_in_refused' });
        const connection: Connection = {
          broken: new Promise<never>((_resolve, reject) => (breakIt = reject)),
          stop: async () => void seen.push('stopped'),
        };
        return connection;
      },
      (problem) => seen.push(problem?.code ?? 'well'),
      quick,
    );
    await expect.poll(() => seen).toEqual(['sign_in_refused', 'well']);
    breakIt(new Error('gone'));
    await expect.poll(() => seen).toEqual(['sign_in_refused', 'well', 'stopped', 'connection_failed', 'well']);
    await kept.stop();
    expect(seen.at(-1)).toBe('stopped');
    const made = n;
    await rest(20);
    expect(n).toBe(made);
  });
});

describe('the supervisor', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await testHouse({}, { upTo: 'channels' });
  });
  afterAll(() => house.close());
  const stops: (() => Promise<void>)[] = [];
  // The echo channel needs no connection; here it gets one, on this object only and only for a test.
  const echo = channelOf('echo') as ServerChannel;
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
    delete echo.connect;
    delete echo.poll;
    await house.db.exec(sql`update channel_accounts set active = false`);
    bookOf(house.house.platform).forget();
  });

  const live = new Map<string, number>();
  const connectEcho = () => {
    live.clear();
    echo.connect = async (account: ChannelAccount) => {
      live.set(account.address, (live.get(account.address) ?? 0) + 1);
      return { stop: async () => void live.set(account.address, (live.get(account.address) ?? 0) - 1) };
    };
  };
  const start = () => {
    const stop = startSupervisor(house.house.platform);
    stops.push(stop);
    return stop;
  };
  const look = () => {
    bookOf(house.house.platform).forget();
    pokeSupervisor(house.house.platform);
  };

  it('connects active accounts, anew when one changes, no longer when it is switched off', async () => {
    connectEcho();
    const account = await createAccount(house, { address: 'eins' });
    start();
    await expect.poll(() => live.get('eins')).toBe(1);
    await house.db.exec(
      sql`update channel_accounts set address = 'zwei', version = version + 1, changed_version = version + 1 where id = ${account.id}`,
    );
    look();
    await expect
      .poll(() => [...live])
      .toEqual([
        ['eins', 0],
        ['zwei', 1],
      ]);
    await house.db.exec(
      sql`update channel_accounts set active = false, version = version + 1, changed_version = version + 1 where id = ${account.id}`,
    );
    look();
    await expect.poll(() => live.get('zwei')).toBe(0);
    await expect.poll(() => house.db.query(sql`select from channel_leases`)).toEqual([]);
  });

  it('leaves an account to the process that holds its lease, and takes it over when that is gone', async () => {
    connectEcho();
    const account = await createAccount(house, { address: 'drei' });
    const other = newId();
    await holdLeases(house.db, other, [account.id]);
    const stop = start();
    look();
    await rest(60);
    expect(live.get('drei')).toBeUndefined();
    await releaseLeases(house.db, other, [account.id]);
    look();
    await expect.poll(() => live.get('drei')).toBe(1);
    expect(await holdLeases(house.db, other, [account.id])).toEqual(new Set());
    await house.db.exec(sql`update channel_leases set until = now() - interval '1 s'`);
    expect(await holdLeases(house.db, other, [account.id])).toEqual(new Set([account.id]));
    look();
    await expect.poll(() => live.get('drei')).toBe(0);
    await stop();
  });

  it('asks services that must be asked, again after the pause they want', async () => {
    const account = await createAccount(house, { address: 'vier' });
    let asked = 0;
    const states: unknown[] = [];
    echo.poll = async (polled, tools) => {
      if (polled.id !== account.id) return { againInSeconds: 60 };
      asked += 1;
      states.push(polled.state);
      await tools.storeRaw([], { accountId: account.id, state: { since: asked } });
      return { againInSeconds: 1 };
    };
    start();
    await expect.poll(() => states.slice(0, 2)).toEqual([null, { since: 1 }]);
  });

  it('says when a door cannot be opened, and opens it later', async () => {
    let isFree = false;
    const schema = z.object({});
    const door: ServerChannel = {
      ...echo,
      descriptor: { ...echo.descriptor, id: 'door', settings: schema },
      async listen() {
        if (!isFree) throw Object.assign(new Error('in use'), { code: 'EADDRINUSE' });
        return { address: '127.0.0.1:2525', stop: async () => {} };
      },
    };
    let logged = '';
    const stream = new Writable({ write: (line: Buffer, _encoding, done) => ((logged += line.toString()), done()) });
    const platform = { ...house.house.platform, log: createLog({ logLevel: 'info', logFormat: 'json' }, stream) };
    stops.push(startSupervisor(platform, [door]));
    await expect.poll(() => doorHealth(platform).get('door')).toEqual({ ok: false, code: 'EADDRINUSE', listening: null });
    isFree = true;
    await expect.poll(() => doorHealth(platform).get('door')).toEqual({ ok: true, code: null, listening: '127.0.0.1:2525' });
    expect(logged).toContain('"channel":"door","listening":"127.0.0.1:2525","msg":"door opened"');
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { system } from '../../platform/actor.ts';
import { transaction } from '../../platform/context.ts';
import { sql } from '../../platform/database/sql.ts';
import { newId } from '../../platform/ids.ts';
import { type TestHouse, testHouse } from '../../testing/house.ts';
import { queueDelivery } from './index.ts';
import { allowOwnNetwork, createAccount, type EchoService, echoMessage, echoSecret, echoService } from './testing.ts';
import { bareEnv } from '../../testing/bare-env.ts';

const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Real processes start again and again, which takes long beside others at work; the limit is for what never ends.
describe('a server process killed at any moment', { timeout: 180_000 }, () => {
  let house: TestHouse;
  let service: EchoService;
  let child: { process: ChildProcess; address: string } | undefined;
  let offset = 0;

  beforeEach(async () => {
    house = await testHouse({}, { upTo: 'channels' });
    await allowOwnNetwork(house);
    service = await echoService();
    // The processes go by the real clock.
    house.clock.set(new Date());
  });
  afterEach(async () => {
    child?.process.kill('SIGKILL');
    child = undefined;
    await service.stop();
    await house.close();
  });

  async function start(): Promise<string> {
    // Later than any lease of the one that died.
    offset += 400;
    const env = {
      ...bareEnv,
      DATABASE_URL: house.house.platform.database.url,
      DATABASE_CONNECTIONS: '8',
      PORT: '0',
      SMTP_PORT: '0',
      NAHBAR_RATE_LIMIT: '0',
      OFFSET_SECONDS: String(offset),
    };
    const script = new URL('../../testing/channels-process.ts', import.meta.url).pathname;
    const started = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    const address = await new Promise<string>((resolve, reject) => {
      started.stdout?.once('data', (line: Buffer) => resolve(line.toString().trim()));
      started.once('exit', (code) => reject(new Error(`ended with ${code}`)));
    });
    child = { process: started, address };
    return address;
  }
  function kill(): Promise<void> {
    const dying = child?.process;
    child = undefined;
    return new Promise((resolve) => {
      if (!dying) return resolve();
      dying.once('exit', () => resolve());
      dying.kill('SIGKILL');
    });
  }

  it('has lost no delivery it acknowledged and told none twice', async () => {
    const account = await createAccount(house);
    await start();
    const acknowledged = new Set<string>();
    let isOver = false;
    /** A service that repeats each call until it hears 200, and sometimes once more. */
    const caller = async (n: number) => {
      for (let i = 0; !isOver; i += 1) {
        const id = `m-${n}-${i}`;
        const body = JSON.stringify(echoMessage({ id, chat: `c-${n}` }));
        const headers = {
          'content-type': 'application/json',
          'x-echo-delivery': id,
          'x-echo-signature': `sha256=${createHmac('sha256', echoSecret).update(body).digest('hex')}`,
        };
        for (let repeat = i % 3 === 0 ? 2 : 1; repeat > 0; ) {
          const url = child && `${child.address}/api/v1/channels/accounts/${account.id}/hook`;
          const reply = url ? await fetch(url, { method: 'POST', headers, body }).catch(() => undefined) : undefined;
          if (reply?.status === 200) repeat -= 1;
          else await rest(20);
        }
        acknowledged.add(id);
      }
    };
    const callers = [1, 2, 3, 4].map((n) => caller(n));
    // Not by time, because a busy machine starts slowly: some work done, then a moment later, in the middle of more.
    for (const moment of [3, 17, 40]) {
      const enough = acknowledged.size + 8;
      while (acknowledged.size < enough) await rest(5);
      await rest(moment);
      await kill();
      await start();
    }
    isOver = true;
    await Promise.all(callers);

    const read = () =>
      house.db.query<{ platform_id: string; told: number }>(sql`select i.platform_id, count(e.seq)::int as told from intake i
        left join events e on e.type = 'channels.message_received' and e.data->>'intakeId' = i.id::text group by i.id`);
    await expect.poll(async () => (await read()).every((row) => row.told > 0), { timeout: 60_000 }).toBe(true);
    const rows = await read();
    expect(rows.filter((row) => row.told !== 1)).toEqual([]);
    expect(rows.map((row) => row.platform_id).toSorted()).toEqual([...acknowledged].toSorted());
    expect(acknowledged.size).toBeGreaterThanOrEqual(24);
  });

  it('has lost no message to send and sent none twice, killed while the service had it', async () => {
    const account = await createAccount(house, { settings: { secret: echoSecret, deliverTo: service.url } });
    const ids = Array.from({ length: 24 }, () => newId());
    for (const messageId of ids)
      await transaction(house.house.platform, system, (ctx) =>
        queueDelivery(ctx, { messageId, conversationId: messageId, accountId: account.id, dueAt: ctx.now, undoable: false }),
      );
    let kills = 0;
    let killing: Promise<void> | undefined;
    // The service has taken the message, but its answer never arrives: the process dies first.
    service.onTaken = () => {
      if (kills >= 3 || service.taken.length % 5 !== 3 || killing) return undefined;
      kills += 1;
      killing = kill().then(async () => {
        await start();
        killing = undefined;
      });
      return killing;
    };
    await start();
    await expect
      .poll(async () => house.db.query(sql`select message_id from outbox where state <> 'sent'`), { timeout: 120_000, interval: 100 })
      .toEqual([]);
    await killing;
    expect(kills).toBe(3);
    expect(service.taken.map((one) => one.key).toSorted()).toEqual(ids.toSorted());
    // Asked, not sent again: as many posts as messages.
    expect(service.calls.post).toBe(ids.length);
    const told = await house.db.query<{ n: number }>(
      sql`select count(*)::int as n from events where type = 'channels.sent' group by data->>'messageId'`,
    );
    expect(told.map((row) => row.n)).toEqual(ids.map(() => 1));
  });
});

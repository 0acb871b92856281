import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leaveDelivery, queueDelivery, retryDelivery } from '../../server/modules/channels/index.ts';
import { createAccount } from '../../server/modules/channels/testing.ts';
import { system } from '../../server/platform/actor.ts';
import { transaction } from '../../server/platform/context.ts';
import { sql } from '../../server/platform/database/sql.ts';
import { newId } from '../../server/platform/ids.ts';
import { type TestHouse, testHouse } from '../../server/testing/house.ts';
import { until } from './testing/expect.ts';
import { type Answers, type ScriptedSmtp, scriptedSmtp } from './testing/scripted-smtp.ts';
import { bareEnv } from '../../server/testing/bare-env.ts';

describe('a process killed while a mail server has its mails', () => {
  let house: TestHouse;
  let mailServer: ScriptedSmtp;
  let answers: Answers = () => undefined;
  let child: ChildProcess | undefined;
  let offset = 0;

  beforeEach(async () => {
    house = await testHouse({}, { upTo: 'channels' });
    house.clock.set(new Date());
    mailServer = await scriptedSmtp((said, connection) => answers(said, connection));
  });
  afterEach(async () => {
    child?.kill('SIGKILL');
    child = undefined;
    await mailServer?.stop();
    await house?.close();
  });

  async function start(): Promise<void> {
    // Later than any lease of the one that died.
    offset += 400;
    child = spawn(process.execPath, [new URL('../../server/testing/channels-process.ts', import.meta.url).pathname], {
      env: {
        ...bareEnv,
        DATABASE_URL: house.house.platform.database.url,
        DATABASE_CONNECTIONS: '8',
        PORT: '0',
        SMTP_PORT: '0',
        OFFSET_SECONDS: String(offset),
        OUTGOING_TO: 'klein@kunde.test',
      },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    await new Promise<void>((resolve, reject) => {
      child?.stdout?.once('data', () => resolve());
      child?.once('exit', (code) => reject(new Error(`ended with ${code}`)));
    });
  }
  /** At once, while the server still has the bytes in hand. */
  function kill(): void {
    child?.kill('SIGKILL');
    child = undefined;
  }
  async function queue(count: number): Promise<string[]> {
    const { id: accountId } = await createAccount(house, {
      kind: 'email',
      address: 'service@shop.test',
      settings: { smtpHost: '127.0.0.1', smtpPort: mailServer.port, smtpSecurity: 'none' },
    });
    const ids = Array.from({ length: count }, () => newId());
    for (const messageId of ids)
      await transaction(house.house.platform, system, (ctx) =>
        queueDelivery(ctx, { messageId, conversationId: messageId, accountId, dueAt: ctx.now, undoable: false }),
      );
    return ids;
  }
  const rows = () =>
    house.db.query<{ id: string; state: string; code: string | null; platform: string }>(
      sql`select message_id as id, state, problem->>'code' as code, platform_id as platform from outbox order by message_id`,
    );
  /** How many mails of this Message-ID the server has. */
  const taken = (platformId: string) => mailServer.heard.filter((said) => said.includes(`<${platformId}>`)).length;
  const settled = (what: string) =>
    until(what, async () => (await rows()).every(({ state }) => state === 'sent' || state === 'uncertain'), 30_000);

  test('before the last byte: nobody has them, and all of them leave, once', async () => {
    let kills = 0;
    answers = (said) => {
      if (said !== 'DATA' || kills > 1) return undefined;
      kills += 1;
      kill();
      return null;
    };
    await queue(1);
    for (let begun = 0; begun < 3; begun += 1) {
      await start();
      await until('a kill or the end', async () => kills > begun || (await rows()).every(({ state }) => state === 'sent'), 20_000);
    }
    await settled('all mails');
    expect((await rows()).map(({ state, platform }) => [state, taken(platform)])).toEqual([['sent', 1]]);
    expect(kills).toBe(2);
  }, 90_000);

  test('after it, before the answer: none is sent twice by itself, none is lost, and people decide', async () => {
    let mails = 0;
    let kills = 0;
    answers = (said) => {
      if (said !== 'MAIL') return undefined;
      mails += 1;
      if (mails % 5 !== 3 || kills > 2) return undefined;
      kills += 1;
      kill();
      return null;
    };
    await queue(20);
    for (let begun = 0; begun < 4; begun += 1) {
      await start();
      await until(
        'a kill or the end',
        async () => kills > begun || (await rows()).every(({ state }) => state === 'sent' || state === 'uncertain'),
        30_000,
      );
    }
    await settled('every mail');
    const found = await rows();
    const doubtful = found.filter(({ state }) => state === 'uncertain');
    expect(kills).toBe(3);
    expect(doubtful.length).toBeGreaterThanOrEqual(3);
    expect(new Set(doubtful.map(({ code }) => code))).toEqual(new Set(['perhaps_sent']));
    expect(found.filter(({ state, platform }) => (state === 'sent' ? taken(platform) !== 1 : taken(platform) > 1))).toEqual([]);
    const told = await house.db.query<{ id: string }>(
      sql`select data->>'messageId' as id from events where type = 'channels.delivery_failed' and data->>'final' = 'true' order by 1`,
    );
    expect(told.map(({ id }) => id)).toEqual(doubtful.map(({ id }) => id));

    const [again, left] = doubtful;
    if (!again || !left) throw new Error('two are needed');
    const before = taken(again.platform);
    const act = (work: Parameters<typeof transaction<boolean>>[2]) => transaction(house.house.platform, system, work);
    // By the running process's clock.
    house.clock.set(new Date(Date.now() + offset * 1_000));
    expect(await act((ctx) => retryDelivery(ctx, again.id))).toBe(true);
    expect(await act((ctx) => leaveDelivery(ctx, left.id))).toBe(true);
    expect(await act((ctx) => leaveDelivery(ctx, left.id))).toBe(false);
    await until('the one sent again', async () => (await rows()).some(({ id, state }) => id === again.id && state === 'sent'), 20_000);
    expect(taken(again.platform)).toBe(before + 1);
    expect((await rows()).find(({ id }) => id === left.id)).toMatchObject({ state: 'uncertain', code: null });
  }, 120_000);
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Outgoing } from '../../../../contract/channel.ts';
import { channelsEndpoints as e } from '../../../../contract/channels.ts';
import { workspaceEndpoints as we } from '../../../../contract/workspace.ts';
import { system } from '../../../platform/actor.ts';
import { transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { cancelDelivery, deliveriesOf, queueDelivery, retryDelivery } from '../index.ts';
import {
  allowOwnNetwork,
  createAccount,
  type EchoService,
  echoCalls,
  echoSecret,
  echoService,
  outboxState,
  outgoing,
  sendAllDue,
} from '../testing.ts';
import { outcomeOf, pauseAfter } from './outcome.ts';
import type { SendPoint } from './sender.ts';

const now = new Date('2026-11-23T09:00:00Z');
const minute = 60_000;

describe('the outcome of an attempt', () => {
  const row = { attempts: 1, due_at: now };
  const failed = (permanence: 'temporary' | 'permanent' | 'reauthorise' | 'unknown', retryAfterSeconds?: number) => ({
    state: 'failed' as const,
    permanence,
    code: 'x',
    text: 'y',
    ...(retryAfterSeconds ? { retryAfterSeconds } : {}),
  });
  const sure = { doubt: false, settles: true };
  const wait = (outcome: ReturnType<typeof outcomeOf>) => (outcome.nextAt ? (outcome.nextAt.getTime() - now.getTime()) / minute : null);

  it.each([
    ['temporary', undefined, 'queued', 1, false],
    ['temporary', 600, 'queued', 10, false],
    ['unknown', undefined, 'queued', 1, true],
    ['reauthorise', undefined, 'queued', 60, false],
    ['permanent', undefined, 'failed', null, false],
  ] as const)('%s (retry after %s s) leads to %s in %s min, uncertain: %s', (permanence, after, state, minutes, uncertain) => {
    const outcome = outcomeOf(failed(permanence, after), row, now, sure);
    expect([outcome.state, wait(outcome), outcome.uncertain]).toEqual([state, minutes, uncertain]);
  });

  it('waits longer and longer, and gives up after three days', () => {
    expect([1, 2, 3, 4, 8, 30].map((attempts) => pauseAfter(attempts) / minute)).toEqual([1, 2, 5, 15, 240, 240]);
    const old = { attempts: 20, due_at: new Date(now.getTime() - 3 * 86_400_000) };
    expect(outcomeOf(failed('temporary'), old, now, sure).state).toBe('failed');
    expect(outcomeOf(failed('reauthorise'), old, now, sure).state).toBe('queued');
  });

  it('leaves to people what may have gone out, where neither asking nor repeating can tell', () => {
    const blind = { doubt: false, settles: false };
    expect(outcomeOf(failed('unknown'), row, now, blind)).toMatchObject({
      state: 'uncertain',
      nextAt: null,
      problem: { code: 'perhaps_sent' },
    });
    expect(outcomeOf(failed('temporary'), row, now, blind)).toMatchObject({ state: 'queued', uncertain: false });
    // A doubt outlives attempts that never came as far as the service.
    const doubt = { doubt: true, settles: true };
    expect(outcomeOf(failed('temporary'), row, now, doubt)).toMatchObject({ state: 'queued', uncertain: true });
    expect(outcomeOf(failed('reauthorise'), row, now, doubt)).toMatchObject({ state: 'queued', uncertain: true });
    expect(outcomeOf(failed('permanent'), row, now, doubt)).toMatchObject({ state: 'uncertain', problem: { code: 'perhaps_sent' } });
    const old = { attempts: 20, due_at: new Date(now.getTime() - 3 * 86_400_000) };
    expect(outcomeOf(failed('unknown'), old, now, { doubt: false, settles: true }).state).toBe('uncertain');
  });
});

describe('the outbox', () => {
  let house: TestHouse;
  let people: Cast;
  let service: EchoService;
  const messages = new Map<string, Outgoing>();
  beforeAll(async () => {
    house = await testHouse({}, { upTo: 'channels' });
    people = await cast(house);
    await allowOwnNetwork(house);
    service = await echoService();
  });
  afterAll(async () => {
    await service.stop();
    await house.close();
  });
  afterEach(() => {
    service.taken.length = 0;
    service.answers.length = 0;
    service.calls = { post: 0, get: 0 };
    service.onTaken = undefined;
  });

  const provide = (_at: unknown, id: string) => Promise.resolve(messages.get(id));
  const act = <T>(work: Parameters<typeof transaction<T>>[2]) => transaction(house.house.platform, system, work);
  const account = (more: Parameters<typeof createAccount>[1] = {}) =>
    createAccount(house, { settings: { secret: echoSecret, deliverTo: service.url }, teamId: people.team.id, ...more });
  const queue = async (accountId: string, more: { dueInSeconds?: number; undoable?: boolean } = {}) => {
    const messageId = newId();
    messages.set(messageId, outgoing({ messageId }));
    const dueAt = new Date(house.clock.now().getTime() + (more.dueInSeconds ?? 0) * 1_000);
    const queued = await act((ctx) =>
      queueDelivery(ctx, { messageId, conversationId: messageId, accountId, dueAt, undoable: more.undoable ?? false }),
    );
    return { messageId, queued };
  };
  const send = (at?: (point: SendPoint) => void) => sendAllDue(house, { outgoing: provide, ...(at ? { at } : {}) });
  const newEvents = async <T>(
    work: () => Promise<T>,
  ): Promise<{ result: T; events: { type: string; data: Record<string, unknown> }[] }> => {
    const { seq } = await house.db.one<{ seq: number }>(sql`select coalesce(max(seq), 0) as seq from events`);
    const result = await work();
    return { result, events: await house.db.query(sql`select type, data from events where seq > ${seq} order by seq`) };
  };

  it('sends what is due, once, and reports it', async () => {
    const { id } = await account();
    const { messageId, queued } = await queue(id);
    expect(queued).toEqual({ platformId: messageId, signature: null, needsRecipients: false, state: 'queued' });
    const { events } = await newEvents(() => send());
    expect(events).toEqual([{ type: 'channels.sent', data: { messageId, conversationId: messageId, accountId: id } }]);
    expect(service.taken).toMatchObject([{ key: messageId, body: { text: 'Gern geschehen' } }]);
    expect((await deliveriesOf(house.db, [messageId])).get(messageId)).toMatchObject({
      state: 'sent',
      platformId: messageId,
      problem: null,
      attempts: 1,
    });
    expect(await send()).toBe(0);
  });

  it('keeps what would leave for the own network until the company allows that', async () => {
    const { id } = await account();
    const { messageId } = await queue(id);
    await house.call(people.dorit, we.changeSettings, { privateAddresses: false });
    await send();
    expect([service.calls.post, await outboxState(house.db, messageId)]).toMatchObject([
      0,
      { state: 'queued', code: 'address_not_allowed' },
    ]);
    await allowOwnNetwork(house);
    house.clock.advance(3_600_000);
    await send();
    expect(service.taken).toMatchObject([{ key: messageId }]);
  });

  it('queues nothing when the transaction fails, and the same message once', async () => {
    const { id } = await account();
    const messageId = newId();
    const facts = { messageId, conversationId: messageId, accountId: id, dueAt: now, undoable: false };
    await expect(act(async (ctx) => queueDelivery(ctx, facts).then(() => Promise.reject(new Error('no'))))).rejects.toThrow('no');
    expect((await deliveriesOf(house.db, [messageId])).size).toBe(0);
    messages.set(messageId, outgoing({ messageId }));
    await act((ctx) => queueDelivery(ctx, facts));
    await act((ctx) => queueDelivery(ctx, facts));
    await send();
    expect(service.calls.post).toBe(1);
  });

  it('holds a message for the undo time; taken back it never leaves', async () => {
    const { id } = await account();
    const held = await queue(id, { dueInSeconds: 10, undoable: true });
    const kept = await queue(id, { dueInSeconds: 10, undoable: true });
    const later = await queue(id, { dueInSeconds: 3_600, undoable: true });
    expect([held.queued?.state, later.queued?.state]).toEqual(['held', 'scheduled']);
    expect(await send()).toBe(0);
    expect(await act((ctx) => cancelDelivery(ctx, held.messageId))).toBe(true);
    house.clock.advance(11_000);
    expect(await send()).toBe(1);
    expect(service.taken.map((one) => one.key)).toEqual([kept.messageId]);
    expect(await act((ctx) => cancelDelivery(ctx, kept.messageId))).toBe(false);
    house.clock.advance(3_600_000);
    expect(await send()).toBe(1);
  });

  it('tries again after a temporary failure, as late as the service asks', async () => {
    const { id } = await account();
    const { messageId } = await queue(id);
    service.answers.push({ status: 429, headers: { 'retry-after': '300' } });
    const { events } = await newEvents(() => send());
    expect(events).toEqual([
      { type: 'channels.delivery_failed', data: { messageId, conversationId: messageId, accountId: id, code: 'busy', final: false } },
    ]);
    house.clock.advance(299_000);
    expect(await send()).toBe(0);
    house.clock.advance(2_000);
    expect(await send()).toBe(1);
    expect(await outboxState(house.db, messageId)).toMatchObject({ state: 'sent', attempts: 2, code: null });
  });

  it('gives up at once on a permanent failure, shows it, and sends it when told to', async () => {
    const { id } = await account();
    const { messageId } = await queue(id);
    service.answers.push(422);
    const { events } = await newEvents(() => send());
    expect(events.map((event) => event.data['final'])).toEqual([true]);
    expect((await deliveriesOf(house.db, [messageId])).get(messageId)).toMatchObject({ state: 'failed', problem: { code: 'refused' } });
    house.clock.advance(86_400_000);
    expect(await send()).toBe(0);
    expect(await act((ctx) => retryDelivery(ctx, messageId))).toBe(true);
    expect(await send()).toBe(1);
    expect(await act((ctx) => retryDelivery(ctx, messageId))).toBe(false);
    expect(service.taken).toHaveLength(1);
  });

  it('waits while an account has no access, says so, and goes on when the account is changed', async () => {
    const { id } = await account();
    const { messageId } = await queue(id);
    service.answers.push(401);
    const shownNow = async () => (await house.call(people.dorit, e.accounts, {})).body.items.find((one) => one.id === id);
    const { events } = await newEvents(async () => {
      await send();
      await expect.poll(async () => (await shownNow())?.health).toMatchObject({ ok: false, code: 'access_refused' });
    });
    expect(events.map((event) => event.type).toSorted()).toEqual(['channels.account_health_changed', 'channels.delivery_failed']);
    const shown = await shownNow();
    house.clock.advance(60_000);
    expect(await send()).toBe(0);
    await house.call(people.dorit, e.changeAccount, { id, version: shown?.version ?? 0, settings: { secret: 'the secret renewed' } });
    expect(await send()).toBe(1);
    expect(await outboxState(house.db, messageId)).toMatchObject({ state: 'sent' });
  });

  it('fails what belongs to a removed account and keeps what belongs to one switched off', async () => {
    const [off, removed] = [await account(), await account()];
    const [waiting, lost] = [await queue(off.id), await queue(removed.id)];
    await house.call(people.dorit, e.changeAccount, { id: off.id, version: 1, active: false });
    await house.call(people.dorit, e.removeAccount, { id: removed.id });
    await send();
    expect(await outboxState(house.db, waiting.messageId)).toMatchObject({ state: 'queued', code: 'account_off' });
    expect(await outboxState(house.db, lost.messageId)).toMatchObject({ state: 'failed', code: 'account_removed' });
    expect((await queue(off.id)).queued).toBeUndefined();
    await house.call(people.dorit, e.changeAccount, { id: off.id, version: 2, active: true });
    expect(await send()).toBe(1);
  });

  it('asks a service that hung up whether it has the message, and does not send it twice', async () => {
    const { id } = await account();
    const [arrived, lost] = [await queue(id), await queue(id)];
    service.answers.push('hang_up', 500);
    await send();
    for (const { messageId } of [arrived, lost])
      expect(await outboxState(house.db, messageId)).toMatchObject({ state: 'queued', uncertain: true });
    expect(await act((ctx) => cancelDelivery(ctx, arrived.messageId))).toBe(false);
    house.clock.advance(61_000);
    await send();
    for (const { messageId } of [arrived, lost]) expect(await outboxState(house.db, messageId)).toMatchObject({ state: 'sent' });
    expect(service.calls).toEqual({ post: 3, get: 2 });
    expect(service.taken.map((one) => one.key).toSorted()).toEqual([arrived.messageId, lost.messageId].toSorted());
  });

  it.each(['claimed', 'rendered', 'handed_over', 'recorded'] as const)(
    'loses and doubles nothing when the sender dies after "%s"',
    async (point) => {
      const { id } = await account();
      const { messageId } = await queue(id);
      await expect(
        send((at) => {
          if (at === point) throw new Error('killed');
        }),
      ).rejects.toThrow('killed');
      expect(await outboxState(house.db, messageId)).toMatchObject({ state: point === 'recorded' ? 'sent' : 'sending' });
      expect(await send()).toBe(0);
      // Another sender takes it up when the dead one's lease has ended.
      house.clock.advance(4 * minute);
      const { events } = await newEvents(() => send());
      expect(events.map((event) => event.type)).toEqual(point === 'recorded' ? [] : ['channels.sent']);
      expect(await outboxState(house.db, messageId)).toMatchObject({ state: 'sent' });
      expect(service.taken.map((one) => one.key)).toEqual([messageId]);
      expect(service.calls.post).toBe(1);
    },
  );

  it('is not in doubt about what its dead sender never began to hand over', async () => {
    const { id } = await account();
    const { messageId } = await queue(id);
    await expect(
      send((at) => {
        if (at === 'rendered') throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    house.clock.advance(4 * minute);
    await send();
    expect(await outboxState(house.db, messageId)).toMatchObject({ state: 'sent' });
    expect(service.calls.get).toBe(0);
  });

  it('hands nothing over once another sender has the message', async () => {
    const { id } = await account();
    const { messageId } = await queue(id);
    let isSecond = false;
    await sendAllDue(house, {
      outgoing: provide,
      at: async (at) => {
        if (at !== 'rendered' || isSecond) return;
        isSecond = true;
        // Slower than its lease: another sender takes the message and sends it.
        house.clock.advance(4 * minute);
        await sendAllDue(house, { outgoing: provide });
      },
    });
    expect(await outboxState(house.db, messageId)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(service.calls).toEqual({ post: 1, get: 0 });
  });

  it('records nothing for a sender that comes back after its lease ended', async () => {
    const { id } = await account();
    const { messageId } = await queue(id);
    service.onTaken = async () => {
      service.onTaken = undefined;
      // Slower than its lease: another sender takes the row, asks, and finds it there.
      house.clock.advance(4 * minute);
      await sendAllDue(house, { outgoing: provide });
    };
    const { events } = await newEvents(() => send());
    expect(events.map((event) => event.type)).toEqual(['channels.sent']);
    expect(await outboxState(house.db, messageId)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(service.taken).toHaveLength(1);
  });

  it('lets many senders share the work without sending anything twice', async () => {
    const { id } = await account();
    const ids = await Promise.all(Array.from({ length: 40 }, () => queue(id)));
    await Promise.all(Array.from({ length: 5 }, () => send()));
    expect(service.calls.post).toBe(40);
    expect(new Set(service.taken.map((one) => one.key))).toEqual(new Set(ids.map((one) => one.messageId)));
  });

  it('keeps to the rate a service allows', async () => {
    const { id } = await account();
    await house.db.exec(sql`insert into outbox (message_id, conversation_id, account_id, state, due_at, next_at, attempted_at, at, created_at)
      select gen_random_uuid(), gen_random_uuid(), ${id}, 'sent', ${house.clock.now()}, ${house.clock.now()}, ${house.clock.now()}, now(), now() from generate_series(1, 597)`);
    for (let i = 0; i < 6; i += 1) await queue(id);
    await sendAllDue(house, { outgoing: provide });
    expect(service.calls.post).toBe(3);
    house.clock.advance(61_000);
    await send();
    expect(service.calls.post).toBe(6);
  });

  it('brings receipts home: arrived, read, came back', async () => {
    const { id } = await account();
    const [one, two] = [await queue(id), await queue(id)];
    await send();
    const receipt = (messageId: string, state: string) =>
      echoCalls(house, id, { type: 'receipt', id: messageId, state, reason: 'unbekannt', at: '2026-11-23T09:01:00Z' });
    await receipt(one.messageId, 'delivered');
    await receipt(one.messageId, 'read');
    await receipt(two.messageId, 'failed');
    await receipt(two.messageId, 'delivered');
    await receipt('not ours', 'delivered');
    const events = (await house.drain()).map(({ type, data }) => [type, data['messageId']]);
    expect(events).toEqual([
      ['channels.delivered', one.messageId],
      ['channels.message_read', one.messageId],
      ['channels.delivery_failed', two.messageId],
    ]);
    const facts = await deliveriesOf(house.db, [one.messageId, two.messageId]);
    expect(facts.get(one.messageId)?.state).toBe('delivered');
    expect(facts.get(two.messageId)).toMatchObject({ state: 'failed', problem: { code: 'not_delivered', text: 'unbekannt' } });
  });

  it('keeps what an account without a service would send', async () => {
    const { id } = await account({ settings: { secret: echoSecret } });
    const { messageId } = await queue(id);
    await send();
    const kept = await house.db.query(
      sql`select message_id as id, recipients, media_type as kind, convert_from(content, 'UTF8') as text from local_outbox where account_id = ${id}`,
    );
    expect(kept).toMatchObject([{ id: messageId, recipients: ['klein'], kind: 'application/json' }]);
    expect(kept[0]).toMatchObject({ text: expect.stringContaining('Gern geschehen') });
  });
});

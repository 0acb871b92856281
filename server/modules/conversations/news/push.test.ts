import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { WebSocket } from 'ws';
import { conversationEndpoints as on } from '../../../../contract/conversations.ts';
import type { ServerFrame } from '../../../../contract/stream.ts';
import { type PresenceState, workspaceEndpoints } from '../../../../contract/workspace.ts';
import { system } from '../../../platform/actor.ts';
import { transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type PushService, startPushService, trustPushService } from '../../../testing/push-service/push-service.ts';
import { identified } from '../../../testing/push-service/receiver.ts';
import { type ToldBrowser, toldBrowser } from '../../../testing/push-service/told-browser.ts';
import { createCustomer } from '../../customers/testing.ts';
import { type Cast, cast, createPerson } from '../../workspace/testing.ts';
import { comeBack } from '../changes/come-back.ts';
import { addNote } from '../timeline/note.ts';
import { addInbound, createConversation, type TestConversation } from '../testing.ts';

/** Stands in everything a customer wrote or is called. */
const marker = 'Quittenbrot';
let h: TestHouse;
let we: Cast;
let service: PushService;
let distrust: () => void;
let port: number;
beforeAll(async () => {
  h = await testHouse({}, { upTo: 'conversations' });
  we = await cast(h);
  service = await startPushService();
  distrust = trustPushService();
  await h.house.http.listen({ port: 0, host: '127.0.0.1' });
  port = (h.house.http.server.address() as AddressInfo).port;
});
afterAll(async () => {
  distrust();
  await h.close();
  await service.close();
});
beforeEach(async () => {
  service.answers(201);
  service.pushed.length = 0;
  await h.call(we.dorit, workspaceEndpoints.changeSettings, { privateAddresses: true });
  await h.drain();
});
afterEach(async () => {
  await h.db.exec(sql`delete from sessions`);
  await h.db.exec(sql`delete from pgboss.job`);
});

const browserOf = (...given: Parameters<typeof toldBrowser> extends [unknown, unknown, ...infer Rest] ? Rest : never) =>
  toldBrowser(h, service, ...given);
const conversation = async (assigneeId?: string): Promise<TestConversation> => {
  const customerId = (await createCustomer(h, { name: marker, mail: `${newId()}@${marker.toLowerCase()}.example` })).id;
  return createConversation(h, {
    teamId: we.team.id,
    customerId,
    subject: marker,
    text: marker,
    ...(assigneeId ? { assigneeId } : {}),
  });
};
/** Luise gives Kim a conversation. */
async function assign(to: { id: string } = we.kim): Promise<TestConversation> {
  const made = await conversation();
  expect((await h.call(we.luise, on.change, { id: made.id, assigneeId: to.id })).status).toBe(200);
  return made;
}
/** One more message of the customer, as intake reports it. */
async function received(conversationId: string, customerId: string): Promise<void> {
  const messageId = await addInbound(h, conversationId, customerId, marker, 9 + service.pushed.length);
  const row = await h.db.one<{ team: string; assignee: string | null; automatic: string | null }>(
    sql`select team_id as team, assignee_id as assignee, automatic from conversations where id = ${conversationId}`,
  );
  await transaction(h.house.platform, system, async (ctx) =>
    ctx.emit('conversations.message_received', {
      conversationId,
      messageId,
      customerId,
      teamId: row.team,
      assigneeId: row.assignee,
      caseId: null,
      seq: 9,
      automatic: row.automatic,
      reopened: false,
      by: 'customer',
    }),
  );
  await h.drain();
}

/** Lets the waiting time to the next attempt pass. */
async function wait(seconds: number): Promise<void> {
  h.clock.advance(seconds * 1_000);
  await h.db.exec(sql`update pgboss.job set start_after = now() where state in ('created', 'retry')`);
}
const waiting = () =>
  h.db.query<{ seconds: number }>(
    sql`select round(extract(epoch from start_after - created_on))::int as seconds from pgboss.job where state in ('created', 'retry')`,
  );
const kept = async () => (await h.db.query(sql`select from push_subscriptions`)).length;

describe('whoever asked for it is told while the desk is closed', () => {
  it('that a colleague gave them a conversation, sealed for their browser and without a word of the customer', async () => {
    const kim = await browserOf(we.kim);
    const { id } = await assign();
    const at = h.clock.now().toISOString();
    await h.drain();
    expect(kim.told()).toEqual([{ kind: 'assigned', id, path: `/inbox/mine/${id}`, by: 'Luise Wagner', at, locale: 'de' }]);
    expect((await kim.page.call(workspaceEndpoints.listPushSubscriptions, {})).body.items).toMatchObject([{ lastToldAt: at }]);
  });

  it('that a colleague asks them in a note, and that a customer answered what is theirs', async () => {
    const kim = await browserOf(we.kim);
    const { id, customerId } = await conversation(we.kim.id);
    const noteId = newId();
    await h.call(we.luise, on.note, { id, noteId, text: `@Kim ${marker}?`, mentions: [we.kim.id] });
    await h.drain();
    const [{ id: messageId } = { id: '' }] = await h.db.query<{ id: string }>(
      sql`select id from messages where conversation_id = ${id} and kind = 'note'`,
    );
    expect(kim.told()).toMatchObject([{ kind: 'mention', id: messageId, path: `/inbox/mentions/${id}`, by: 'Luise Wagner' }]);
    await received(id, customerId);
    expect(kim.told()[1]).toMatchObject({ kind: 'answered', id, path: `/inbox/mine/${id}`, by: null });
    // What nobody has is everybody's list, and a machine calls nobody.
    const other = await conversation();
    await received(other.id, other.customerId);
    await h.db.exec(sql`update conversations set automatic = 'reply' where id = ${id}`);
    await received(id, customerId);
    expect(kim.told()).toHaveLength(2);
  });

  it('that what they have and put off is back, unless they put it off again', async () => {
    const [kim, luise] = [await browserOf(we.kim), await browserOf(we.luise)];
    const [back, again, nobodys] = [await conversation(we.kim.id), await conversation(we.kim.id), await conversation()];
    const snoozedUntil = h.clock.now().toISOString();
    for (const { id } of [back, again, nobodys]) await h.call(we.luise, on.change, { id, snoozedUntil });
    await transaction(h.house.platform, system, comeBack);
    const later = new Date(h.clock.now().getTime() + 3_600_000).toISOString();
    await h.call(we.kim, on.change, { id: again.id, snoozedUntil: later });
    await h.drain();
    expect(kim.told()).toMatchObject([{ kind: 'came_back', id: back.id, path: `/inbox/mine/${back.id}`, by: null }]);
    expect(luise.told()).toEqual([]);
  });

  it('that a rule asks them, as that and under no name', async () => {
    const luise = await browserOf(we.luise);
    const { id } = await conversation();
    const asRule = { ...system, name: 'Brandgefahr' };
    const note = { id, noteId: newId(), text: `Bitte ansehen: ${marker}`, mentions: [we.luise.id], attachmentIds: [] };
    const { message } = await transaction(h.house.platform, asRule, (ctx) => addNote(ctx, note));
    await h.drain();
    expect(luise.told()).toMatchObject([{ kind: 'rule_told', id: message.id, path: `/inbox/mentions/${id}`, by: null }]);
  });

  it('in their own language, of the kinds they chose, and never of what they did themselves', async () => {
    const anna = await createPerson(h, { name: 'Anna Reed', roles: ['lead'], teamIds: [we.team.id], siteId: we.site.id, locale: 'en' });
    const [english, without] = [await browserOf(anna), await browserOf(we.kim, ['mention'])];
    await assign(anna);
    await assign(we.kim);
    const own = await conversation();
    await h.call(anna, on.change, { id: own.id, assigneeId: anna.id });
    await h.drain();
    expect(english.told().map(({ locale, by }) => [locale, by])).toEqual([['en', 'Luise Wagner']]);
    expect(without.told()).toEqual([]);
  });

  it('in every browser that asked', async () => {
    const browsers = [await browserOf(we.kim), await browserOf(we.kim), await browserOf(we.olaf)];
    await assign();
    await h.drain();
    expect(browsers.map((browser) => browser.told().length)).toEqual([1, 1, 0]);
  });
});

describe('the push service', () => {
  it('learns who sends, how long it is news and what replaces what, and nothing of what it is about', async () => {
    const kim = await browserOf(we.kim);
    const { publicKey } = (await kim.page.call(workspaceEndpoints.listPushSubscriptions, {})).body;
    const { id } = await assign();
    await h.drain();
    const [message] = kim.pushed();
    const { authorization, ttl, topic, urgency } = message?.headers ?? {};
    expect(message?.headers['content-encoding']).toBe('aes128gcm');
    expect([ttl, urgency]).toEqual(['3600', 'normal']);
    expect(topic).toMatch(/^[\w-]{32}$/);
    const sender = identified(String(authorization));
    expect(sender).toMatchObject({ publicKey, claims: { aud: service.origin, sub: expect.stringMatching(/^mailto:/) } });
    expect((sender?.claims.exp ?? 0) - Date.now() / 1_000).toBeLessThanOrEqual(86_400);
    const seen = JSON.stringify(message?.headers) + message?.path + (message?.body.toString('latin1') ?? '');
    for (const secret of [id, we.kim.id, 'Kim', 'Luise', 'assigned', marker]) expect(seen).not.toContain(secret);
  });

  it('gets messages of one length, so that it cannot guess, and a newer one in place of the older', async () => {
    const kim = await browserOf(we.kim);
    const long = await createPerson(h, { name: 'Ö'.repeat(120), roles: ['lead'], teamIds: [we.team.id], siteId: we.site.id });
    const { id } = await assign();
    await h.call(we.luise, on.change, { id, assigneeId: null });
    await h.call(long, on.change, { id, assigneeId: we.kim.id });
    const other = await assign();
    await h.drain();
    const pushed = kim.told().map((news, index) => ({ ...news, ...kim.pushed()[index] }));
    const of = (one: string) => pushed.filter((news) => news.id === one);
    expect(of(id).map(({ by }) => by)).toEqual(expect.arrayContaining(['Luise Wagner', long.name]));
    const topics = (one: string) => [...new Set(of(one).map(({ headers }) => headers?.['topic']))];
    expect([of(id).length, topics(id).length, topics(other.id).length]).toEqual([2, 1, 1]);
    expect(topics(id)).not.toEqual(topics(other.id));
    expect(new Set(pushed.map(({ body }) => body?.length)).size).toBe(1);
  });

  it.each([404, 410])('that says %i is asked no more for this browser', async (status) => {
    await browserOf(we.kim);
    service.answers(status);
    await assign();
    await h.drain();
    expect([service.pushed.length, await kept()]).toEqual([1, 0]);
    await assign();
    await h.drain();
    expect(service.pushed).toHaveLength(1);
  });

  it.each([500, 503])('that fails with %i is asked again, ever later, as long as it is news', async (status) => {
    const kim = await browserOf(we.kim);
    service.answers(status);
    await assign();
    await h.drain();
    const pauses: number[] = [];
    for (let [next] = await waiting(); next; [next] = await waiting()) {
      pauses.push(next.seconds);
      await wait(next.seconds);
      await h.drain();
    }
    expect(pauses).toEqual([5, 15, 60, 300, 900]);
    expect(service.pushed).toHaveLength(6);
    expect(new Set(service.pushed.map(({ headers }) => headers['topic'])).size).toBe(1);
    expect(Number(service.pushed.at(-1)?.headers['ttl'])).toBe(3_600 - 1_280);
    expect(await kept()).toBe(1);
    expect(await h.db.query(sql`select from pgboss.job where state = 'failed'`)).toEqual([]);
    service.answers(201);
    await assign();
    await h.drain();
    expect(kim.told()).toHaveLength(7);
  });

  it('that is overrun says when, and is left alone until then; what is then no news is left out', async () => {
    const kim = await browserOf(we.kim);
    service.answers(429, { 'retry-after': '120' });
    await assign();
    await h.drain();
    expect(await waiting()).toEqual([{ seconds: 120 }]);
    service.answers(201);
    await wait(120);
    await h.drain();
    expect(kim.told()).toHaveLength(2);
    service.answers(429, { 'retry-after': '7200' });
    await assign();
    await h.drain();
    expect(await waiting()).toEqual([]);
  });

  it('that refuses, or hangs up, or is not there breaks nothing', async () => {
    await browserOf(we.kim);
    service.answers(403);
    await assign();
    await h.drain();
    expect([await waiting(), await kept()]).toEqual([[], 1]);
    const gone = { ...(await h.db.one<{ sealed: string }>(sql`select sealed from push_subscriptions`)) };
    const reached = JSON.parse(h.house.platform.secrets.open(gone.sealed)) as Record<string, string>;
    const nowhere = h.house.platform.secrets.seal(JSON.stringify({ ...reached, endpoint: 'https://localhost:9/' }));
    await h.db.exec(sql`update push_subscriptions set sealed = ${nowhere}`);
    await assign();
    await h.drain();
    expect(await waiting()).toEqual([{ seconds: 5 }]);
  });

  it('inside is not called unless the company allows it', async () => {
    await browserOf(we.kim);
    await h.call(we.dorit, workspaceEndpoints.changeSettings, { privateAddresses: false });
    await assign();
    await h.drain();
    expect([service.pushed, await waiting()]).toEqual([[], []]);
  });

  it('hears the same again, under the same topic, when a process died before it could note that it was told', async () => {
    const kim = await browserOf(we.kim);
    await assign();
    await h.drain();
    await h.db.exec(
      sql`update pgboss.job set state = 'retry', completed_on = null, start_after = now() where data->>'job' = 'workspace.push_news'`,
    );
    await h.drain();
    expect(kim.told()[1]).toEqual(kim.told()[0]);
    expect(kim.pushed()[1]?.headers['topic']).toBe(kim.pushed()[0]?.headers['topic']);
  });
});

describe('nobody is told', () => {
  let kim: ToldBrowser;
  beforeEach(async () => {
    kim = await browserOf(we.kim);
  });
  afterEach(async () => {
    await h.db.exec(sql`delete from presence`);
    await h.db.exec(sql`update people set active = true, roles = array['agent'] where id = ${we.kim.id}`);
  });
  const news = async () => {
    await assign();
    await h.drain();
    return kim.told().length;
  };

  it.each<[PresenceState, number]>([
    ['available', 1],
    ['busy', 1],
    ['break', 0],
    ['recovery', 0],
    ['training', 0],
    ['away', 0],
  ])('in a pause or after work: %s', async (state, times) => {
    await h.call(we.kim, workspaceEndpoints.setPresence, { state });
    expect(await news()).toBe(times);
  });

  it('who looks at the desk, in whichever browser', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/stream`, {
      headers: { cookie: `nahbar_session=${(await browserOf(we.kim, [])).page.cookie}` },
    });
    const said = (op: string) =>
      new Promise<void>((resolve) => {
        socket.on('message', (data: Buffer) => {
          if ((JSON.parse(data.toString()) as ServerFrame).op === op) resolve();
        });
      });
    const say = async (frame: object) => {
      socket.send(JSON.stringify(frame));
      const pong = said('pong');
      socket.send('{"op":"ping"}');
      await pong;
    };
    await said('ready');
    expect(await news()).toBe(1);
    await say({ op: 'watch', kind: 'desk', id: we.kim.id });
    expect(await news()).toBe(1);
    await say({ op: 'unwatch', kind: 'desk', id: we.kim.id });
    expect(await news()).toBe(2);
    await say({ op: 'watch', kind: 'desk', id: we.kim.id });
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.close();
    await closed;
    await expect.poll(() => news()).toBeGreaterThan(2);
  });

  it('as if another looked: one watches one’s own desk', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/stream`, {
      headers: { cookie: `nahbar_session=${(await browserOf(we.olaf, [])).page.cookie}` },
    });
    const refused = new Promise<string>((resolve) => {
      socket.on('message', (data: Buffer) => {
        const frame = JSON.parse(data.toString()) as ServerFrame;
        if (frame.op === 'ready') socket.send(JSON.stringify({ op: 'watch', kind: 'desk', id: we.kim.id }));
        if (frame.op === 'refused') resolve(frame.what);
      });
    });
    expect(await refused).toBe(`desk ${we.kim.id}`);
    expect(await news()).toBe(1);
    socket.close();
  });

  it('what is no longer theirs, or what they may not read any more', async () => {
    const { id } = await assign();
    await h.call(we.luise, on.change, { id, assigneeId: we.olaf.id });
    await h.drain();
    expect(kim.told()).toEqual([]);
    await assign();
    await h.db.exec(sql`update people set roles = array['analyst'] where id = ${we.kim.id}`);
    await h.drain();
    expect(kim.told()).toEqual([]);
  });

  it('who signed out or left, even of what was under way', async () => {
    service.answers(500);
    await assign();
    await h.drain();
    await kim.page.call(workspaceEndpoints.signOut, {});
    await wait(5);
    await h.drain();
    expect(service.pushed).toHaveLength(1);
    kim = await browserOf(we.kim);
    await assign();
    await h.call(we.dorit, workspaceEndpoints.deactivatePerson, { id: we.kim.id });
    await h.drain();
    expect(service.pushed).toHaveLength(1);
  });
});

test('nothing of a customer lies in what waits to be told', async () => {
  await browserOf(we.kim);
  service.answers(500);
  await assign();
  await h.drain();
  const jobs = await h.db.query<{ data: unknown }>(sql`select data from pgboss.job where data->>'job' = 'workspace.push_news'`);
  expect(jobs.length).toBeGreaterThan(0);
  expect(JSON.stringify(jobs)).not.toContain(marker);
});

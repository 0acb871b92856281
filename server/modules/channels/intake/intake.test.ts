import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { NewRaw, ServerChannel } from '../../../../contract/channel.ts';
import { channelsEndpoints as e } from '../../../../contract/channels.ts';
import { workspaceEndpoints as we } from '../../../../contract/workspace.ts';
import { system } from '../../../platform/actor.ts';
import { transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast, createPerson } from '../../workspace/testing.ts';
import { eraseRaw, readInbound, readInboundMany } from '../index.ts';
import { channelOf } from '../registry/registry.ts';
import { toolsFor } from '../registry/tools.ts';
import { createAccount, echoCalls, echoMessage } from '../testing.ts';
import { storeRaw } from './store.ts';

describe('intake', () => {
  let house: TestHouse;
  let people: Cast;
  let account: { id: string };
  beforeAll(async () => {
    house = await testHouse({}, { upTo: 'channels' });
    people = await cast(house);
    account = await createAccount(house, { teamId: people.team.id });
  });
  afterAll(() => house.close());
  const store = (items: NewRaw[], cursor?: { accountId: string; state: unknown }) =>
    transaction(house.house.platform, system, (ctx) => storeRaw(ctx, items, cursor));
  const raw = (content: string, platformId: string | null = null): NewRaw => ({
    accountId: account.id,
    platformId,
    content: Buffer.from(content),
    mediaType: 'application/json',
    receivedAt: house.clock.now(),
  });
  const types = (events: { type: string }[]) => events.map((event) => event.type);

  it('hands on what the database can take, whatever the message holds', async () => {
    const text = 'vor\u0000nach \ud83d halb';
    const reply = await echoCalls(house, account.id, echoMessage({ id: 'm-0\u0000', text }), { delivery: 'd-0' });
    expect(reply.status).toBe(200);
    const [event] = await house.drain();
    const inbound = await readInbound(
      { db: house.db, platform: house.house.platform },
      { intakeId: String(event?.data['intakeId']), index: 0 },
    );
    expect(inbound?.message).toMatchObject({ platformId: 'm-0', text: 'vornach \ufffd halb' });
  });

  it('stores a webhook call, answers, reads it, and tells the rooms above once', async () => {
    const message = echoMessage({ id: 'm-1', text: 'Wo bleibt mein Paket?' });
    const reply = await echoCalls(house, account.id, message, { delivery: 'd-1' });
    expect(reply).toEqual({ status: 200, body: {} });
    const events = await house.drain();
    expect(types(events)).toEqual(['channels.message_received']);
    expect(events[0]?.data).toEqual({
      intakeId: expect.any(String),
      index: 0,
      accountId: account.id,
      teamId: people.team.id,
      channel: 'echo',
    });
    const intakeId = String(events[0]?.data['intakeId']);
    const inbound = await readInbound({ db: house.db, platform: house.house.platform }, { intakeId, index: 0 });
    expect(inbound).toMatchObject({
      accountId: account.id,
      channel: 'echo',
      message: { platformId: 'm-1', text: 'Wo bleibt mein Paket?' },
    });
    // A service that did not hear our answer calls again, tomorrow too.
    expect((await echoCalls(house, account.id, message, { delivery: 'd-1' })).status).toBe(200);
    expect(await house.drain()).toEqual([]);
  });

  it('refuses a call with a bad signature and stores nothing', async () => {
    const before = await house.db.one<{ n: number }>(sql`select count(*) as n from intake`);
    const reply = await echoCalls(house, account.id, echoMessage(), { secret: 'another secret altogether' });
    expect([reply.status, (reply.body as { code: string }).code]).toEqual([403, 'channels.hook_refused']);
    const unknown = await echoCalls(house, '019a0000-0000-7000-8000-000000000009', echoMessage());
    expect(unknown.status).toBe(404);
    expect(await house.db.one(sql`select count(*) as n from intake`)).toEqual(before);
  });

  it('answers a challenge, and takes bodies of any media type byte for byte', async () => {
    const url = `/api/v1/channels/accounts/${account.id}/hook`;
    const challenge = await house.house.http.inject({ method: 'GET', url: `${url}?challenge=abc` });
    expect([challenge.statusCode, challenge.payload]).toEqual([200, 'abc']);
    const odd = await echoCalls(house, account.id, echoMessage({ text: 'Grüße' }), { contentType: 'text/x-odd; charset=utf-7' });
    expect(odd.status).toBe(200);
    expect(types(await house.drain())).toEqual(['channels.message_received']);
  });

  it('counts the same bytes once, with an id and without, in one call and in two', async () => {
    const [first, second, third] = await store([raw('{"a":1}', 'same'), raw('{"a":1}', 'same'), raw('{"a":1}')]);
    expect([first?.duplicate, second?.duplicate, third?.duplicate]).toEqual([false, true, false]);
    expect(second?.id).toBe(first?.id);
    const again = await store([raw('{"a":1}'), raw('{"a":1}', 'same')]);
    expect(again).toEqual([
      { id: third?.id, duplicate: true },
      { id: first?.id, duplicate: true },
    ]);
  });

  it('keeps other bytes under the same id beside the first and marks them', async () => {
    const [first] = await store([raw(JSON.stringify(echoMessage({ id: 'r-1', text: 'eins' })), 'reused')]);
    const [second] = await store([raw(JSON.stringify(echoMessage({ id: 'r-1', text: 'zwei' })), 'reused')]);
    expect(second).toEqual({ id: expect.not.stringMatching(first?.id ?? ''), duplicate: false });
    await house.drain();
    const at = { db: house.db, platform: house.house.platform };
    const where = [first, second].map((one) => ({ intakeId: one?.id ?? '', index: 0 }));
    expect((await readInboundMany(at, where)).map((one) => one.message.facts)).toEqual([[], ['id_reused']]);
  });

  it('takes what a repetition has in common for the same', async () => {
    const sameness = Buffer.from('the body');
    const [first] = await store([{ ...raw('Received: one\n\nthe body', 'tw'), sameness }]);
    const [second] = await store([{ ...raw('Received: two\n\nthe body', 'tw'), sameness }]);
    expect(second).toEqual({ id: first?.id, duplicate: true });
  });

  it('moves the cursor in the same transaction, or not at all', async () => {
    const tools = toolsFor(house.house.platform, 'echo');
    await tools.storeRaw([raw('{"type":"x","n":1}')], { accountId: account.id, state: { uid: 1 } });
    expect((await tools.account(account.id))?.state).toEqual({ uid: 1 });
    const stranger = { ...raw('{"type":"x","n":2}'), accountId: '019a0000-0000-7000-8000-000000000009' };
    await expect(tools.storeRaw([raw('{"type":"x","n":3}'), stranger], { accountId: account.id, state: { uid: 2 } })).rejects.toThrow(
      'No channel account',
    );
    expect((await tools.account(account.id))?.state).toEqual({ uid: 1 });
    await house.drain();
  });

  it('keeps large ones whole and hostile facts harmless', async () => {
    const text = 'ä'.repeat(900_000);
    const large = {
      ...raw(JSON.stringify(echoMessage({ id: 'large', text: 'kurz', name: text.slice(0, 10) })) + ' '.repeat(3_000_000), 'zero\u0000id'),
      envelope: { helo: 'a\u0000b\ud800', path: '\\u0000' },
    };
    const [stored] = await store([large]);
    expect(types(await house.drain())).toEqual(['channels.message_received']);
    const row = await house.db.one<{ envelope: unknown; platform_id: string }>(
      sql`select envelope, platform_id from intake where id = ${stored?.id}`,
    );
    expect(row).toEqual({ envelope: { helo: 'ab\ufffd', path: '\\u0000' }, platform_id: 'zeroid' });
  });

  it('reads a large one once, although that takes longer than a transaction may be silent', async () => {
    const echo = channelOf('echo') as ServerChannel;
    const { parse } = echo;
    const slow = vi.spyOn(echo, 'parse').mockImplementation((...given) => {
      for (const end = performance.now() + 3_500; performance.now() < end; );
      return parse(...given);
    });
    await store([raw(JSON.stringify(echoMessage({ id: 'slow', text: 'lang' })) + ' '.repeat(3_000_000), 'slow')]);
    expect(types(await house.drain())).toEqual(['channels.message_received']);
    expect(slow).toHaveBeenCalledTimes(1);
    slow.mockRestore();
  });

  it('shows what cannot be read, loses nothing, and reads it again when told', async () => {
    const [stored] = await store([raw('no json at all', 'broken')]);
    const id = stored?.id ?? '';
    expect(types(await house.drain())).toEqual(['channels.intake_failed']);
    const list = await house.call(people.luise, e.intake, { state: 'failed' });
    const shown = list.body.items.find((item) => item.id === id);
    expect(shown).toMatchObject({
      state: 'failed',
      items: null,
      size: 14,
      problem: expect.stringMatching(/^SyntaxError at channels.echo.server.parse/),
    });
    const download = await house.call(people.kim, e.intakeRaw, { id });
    expect([download.status, (download.body as unknown as Buffer).toString()]).toEqual([200, 'no json at all']);
    expect((await house.call(people.mehmet, e.intakeRaw, { id })).status).toBe(404);
    expect((await house.call(people.dorit, e.intakeRaw, { id })).status).toBe(403);

    // Who is offered what: the team's lead may read it, an administrator may not, and a lead of elsewhere may only try again.
    const elsewhere = await createPerson(house, { name: 'Ute Reich', roles: ['lead'], teamIds: [people.otherTeam.id] });
    const offered = async (person: typeof people.luise) =>
      (await house.call(person, e.intake, { state: 'failed' })).body.items.find((item) => item.id === id)?.may;
    expect(shown?.may).toEqual({ download: true, dismiss: true });
    expect(await offered(people.dorit)).toEqual({ download: false, dismiss: true });
    expect(await offered(elsewhere)).toEqual({ download: false, dismiss: false });

    const retried = await house.call(people.luise, e.retryIntake, { id });
    expect([retried.status, types(retried.events)]).toEqual([200, ['channels.raw_stored']]);
    expect(types(await house.drain())).toEqual(['channels.intake_failed']);
    await house.db.exec(sql`update files set content = ${Buffer.from(JSON.stringify(echoMessage()))} where id = ${id}`);
    await house.call(people.luise, e.retryIntake, { id });
    expect(types(await house.drain())).toEqual(['channels.message_received']);
    expect((await house.call(people.luise, e.retryIntake, { id })).problem.code).toBe('channels.not_failed');
    expect((await house.call(people.luise, e.dismissIntake, { id })).problem.code).toBe('channels.not_failed');
  });

  it('keeps what a person has dealt with, no longer as a problem, and still reads it again when told', async () => {
    const failed = async () => {
      const { items } = (await house.call(people.dorit, we.getHealth, {})).body;
      return Number(items.find((line) => line.name === 'intake')?.data?.['failed']);
    };
    const before = await failed();
    const [stored] = await store([raw('neither', 'dealt-with')]);
    const id = stored?.id ?? '';
    await house.drain();
    expect(await failed()).toBe(before + 1);
    const elsewhere = await createPerson(house, { name: 'Ulf Reich', roles: ['lead'], teamIds: [people.otherTeam.id] });
    expect((await house.call(elsewhere, e.dismissIntake, { id })).status).toBe(403);
    expect((await house.call(people.luise, e.dismissIntake, { id })).status).toBe(200);
    expect(await failed()).toBe(before);
    const idsOf = async (state: 'failed' | 'dismissed') =>
      (await house.call(people.luise, e.intake, { state })).body.items.map((item) => item.id);
    expect(await idsOf('failed')).not.toContain(id);
    expect(await idsOf('dismissed')).toEqual([id]);
    expect((await house.call(people.kim, e.intakeRaw, { id })).status).toBe(200);

    await house.db.exec(sql`update files set content = ${Buffer.from(JSON.stringify(echoMessage()))} where id = ${id}`);
    expect((await house.call(people.luise, e.retryIntake, { id })).status).toBe(200);
    expect(types(await house.drain())).toEqual(['channels.message_received']);
    expect(await idsOf('dismissed')).toEqual([]);
  });

  it('erases what arrived from the database and from memory, and still knows a repetition', async () => {
    const item = raw(JSON.stringify(echoMessage({ id: 'erase', text: 'vergessen Sie mich' })), 'erase');
    const [stored] = await store([{ ...item, envelope: { from: 'klein@post.example' } }]);
    await house.drain();
    const at = { db: house.db, platform: house.house.platform };
    const where = { intakeId: stored?.id ?? '', index: 0 };
    expect((await readInbound(at, where))?.message.text).toBe('vergessen Sie mich');
    await transaction(house.house.platform, system, (ctx) => eraseRaw(ctx, [where.intakeId]));
    house.house.tail.poke();
    await expect.poll(() => readInbound(at, where)).toBeUndefined();
    expect(await house.db.query(sql`select from files where id = ${where.intakeId}`)).toEqual([]);
    expect(await store([item])).toEqual([{ id: where.intakeId, duplicate: true }]);
    expect(await house.drain()).toEqual([]);
  });

  it('passes edits, deletions and unknown events on as what they are', async () => {
    await store([
      raw('{"type":"edit","id":"m-1","text":"neu","at":"2026-11-23T09:00:00Z"}'),
      raw('{"type":"deletion","id":"m-1","at":"2026-11-23T09:00:00Z"}'),
      raw('{"type":"poke","who":"x"}'),
    ]);
    expect(types(await house.drain()).toSorted()).toEqual(['channels.message_deleted', 'channels.message_edited']);
    expect(await house.db.query(sql`select from intake where state <> 'parsed' and problem is null`)).toEqual([]);
  });

  it('stores each delivery exactly once, in whatever order and company repetitions arrive', async () => {
    let run = 0;
    const calls = fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(calls, async (batches) => {
        run += 1;
        const one = (n: number) => raw(`{"type":"noise","n":${n},"run":${run}}`, n % 2 ? `p${run}-${n}` : null);
        const results = await Promise.all(batches.map((batch) => store(batch.map(one))));
        const ids = new Map<number, Set<string>>();
        const firsts: number[] = [];
        for (const [b, batch] of batches.entries())
          for (const [i, n] of batch.entries()) {
            const stored = results[b]?.[i];
            ids.set(n, (ids.get(n) ?? new Set()).add(stored?.id ?? ''));
            if (stored && !stored.duplicate) firsts.push(n);
          }
        for (const seen of ids.values()) expect(seen.size).toBe(1);
        expect(new Set(firsts)).toEqual(new Set(ids.keys()));
        expect(firsts).toHaveLength(ids.size);
      }),
      { numRuns: 30 },
    );
  });
});

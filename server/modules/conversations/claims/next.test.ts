import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { sql } from '../../../platform/database/sql.ts';
import type { House } from '../../../platform/house/house.ts';
import { besides, type TestHouse, testHouse } from '../../../testing/house.ts';
import { transaction } from '../../../platform/context.ts';
import { createCustomer } from '../../customers/testing.ts';
import { actorOf } from '../../workspace/index.ts';
import { createPerson, createTeam } from '../../workspace/testing.ts';
import { loadConversation } from '../queries.ts';
import { createConversation } from '../testing.ts';
import { takeIfFree } from './claim.ts';

let h: TestHouse;
let second: House;
beforeAll(async () => {
  h = await testHouse({ DATABASE_CONNECTIONS: '12' });
  second = await besides(h);
});
afterAll(async () => {
  await second?.close();
  await h?.close();
});

/** The answer as it went over the wire. */
async function taken({ http }: House, personId: string, key: string): Promise<string> {
  const headers = { authorization: `Test ${personId}`, 'idempotency-key': key };
  const reply = await http.inject({ method: 'POST', url: '/api/v1/conversations/next', payload: {}, headers });
  return `${reply.statusCode} ${reply.payload}`;
}

/** A team nobody else works in, and so many of it. */
async function atWork(people = 2) {
  const team = await createTeam(h, { name: `Nord ${crypto.randomUUID()}` });
  const advisers = await Promise.all(
    Array.from({ length: people }, (_, n) => createPerson(h, { name: `Adviser ${n}`, roles: ['agent'], teamIds: [team.id] })),
  );
  const minutesAgo = (minutes: number) => new Date(h.clock.now().getTime() - minutes * 60_000);
  const [one, other] = advisers;
  if (!one || !other) throw new Error('two at least');
  return { teamId: team.id, advisers, one, other, minutesAgo };
}

describe('the next one', () => {
  it('is the one that waits longest, taken like any other', async () => {
    const { teamId, one, minutesAgo } = await atWork();
    await createConversation(h, { teamId, at: minutesAgo(5) });
    const oldest = await createConversation(h, { teamId, at: minutesAgo(50) });
    const taken = await h.call(one, api.takeNext, {});
    expect(taken.status).toBe(200);
    expect(taken.body).toMatchObject({
      lease: { fence: 1 },
      conversation: { id: oldest.id, state: 'in_progress', claim: { personId: one.id } },
    });
    expect(taken.events.map(({ type }) => type)).toEqual(['conversations.claimed']);
  });

  it('is nothing that a colleague has, is assigned, is put off or waits for the customer, and nothing of another team', async () => {
    const { teamId, one, other, minutesAgo } = await atWork();
    const foreign = await atWork();
    await createConversation(h, { teamId: foreign.teamId, at: minutesAgo(99) });
    await createConversation(h, { teamId, assigneeId: other.id, at: minutesAgo(90) });
    await createConversation(h, { teamId, state: 'waiting_customer', at: minutesAgo(80) });
    const held = await createConversation(h, { teamId, at: minutesAgo(70) });
    await h.call(other, api.claim, { id: held.id });
    const later = await createConversation(h, { teamId, at: minutesAgo(60) });
    await h.db.exec(sql`update conversations set snoozed_until = ${minutesAgo(-60)} where id = ${later.id}`);
    const free = await createConversation(h, { teamId, at: minutesAgo(5) });
    for (const view of ['open', 'unassigned']) {
      const taken = await h.call(one, api.takeNext, { view });
      expect(taken.body.conversation.id).toBe(free.id);
      const none = await h.call(one, api.takeNext, { view });
      expect(none.status).toBe(409);
      expect(none.problem.code).toBe('conversations.nothing_free');
      await h.call(one, api.release, { id: free.id });
    }
  });

  it('passes over a customer whom a colleague serves, and tells of no refusal: nobody was refused', async () => {
    const { teamId, one, other, minutesAgo } = await atWork();
    const customerId = (await createCustomer(h, { name: 'Elif Aydın' })).id;
    const mail = await createConversation(h, { teamId, customerId, at: minutesAgo(50) });
    await createConversation(h, { teamId, customerId, channel: 'phone', at: minutesAgo(40) });
    const second = await createConversation(h, { teamId, at: minutesAgo(5) });
    expect((await h.call(one, api.takeNext, {})).body.conversation.id).toBe(mail.id);
    const taken = await h.call(other, api.takeNext, {});
    expect(taken.body.conversation.id).toBe(second.id);
    expect(taken.events.map(({ type }) => type)).toEqual(['conversations.claimed']);
    // Who serves the customer gets the other one too: told once.
    expect((await h.call(one, api.takeNext, {})).body.conversation.channel).toBe('phone');
  });

  it('is asked of a view, a team or in an order of one’s own', async () => {
    const { teamId, one, minutesAgo } = await atWork();
    const south = await createTeam(h, { name: `Süd ${crypto.randomUUID()}` });
    const both = await createPerson(h, { roles: ['agent'], teamIds: [teamId, south.id] });
    const first = await createConversation(h, { teamId, at: minutesAgo(50) });
    const newest = await createConversation(h, { teamId, at: minutesAgo(1) });
    const urgent = await createConversation(h, { teamId, at: minutesAgo(20) });
    await h.db.exec(sql`update conversations set priority = 3 where id = ${urgent.id}`);
    const southern = await createConversation(h, { teamId: south.id, at: minutesAgo(10) });
    const mine = await createConversation(h, { teamId, assigneeId: both.id, at: minutesAgo(2) });
    const view = crypto.randomUUID();
    await h.call(both, api.saveView, {
      id: view,
      name: 'Dringend',
      filter: { priorities: ['urgent'] },
      sort: 'newest',
      position: 0,
      shared: false,
    });
    const next = async (input: { view?: string; teamId?: string; sort?: 'newest' }) =>
      (await h.call(both, api.takeNext, input)).body.conversation.id;
    expect(await next({ view: 'open', teamId: south.id })).toBe(southern.id);
    expect(await next({ view: 'mine' })).toBe(mine.id);
    expect(await next({ view })).toBe(urgent.id);
    expect(await next({ sort: 'newest' })).toBe(newest.id);
    expect(await next({})).toBe(first.id);
    // A view of somebody else's does not exist.
    expect((await h.call(one, api.takeNext, { view })).status).toBe(404);
  });

  it('is the same one for a repetition, also of those who ask at the same moment, and after what was between them', async () => {
    const { teamId, one, other, minutesAgo } = await atWork();
    for (let n = 1; n <= 12; n += 1) await createConversation(h, { teamId, at: minutesAgo(n) });
    const key = { 'idempotency-key': crypto.randomUUID() };
    const first = await h.call(one, api.takeNext, {}, key);
    const again = await h.call(one, api.takeNext, {}, key);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(again.events).toEqual([]);
    // Somebody else's key of the same name is another one.
    expect((await h.call(other, api.takeNext, {}, key)).body.conversation.id).not.toBe(first.body.conversation.id);
    expect((await h.call(one, api.takeNext, { view: 'open' }, key)).problem.code).toBe('core.idempotency_mismatch');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 6 }), async (times) => {
        await createConversation(h, { teamId, at: minutesAgo(1) });
        const mine = async () =>
          (await h.db.query<{ id: string }>(sql`select id from conversations where team_id = ${teamId} and claimed_by = ${one.id}`)).length;
        const before = await mine();
        const twice = crypto.randomUUID();
        // Here and in another process.
        const replies = await Promise.all(Array.from({ length: times }, (_, n) => taken(n % 2 ? h.house : second, one.id, twice)));
        expect(new Set(replies).size).toBe(1);
        expect(replies[0]).toMatch(/^200 .*"fence":1,/);
        expect(await mine()).toBe(before + 1);
      }),
      { numRuns: 8 },
    );
  });

  it('is remembered with what was taken or not at all: undone, the same key takes one', async () => {
    const { teamId, one, minutesAgo } = await atWork();
    const key = { 'idempotency-key': crypto.randomUUID() };
    // Refused, it leaves nothing behind that a repetition would find.
    expect((await h.call(one, api.takeNext, {}, key)).problem.code).toBe('conversations.nothing_free');
    const free = await createConversation(h, { teamId, at: minutesAgo(5) });
    // The database fails in the middle of the commit, as at a crash.
    await h.db.exec(sql`create function fails() returns trigger language plpgsql as $$ begin raise 'crash'; end $$`);
    await h.db.exec(sql`create trigger crash before insert on idempotency_keys for each row execute function fails()`);
    expect((await h.call(one, api.takeNext, {}, key)).status).toBe(500);
    const claimed = () => h.db.one<{ by: string | null }>(sql`select claimed_by as by from conversations where id = ${free.id}`);
    expect(await claimed()).toEqual({ by: null });
    await h.db.exec(sql`drop trigger crash on idempotency_keys`);
    const taken = await h.call(one, api.takeNext, {}, key);
    expect([taken.body.conversation.id, await claimed()]).toEqual([free.id, { by: one.id }]);
    expect((await h.call(one, api.takeNext, {}, key)).body).toEqual(taken.body);
  });

  it('notes why with the taking; had again in another way, by undoing, it is not why any more', async () => {
    const { teamId, one, minutesAgo } = await atWork();
    const { id } = await createConversation(h, { teamId, at: minutesAgo(5) });
    const reason = () => h.db.one<{ reason: unknown }>(sql`select next_reason as reason from conversations where id = ${id}`);
    await h.call(one, api.takeNext, {});
    expect(await reason()).toMatchObject({ reason: { because: 'due', among: 'free', isServing: false } });
    await h.call(one, api.release, { id });
    const actor = await actorOf(h.house.platform, one.id);
    if (!actor) throw new Error('works here');
    await transaction(h.house.platform, actor, async (ctx) => takeIfFree(ctx, await loadConversation(ctx, id)));
    expect(await reason()).toEqual({ reason: null });
  });

  it('of thirty advisers who ask for three hundred at once: everybody gets another one every time, and in the end there is nothing', async () => {
    const { teamId, advisers } = await atWork(30);
    // A third of them of a hundred customers, so that colleagues meet at customers too.
    const waiting = await h.db.query<{
      id: string;
    }>(sql`insert into conversations (id, channel, visibility, state, subject, preview, customer_id, customer_root_id, team_id, last_seq, last_message_at,
        last_direction, waiting_since, created_at)
      select gen_random_uuid(), 'email', 'private', 'queued', 'Rennen', '', u, u, ${teamId}, 0, ${h.clock.now()}, 'in', ${h.clock.now()}, ${h.clock.now()}
      from (select case when n % 3 = 0 then md5((n % 100)::text || ${teamId})::uuid else gen_random_uuid() end as u from generate_series(1, 300) n) s
      returning id`);
    const taken: { id: string; adviser: string }[] = [];
    const ends = await Promise.all(
      advisers.map(async (adviser) => {
        for (;;) {
          const reply = await h.call(adviser, api.takeNext, {});
          if (reply.status !== 200) return reply.problem.code;
          taken.push({ id: reply.body.conversation.id, adviser: adviser.id });
        }
      }),
    );
    expect(new Set(ends)).toEqual(new Set(['conversations.nothing_free']));
    expect(new Set(taken.map(({ id }) => id)).size).toBe(taken.length);
    // What is left belongs to customers whom a colleague serves, and goes to that colleague.
    const left = await h.db.query<{ id: string; servedBy: string | null }>(sql`select c.id, l.person_id as "servedBy" from conversations c
      left join customer_leases l on l.customer_id = c.customer_root_id where c.team_id = ${teamId} and c.claimed_by is null`);
    expect(left.filter(({ servedBy }) => servedBy === null)).toEqual([]);
    for (const { servedBy } of left) {
      const adviser = advisers.find(({ id }) => id === servedBy);
      const reply = await h.call(adviser ?? null, api.takeNext, {});
      if (reply.status === 200) taken.push({ id: reply.body.conversation.id, adviser: servedBy ?? '' });
    }
    expect(taken.map(({ id }) => id).toSorted()).toEqual(waiting.map(({ id }) => id).toSorted());
    const handlers = await h.db.query(sql`select customer_root_id from conversations where team_id = ${teamId}
      group by 1 having count(distinct claimed_by) <> 1`);
    expect(handlers).toEqual([]);
  }, 120_000);
});

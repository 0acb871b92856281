import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { sql } from '../../../platform/database/sql.ts';
import { besides, type Caller, type TestHouse, testHouse } from '../../../testing/house.ts';
import { createCustomer } from '../../customers/testing.ts';
import { type Cast, cast, createPerson, createTeam } from '../../workspace/testing.ts';
import { addInbound, createConversation } from '../testing.ts';

let h: TestHouse;
let people: Cast;
beforeAll(async () => {
  h = await testHouse({ DATABASE_CONNECTIONS: '12' });
  people = await cast(h);
});
afterAll(() => h.close());

const types = (events: { type: string }[]) => events.map((e) => e.type);

describe('claiming', () => {
  it('gives conversation and customer to one person, with a fence and five minutes', async () => {
    const c = await createConversation(h, { teamId: people.team.id });
    const taken = await h.call(people.kim, api.claim, { id: c.id });
    expect(taken.status).toBe(200);
    expect(taken.body.lease).toEqual({ fence: 1, until: '2026-11-23T09:05:00.000Z' });
    expect(taken.body.conversation).toMatchObject({ state: 'in_progress', claim: { personId: people.kim.id } });
    expect(types(taken.events)).toEqual(['conversations.claimed']);
  });

  it('refuses the second and says who has it since when; the refusal is an event', async () => {
    const c = await createConversation(h, { teamId: people.team.id });
    await h.call(people.kim, api.claim, { id: c.id });
    const second = await h.call(people.olaf, api.claim, { id: c.id });
    expect(second.status).toBe(409);
    expect(second.problem).toMatchObject({
      code: 'conversations.already_claimed',
      data: { holderId: people.kim.id, holderName: 'Kim Sommer', since: '2026-11-23T09:00:00.000Z' },
    });
    expect(types(second.events)).toEqual(['conversations.claim_refused']);
  });

  it('guards the customer across conversations: another channel, the same person', async () => {
    const customer = await createCustomer(h, { name: 'Elif Aydın' });
    const mail = await createConversation(h, { teamId: people.team.id, customerId: customer.id });
    const call = await createConversation(h, { teamId: people.team.id, customerId: customer.id, channel: 'phone' });
    await h.call(people.kim, api.claim, { id: mail.id });
    const other = await h.call(people.olaf, api.claim, { id: call.id });
    expect(other.problem).toMatchObject({ code: 'conversations.customer_already_served', data: { holderId: people.kim.id } });
    expect((await h.call(people.kim, api.claim, { id: call.id })).status).toBe(200);
    // Kim gives one back: the customer stays Kim's while the other is held.
    await h.call(people.kim, api.release, { id: mail.id });
    expect((await h.call(people.olaf, api.claim, { id: mail.id })).problem.code).toBe('conversations.customer_already_served');
    await h.call(people.kim, api.release, { id: call.id });
    expect((await h.call(people.olaf, api.claim, { id: mail.id })).status).toBe(200);
  });

  it('keeps conversation and customer for as long as it was told, also when a slower process gives one thing more', async () => {
    // Its clock is two minutes behind, or it stood still for so long before it wrote.
    const behind = await besides(h, { clock: { now: () => new Date(h.clock.now().getTime() - 120_000) } });
    const there = async (method: 'POST' | 'PUT', id: string, payload: object) => {
      const url = `/api/v1/conversations/${id}/claim`;
      const reply = await behind.http.inject({ method, url, payload, headers: { authorization: `Test ${people.kim.id}` } });
      return reply.json<{ lease: { until: string } }>().lease.until;
    };
    const ofOne = async () => {
      const customer = await createCustomer(h);
      return createConversation(h, { teamId: people.team.id, customerId: customer.id }).then(async (mail) => ({
        mail,
        call: await createConversation(h, { teamId: people.team.id, customerId: customer.id, channel: 'phone' }),
        lease: (await h.call(people.kim, api.claim, { id: mail.id })).body.lease,
      }));
    };
    try {
      const [first, second] = [await ofOne(), await ofOne()];
      await there('POST', first.call.id, {});
      expect(await there('PUT', second.mail.id, { fence: second.lease.fence })).toBe(second.lease.until);
      expect(await there('POST', second.mail.id, {})).toBe(second.lease.until);
      h.clock.advance(4 * 60_000);
      // Of the call the time is over, of the mail and so of the customer it is not.
      for (const { call } of [first, second])
        expect((await h.call(people.olaf, api.claim, { id: call.id })).problem.code).toBe('conversations.customer_already_served');
      h.clock.advance(61_000);
      for (const { call } of [first, second]) expect((await h.call(people.olaf, api.claim, { id: call.id })).status).toBe(200);
    } finally {
      await behind.close();
    }
  });

  it('keeps the customer while anything of theirs is held, also when a process that is ahead gives something back', async () => {
    const ahead = await besides(h, { clock: { now: () => new Date(h.clock.now().getTime() + 600_000) } });
    try {
      const customer = await createCustomer(h);
      const [mail, call, chat] = [
        await createConversation(h, { teamId: people.team.id, customerId: customer.id }),
        await createConversation(h, { teamId: people.team.id, customerId: customer.id, channel: 'phone' }),
        await createConversation(h, { teamId: people.team.id, customerId: customer.id, channel: 'chat' }),
      ];
      for (const { id } of [mail, call]) await h.call(people.kim, api.claim, { id });
      const url = `/api/v1/conversations/${call.id}/claim`;
      expect((await ahead.http.inject({ method: 'DELETE', url, headers: { authorization: `Test ${people.kim.id}` } })).statusCode).toBe(
        200,
      );
      expect((await h.call(people.olaf, api.claim, { id: chat.id })).problem.code).toBe('conversations.customer_already_served');
    } finally {
      await ahead.close();
    }
  });

  it('is invisible work for another team', async () => {
    const c = await createConversation(h, { teamId: people.team.id });
    expect((await h.call(people.mehmet, api.claim, { id: c.id })).status).toBe(404);
    expect((await h.call(people.dorit, api.claim, { id: c.id })).status).toBe(403);
  });

  it('ends by itself after five minutes without heartbeat, and then the fence is worth nothing', async () => {
    const c = await createConversation(h, { teamId: people.team.id });
    const { lease } = (await h.call(people.kim, api.claim, { id: c.id })).body;
    h.clock.advance(4 * 60_000);
    expect((await h.call(people.kim, api.heartbeat, { id: c.id, fence: lease.fence })).status).toBe(200);
    h.clock.advance(4 * 60_000);
    expect((await h.call(people.olaf, api.claim, { id: c.id })).status).toBe(409);
    h.clock.advance(61_000);
    // No sweeper has run: the time alone decides.
    const next = await h.call(people.olaf, api.claim, { id: c.id });
    expect(next.body.lease.fence).toBe(lease.fence + 1);
    expect((await h.call(people.kim, api.heartbeat, { id: c.id, fence: lease.fence })).problem.code).toBe('conversations.claim_lost');
  });

  it('can be taken over by a lead at once, by a colleague with a stated consent, and never silently', async () => {
    const c = await createConversation(h, { teamId: people.team.id });
    await h.call(people.kim, api.claim, { id: c.id });
    expect((await h.call(people.olaf, api.claim, { id: c.id, mode: 'take_over' })).status).toBe(409);
    expect((await h.call(people.olaf, api.claim, { id: c.id, mode: 'take_over', reason: 'Kim hat zugestimmt' })).status).toBe(200);
    expect((await h.call(people.luise, api.claim, { id: c.id, mode: 'take_over' })).body.conversation.claim?.personId).toBe(
      people.luise.id,
    );
  });

  it('taken over is the whole customer: nobody answers over the other in another conversation', async () => {
    const customer = await createCustomer(h, { name: 'Elif Aydın' });
    const mail = await createConversation(h, { teamId: people.team.id, customerId: customer.id });
    const call = await createConversation(h, { teamId: people.team.id, customerId: customer.id, channel: 'phone' });
    await h.call(people.kim, api.claim, { id: mail.id });
    // Free as it is, it is not free to take over: Kim serves this customer.
    const silently = await h.call(people.olaf, api.claim, { id: call.id, mode: 'take_over' });
    expect(silently.problem).toMatchObject({ code: 'conversations.customer_already_served', data: { holderName: 'Kim Sommer' } });
    const agreed = await h.call(people.olaf, api.claim, { id: call.id, mode: 'take_over', reason: 'Kim hat zugestimmt' });
    expect(agreed.status).toBe(200);
    expect(types(agreed.events).toSorted()).toEqual([
      'conversations.claimed',
      'conversations.released',
      'conversations.system_line_added',
      'conversations.system_line_added',
    ]);
    const holders = await h.db.query(
      sql`select id, claimed_by as by, state from conversations where customer_root_id = ${customer.id} order by channel`,
    );
    expect(holders).toEqual([
      { id: mail.id, by: null, state: 'queued' },
      { id: call.id, by: people.olaf.id, state: 'in_progress' },
    ]);
    expect((await h.call(people.kim, api.claim, { id: mail.id })).problem.code).toBe('conversations.customer_already_served');
  });

  it('taken over is told in the conversation it was taken from and where it goes on, with the reason, and in no search', async () => {
    const customer = await createCustomer(h, { name: 'Elif Aydın' });
    const mail = await createConversation(h, { teamId: people.team.id, customerId: customer.id });
    const call = await createConversation(h, { teamId: people.team.id, customerId: customer.id, channel: 'phone' });
    await h.call(people.kim, api.claim, { id: mail.id });
    const taken = await h.call(people.olaf, api.claim, { id: call.id, mode: 'take_over', reason: 'Sie ist am Hörrohr' });
    const line = {
      kind: 'system',
      visibility: 'internal',
      author: { id: people.olaf.id },
      text: JSON.stringify({ code: 'conversations.taken_over', data: { fromId: people.kim.id, reason: 'Sie ist am Hörrohr' } }),
    };
    const linesOf = async (id: string) => {
      const { messages, conversation } = (await h.call(people.kim, api.open, { id })).body;
      expect(
        messages
          .map(({ seq }) => seq)
          .toSorted((a, b) => a - b)
          .at(-1),
      ).toBe(conversation.lastSeq);
      return messages.filter(({ kind }) => kind === 'system');
    };
    expect(await linesOf(mail.id)).toMatchObject([line]);
    expect(await linesOf(call.id)).toMatchObject([line]);
    expect((await h.call(people.kim, api.open, { id: call.id })).body.conversation).toMatchObject({
      version: taken.body.conversation.version,
      lastSeq: taken.body.conversation.lastSeq,
    });
    // Of one conversation alone as well, and only once it is really taken.
    const alone = await createConversation(h, { teamId: people.team.id });
    await h.call(people.kim, api.claim, { id: alone.id });
    await h.call(people.olaf, api.claim, { id: alone.id, mode: 'take_over' });
    expect(await linesOf(alone.id)).toEqual([]);
    expect((await h.call(people.olaf, api.claim, { id: alone.id, mode: 'take_over', reason: 'Mit Kim besprochen' })).status).toBe(200);
    expect(await linesOf(alone.id)).toHaveLength(1);
    expect((await h.call(people.kim, api.search, { q: 'Hörrohr' })).body.items).toEqual([]);
  });

  it('says in which conversation a colleague serves the customer to those who may read that one', async () => {
    const customer = await createCustomer(h, { name: 'Elif Aydın' });
    const mail = await createConversation(h, { teamId: people.team.id, customerId: customer.id, subject: 'Herd' });
    const call = await createConversation(h, { teamId: people.team.id, customerId: customer.id, channel: 'phone' });
    const elsewhere = await createConversation(h, { teamId: people.otherTeam.id, customerId: customer.id });
    const heldBy = async (reader: Caller, id: string) => (await h.call(reader, api.open, { id })).body.customerHeldBy;
    expect(await heldBy(people.olaf, call.id)).toBeNull();
    await h.call(people.kim, api.claim, { id: mail.id });
    const held = { personId: people.kim.id, since: h.clock.now().toISOString() };
    expect(await heldBy(people.olaf, call.id)).toEqual({ ...held, conversation: { id: mail.id, subject: 'Herd' } });
    expect(await heldBy(people.mehmet, elsewhere.id)).toEqual({ ...held, conversation: null });
    await h.call(people.kim, api.release, { id: mail.id });
    expect(await heldBy(people.olaf, call.id)).toBeNull();
  });

  it('at the same moment, of two conversations of one customer, goes to one person, and whoever takes something else then gets it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const customer = await createCustomer(h, { name: 'Elif Aydın' });
      const [mail, call] = await Promise.all(
        (['email', 'phone'] as const).map((channel) => createConversation(h, { teamId: people.team.id, customerId: customer.id, channel })),
      );
      const others = await Promise.all(Array.from({ length: 4 }, () => createConversation(h, { teamId: people.team.id })));
      const wishes = [mail, ...others, call].map((c, n) => h.call(n === 0 ? people.kim : people.olaf, api.claim, { id: c?.id ?? '' }));
      const [first, ...rest] = await Promise.all(wishes);
      const last = rest.pop();
      expect([first?.status, last?.status].toSorted()).toEqual([200, 409]);
      expect([first, last].find((one) => one?.status === 409)?.problem.code).toBe('conversations.customer_already_served');
      expect(rest.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    }
  });

  it.each(['taken over', 'taken when its time is over'] as const)(
    '%s while it is being given back, waits without the customer in its hands: else both would wait for each other',
    async (how) => {
      const c = await createConversation(h, { teamId: people.team.id });
      await h.call(people.kim, api.claim, { id: c.id });
      if (how !== 'taken over') h.clock.advance(301_000);
      const givingBack = await h.house.platform.database.pool.connect();
      try {
        await givingBack.query('begin');
        await givingBack.query('select from conversations where id = $1 for no key update', [c.id]);
        const taking = h.call(people.luise, api.claim, { id: c.id, mode: how === 'taken over' ? 'take_over' : 'take' });
        const waiting = async (): Promise<number> =>
          (await h.db.query(sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length;
        await expect.poll(waiting).toBe(1);
        await givingBack.query('select from customer_leases where customer_id = $1 for update nowait', [c.customerId]);
        await givingBack.query('commit');
        expect((await taking).body.conversation.claim?.personId).toBe(people.luise.id);
      } finally {
        givingBack.release();
      }
    },
  );

  it('has exactly one winner, and no customer with two handlers, whoever races for whatever', async () => {
    const advisers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => createPerson(h, { name: `Adviser ${i}`, roles: ['agent'], teamIds: [people.team.id] })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ adviser: fc.nat(5), target: fc.nat(3), act: fc.constantFrom('claim', 'claim', 'claim', 'take_over', 'release') }),
          {
            minLength: 8,
            maxLength: 24,
          },
        ),
        async (plan) => {
          const customer = await createCustomer(h, {});
          const targets = [
            await createConversation(h, { teamId: people.team.id, customerId: customer.id }),
            await createConversation(h, { teamId: people.team.id, customerId: customer.id }),
            await createConversation(h, { teamId: people.team.id }),
            await createConversation(h, { teamId: people.team.id }),
          ];
          await Promise.all(
            plan.map(({ adviser, target, act }) =>
              act === 'release'
                ? h.call(advisers[adviser] ?? null, api.release, { id: targets[target]?.id ?? '' })
                : h.call(advisers[adviser] ?? null, api.claim, {
                    id: targets[target]?.id ?? '',
                    ...(act === 'take_over' ? { mode: 'take_over', reason: 'So besprochen' } : {}),
                  }),
            ),
          );
          const { handlers } = await h.db.one<{ handlers: number }>(
            sql`select count(distinct claimed_by) as handlers from conversations where customer_root_id = ${customer.id} and claimed_by is not null`,
          );
          expect(handlers).toBeLessThanOrEqual(1);
          const orphans = await h.db.query(
            sql`select id from conversations where (claimed_by is null) <> (state <> 'in_progress') and id = any(${targets.map((t) => t.id)}::uuid[])`,
          );
          expect(orphans).toEqual([]);
          const leases = await h.db.query(sql`select l.customer_id from customer_leases l where l.customer_id = ${customer.id}
            and not exists (select from conversations c where c.customer_root_id = l.customer_id and c.claimed_by = l.person_id)`);
          expect(leases).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the sweeper', () => {
  it('returns expired work to the queue with its draft kept, once', async () => {
    const c = await createConversation(h, { teamId: people.team.id });
    await h.call(people.kim, api.claim, { id: c.id });
    await h.call(people.kim, api.saveDraft, { id: c.id, kind: 'reply', text: 'Guten Tag Frau Klein,', baseSeq: 1 });
    h.clock.advance(6 * 60_000);
    const { releaseExpired } = await import('./release.ts');
    const { transaction } = await import('../../../platform/context.ts');
    const { system } = await import('../../../platform/actor.ts');
    const sweep = () => transaction(h.house.platform, system, releaseExpired);
    while ((await Promise.all([sweep(), sweep()])).some((n) => n > 0));
    const opened = await h.call(people.kim, api.open, { id: c.id });
    expect(opened.body.conversation).toMatchObject({ state: 'queued', claim: null });
    expect(opened.body.drafts).toMatchObject([{ kind: 'reply', text: 'Guten Tag Frau Klein,' }]);
    const events = await h.db.query<{ type: string }>(
      sql`select type from events where data->>'conversationId' = ${c.id} and type = 'conversations.lease_expired'`,
    );
    expect(events).toHaveLength(1);
  });
});

describe('notes and drafts', () => {
  it('a note reaches colleagues only, and mentions let them read', async () => {
    const c = await createConversation(h, { teamId: people.team.id });
    expect((await h.call(people.mehmet, api.open, { id: c.id })).status).toBe(404);
    const noteId = crypto.randomUUID();
    const note = await h.call(people.kim, api.note, {
      id: c.id,
      noteId,
      text: 'Mehmet, kennst du das Gerät?',
      mentions: [people.mehmet.id],
    });
    expect(note.status).toBe(201);
    expect(note.body.message).toMatchObject({ kind: 'note', visibility: 'internal', delivery: null, to: [] });
    expect(types(note.events)).toEqual(['conversations.access_granted', 'conversations.note_added']);
    expect((await h.call(people.mehmet, api.open, { id: c.id })).status).toBe(200);
    expect((await h.call(people.mehmet, api.list, { view: 'mentions' })).body.items.map((i) => i.id)).toEqual([c.id]);
    // The same note again, as after a lost reply: one note.
    expect((await h.call(people.kim, api.note, { id: c.id, noteId, text: 'Mehmet, kennst du das Gerät?' })).body.message.id).toBe(
      note.body.message.id,
    );
  });

  it('two windows cannot overwrite each other’s draft unseen', async () => {
    const c = await createConversation(h, { teamId: people.team.id });
    const first = await h.call(people.kim, api.saveDraft, { id: c.id, kind: 'reply', text: 'eins', baseSeq: 1 });
    expect(first.body.draft.version).toBe(1);
    const second = await h.call(people.kim, api.saveDraft, { id: c.id, kind: 'reply', text: 'zwei', baseSeq: 1, version: 1 });
    expect(second.body.draft.version).toBe(2);
    const stale = await h.call(people.kim, api.saveDraft, { id: c.id, kind: 'reply', text: 'drei', baseSeq: 1, version: 1 });
    expect(stale.problem).toMatchObject({ code: 'conversations.draft_newer', data: { draft: { text: 'zwei', version: 2 } } });
  });
});

describe('lists', () => {
  it.each(['x', '', 'W10', Buffer.from('["newest","not a date","x"]').toString('base64url')])(
    'refuse a cursor that cannot be read: %j',
    async (cursor) => {
      const reply = await h.call(people.kim, api.list, { view: 'open', cursor: cursor || 'ß' });
      expect(reply.problem.code).toBe('core.cursor_invalid');
    },
  );

  it('count what they show', async () => {
    const { id: teamId } = await (await import('../../workspace/testing.ts')).createTeam(h, { name: 'Counting' });
    const reader = await createPerson(h, { name: 'Counter', roles: ['agent'], teamIds: [teamId] });
    for (let i = 0; i < 4; i += 1) await createConversation(h, { teamId, ...(i === 0 ? { assigneeId: reader.id } : {}) });
    await createConversation(h, { teamId, state: 'spam' });
    const { counters } = (await h.call(reader, api.counters, {})).body;
    for (const view of ['mine', 'unassigned', 'open', 'spam'])
      expect(counters[view], view).toBe((await h.call(reader, api.list, { view })).body.items.length);
  });

  it('show whoever learns that there is work, and nothing of what customers wrote', async () => {
    const team = await createTeam(h, { name: 'Lernende' });
    const learner = await createPerson(h, { roles: ['participant'], teamIds: [team.id] });
    const { id } = await createConversation(h, { teamId: team.id, subject: 'Kündigung', text: 'Mein Sohn ist krank.' });
    const { items } = (await h.call(learner, api.list, { view: 'open' })).body;
    expect(items).toMatchObject([{ id, customerName: '', subject: '', preview: '' }]);
    expect((await h.call(learner, api.list, { view: 'mentions' })).body).toEqual({ items: [], nextCursor: null });
    expect((await h.call(learner, api.open, { id })).status).toBe(404);
    expect((await h.call(learner, api.messages, { id })).status).toBe(404);
    expect((await h.call(learner, api.search, { q: 'Sohn krank' })).body.items).toEqual([]);
    const [message] = await h.db.query<{ id: string }>(sql`select id from messages where conversation_id = ${id}`);
    for (const door of [api.html, api.raw]) expect((await h.call(learner, door, { id: message?.id ?? '' } as never)).status).toBe(404);
  });

  it.each(['constructor', '__proto__', 'toString'])('of a view called %s do not exist', async (view) => {
    expect((await h.call(people.kim, api.list, { view })).status).toBe(404);
  });

  it('search finds stems and phrases, and only what the person may read', async () => {
    const c = await createConversation(h, { teamId: people.team.id, text: 'Meine Waschmaschinen sind gestern angekommen, aber verbeult.' });
    await addInbound(h, c.id, c.customerId, 'Und der Trockner fehlt.', 2);
    const found = await h.call(people.kim, api.search, { q: 'Waschmaschine' });
    expect(found.body.items[0]?.excerpt).toContain('[[Waschmaschinen]]');
    expect((await h.call(people.mehmet, api.search, { q: 'Waschmaschine' })).body.items).toEqual([]);
  });
});

describe('mentions', () => {
  it('are counted until one has written after them, and while the conversation is open', async () => {
    const c = await createConversation(h, { teamId: people.team.id });
    const waiting = async (who: Caller) => (await h.call(who, api.counters, {})).body.counters['mentions'] ?? 0;
    const ask = (who: { id: string }, whom: { id: string }) =>
      h.call(who, api.note, { id: c.id, noteId: crypto.randomUUID(), text: 'Kennst du das?', mentions: [whom.id] });
    const before = [await waiting(people.kim), await waiting(people.olaf)];
    const since = async () => [(await waiting(people.kim)) - (before[0] ?? 0), (await waiting(people.olaf)) - (before[1] ?? 0)];
    await ask(people.kim, people.olaf);
    expect(await since()).toEqual([0, 1]);
    await ask(people.olaf, people.kim);
    expect(await since()).toEqual([1, 0]);
    const { items, mentions } = (await h.call(people.kim, api.list, { view: 'mentions' })).body;
    expect(items.map(({ id }) => id)).toContain(c.id);
    expect(mentions?.[c.id]).toEqual({ authorName: people.olaf.name, text: 'Kennst du das?' });
    await h.db.exec(sql`update conversations set state = 'closed' where id = ${c.id}`);
    expect(await since()).toEqual([0, 0]);
  });
});

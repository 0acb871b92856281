import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { caseEndpoints as on } from '../../../../contract/cases.ts';
import { conversationEndpoints as conversations } from '../../../../contract/conversations.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { readEvents } from '../../../platform/events/event.ts';
import { createPerson } from '../../workspace/testing.ts';
import { subscribers } from '../subscribers.ts';
import { adviserAnswers, adviserTakes, as, caseIdOf, caseScene, customerWrites, customerWritesIn, type Scene } from '../testing.ts';

const [follower] = subscribers as [(typeof subscribers)[number], ...unknown[]];
let scene: Scene;
beforeAll(async () => {
  scene = await caseScene();
});
afterAll(() => scene.h.close());
beforeEach(() => scene.h.clock.advance(60_000));

const types = (events: { type: string }[]) => events.map((e) => e.type);

describe('a conversation finds its case', () => {
  test('a new concern opens one that can be found by its number', async () => {
    const { h, people, customers } = scene;
    const { conversationId } = await customerWrites(h, { customerId: customers.klein.id, teamId: people.team.id });
    expect(types(await h.drain())).toEqual(['conversations.linked_to_case', 'cases.opened']);
    const caseId = await caseIdOf(h, conversationId);
    const { case: kase, messages, conversations } = await scene.detail(caseId);
    expect(kase).toMatchObject({ state: 'open', contactsCount: 1, customerName: 'Erika Klein', subject: 'Paket leer', ownerId: null });
    expect([kase.conversationIds, conversations.map((c) => [c.id, c.caseId])]).toEqual([[conversationId], [[conversationId, caseId]]]);
    expect(messages.items.map((m) => m.text)).toEqual(['Guten Tag, mein Paket war leer. Was nun?']);

    const found = await h.call(people.kim, on.list, { q: kase.number.replaceAll('-', ' ') });
    expect(found.body).toMatchObject({ items: [{ id: caseId }], locked: [], numberMistyped: false });
    const check = Number(kase.number.at(-1));
    const mistyped = await h.call(people.kim, on.list, { q: `${kase.number.slice(0, -1)}${(check + 1) % 10}` });
    expect(mistyped.body).toMatchObject({ items: [], numberMistyped: true });
  });

  test('a conversation that continues another, or names the number, is offered the same case; a stranger’s is not', async () => {
    const { customers } = scene;
    const first = await scene.opened();
    const number = (await scene.detail(first.caseId)).case.number;
    expect((await scene.opened({ relatedId: first.conversationId })).caseId).toBe(first.caseId);
    expect((await scene.opened({ subject: `AW: Ihr Vorgang ${number}` })).caseId).toBe(first.caseId);
    expect((await scene.opened({ subject: `AW: Ihr Vorgang ${number}`, customerId: customers.weiss.id })).caseId).not.toBe(first.caseId);
    expect((await scene.opened({ relatedId: first.conversationId, customerId: customers.aydin.id })).caseId).not.toBe(first.caseId);
    expect((await scene.opened({})).caseId).not.toBe(first.caseId);
  });

  test('a conversation from before this room listened gets its case when the customer writes again', async () => {
    const { h, people, customers } = scene;
    const { conversationId, caseId } = await scene.opened();
    await h.db.exec(sql`delete from case_conversations where conversation_id = ${conversationId}`);
    await h.db.exec(sql`update conversations set case_id = null where id = ${conversationId}`);
    await customerWrites(h, { conversationId, customerId: customers.klein.id, teamId: people.team.id });
    expect(types(await h.drain())).toContain('cases.opened');
    const adopted = await caseIdOf(h, conversationId);
    expect(adopted).not.toBe(caseId);
    expect((await scene.detail(adopted)).case).toMatchObject({ contactsCount: 1, state: 'open' });
  });

  test('a hundred conversations at once cost a handful of statements and get a hundred numbers', async () => {
    const { h, people, customers } = scene;
    const ids = await as(h, null, async (ctx) => {
      const made: string[] = [];
      for (let i = 0; i < 100; i += 1)
        made.push((await customerWritesIn(ctx, { customerId: customers.klein.id, teamId: people.team.id })).conversationId);
      return made;
    });
    const rolledBack = new Error('only counted');
    let statements = 0;
    const counted = as(h, null, async (ctx) => {
      const events = (await readEvents(ctx.db, 0n, { xid: 3n, seq: 0n }, 5_000, follower.on === '*' ? undefined : follower.on)).slice(-200);
      const query: Db['query'] = (q) => ((statements += 1), ctx.db.query(q));
      const exec: Db['exec'] = (q) => ((statements += 1), ctx.db.exec(q));
      await follower.handle({ ...ctx, db: { ...ctx.db, query, exec } }, events);
      throw rolledBack;
    });
    await expect(counted).rejects.toBe(rolledBack);
    expect(statements).toBeLessThanOrEqual(10);
    const events = await h.drain();
    expect(events.filter((e) => e.type === 'cases.opened')).toHaveLength(100);
    const rows = await h.db.query<{
      number: string;
    }>(sql`select distinct k.number from cases k join case_conversations l on l.case_id = k.id
      where l.conversation_id = any(${ids}::uuid[]) and k.contacts_count = 1`);
    expect(rows).toHaveLength(100);
  });
});

describe('what a case learns from its conversations', () => {
  test('contacts are the customer’s, not machines’; at the third the case gets whoever had it in hand', async () => {
    const { h, people } = scene;
    const { caseId, conversationId } = await scene.opened();
    const again = { conversationId, customerId: scene.customers.klein.id, teamId: people.team.id };
    await adviserTakes(h, people.kim, conversationId);
    await customerWrites(h, { ...again, automatic: 'out_of_office' });
    await customerWrites(h, again);
    expect(types(await h.drain())).toContain('cases.changed');
    expect((await scene.detail(caseId)).case).toMatchObject({ contactsCount: 2, ownerId: null });
    await customerWrites(h, again);
    const events = await h.drain();
    expect(events.find((e) => e.type === 'cases.owner_assigned')?.data).toMatchObject({ caseId, ownerId: people.kim.id, forced: true });
    expect((await scene.detail(caseId)).case).toMatchObject({ contactsCount: 3, ownerId: people.kim.id });
  });

  test('state and first answer follow; a customer who writes again wakes the case', async () => {
    const { h, people } = scene;
    const { caseId, conversationId } = await scene.opened();
    await adviserTakes(h, people.olaf, conversationId);
    await adviserAnswers(h, people.olaf, conversationId);
    const answeredAt = h.clock.now().toISOString();
    const events = await h.drain();
    // Told of the answer and of the state at once, or of one after the other when something else on the server came between.
    const told = events.filter((e) => e.type.startsWith('cases.') && e.type !== 'cases.changed');
    expect(told.map((e) => [e.type, e.data['toState']])).toEqual([['cases.state_changed', 'waiting']]);
    expect((await scene.detail(caseId)).case).toMatchObject({ state: 'waiting', firstAnswerAt: answeredAt, lastAnswerAt: answeredAt });
    h.clock.advance(3_600_000);
    await customerWrites(h, { conversationId, customerId: scene.customers.klein.id, teamId: people.team.id });
    await h.drain();
    expect((await scene.detail(caseId)).case).toMatchObject({
      state: 'open',
      firstAnswerAt: answeredAt,
      lastActivityAt: h.clock.now().toISOString(),
    });
  });
});

describe('a case whose conversation goes back', () => {
  const links = (caseId: string) =>
    scene.h.db.one<
      Record<string, unknown>
    >(sql`select state, silence_due_at as "silenceDueAt", first_answer_at as "firstAnswerAt", last_answer_id as "lastAnswerId"
      from case_conversations where case_id = ${caseId}`);

  test('is open again when somebody takes what waits, and stays so when it is given back', async () => {
    const { h, people } = scene;
    const { caseId, conversationId } = await scene.opened();
    await adviserTakes(h, people.olaf, conversationId);
    await adviserAnswers(h, people.olaf, conversationId);
    await h.drain();
    expect((await scene.detail(caseId)).case.state).toBe('waiting');
    expect((await links(caseId))['silenceDueAt']).not.toBeNull();
    expect((await h.call(people.kim, conversations.claim, { id: conversationId })).status).toBe(200);
    await h.drain();
    // Nobody may be reminded of what somebody is writing about.
    expect(await links(caseId)).toMatchObject({ state: 'in_progress', silenceDueAt: null });
    expect((await scene.detail(caseId)).case.state).toBe('open');
    await h.call(people.kim, conversations.release, { id: conversationId });
    await h.drain();
    expect(await links(caseId)).toMatchObject({ state: 'queued', silenceDueAt: null });
    expect((await scene.detail(caseId)).case.state).toBe('open');
  });

  test('does not count an answer that was taken back', async () => {
    const { h, people } = scene;
    const { caseId, conversationId } = await scene.opened();
    await adviserTakes(h, people.olaf, conversationId);
    const { messageId } = await adviserAnswers(h, people.olaf, conversationId, { delivery: 'held' });
    await h.drain();
    expect(await links(caseId)).toMatchObject({ lastAnswerId: messageId });
    const takeBack = (id: string) =>
      as(h, people.olaf, async (ctx) => {
        await ctx.db.exec(sql`update messages set delivery = jsonb_set(delivery, '{state}', '"cancelled"') where id = ${id}`);
        const about = { conversationId, customerId: scene.customers.klein.id, teamId: people.team.id, caseId, assigneeId: null };
        ctx.emit('conversations.delivery_changed', { ...about, messageId: id, seq: 2, state: 'cancelled' });
      });
    await takeBack(messageId);
    await h.drain();
    expect(await links(caseId)).toMatchObject({ firstAnswerAt: null, lastAnswerId: null });
    expect((await scene.detail(caseId)).case).toMatchObject({ firstAnswerAt: null, lastAnswerAt: null });

    h.clock.advance(60_000);
    const first = await adviserAnswers(h, people.olaf, conversationId, { next: 'keep' });
    const answeredAt = h.clock.now();
    h.clock.advance(60_000);
    const second = await adviserAnswers(h, people.olaf, conversationId, { delivery: 'held', next: 'keep' });
    await takeBack(second.messageId);
    await h.drain();
    expect(await links(caseId)).toMatchObject({ firstAnswerAt: answeredAt, lastAnswerId: first.messageId });
  });
});

describe('what people write down', () => {
  test('a change needs the version one has seen', async () => {
    const { h, people } = scene;
    const { caseId } = await scene.opened();
    const { version } = (await scene.detail(caseId)).case;
    const topic = (await h.call(people.kim, on.topics, {})).body.items.find((t) => t.key === 'delivery_empty');
    const changed = await h.call(people.kim, on.change, {
      id: caseId,
      version,
      wish: 'Geld zurück, noch diese Woche',
      topicId: topic?.id ?? '',
      tags: ['laptop', 'laptop', 'eilig'],
      priority: 'high',
    });
    expect(changed.body.case).toMatchObject({
      wish: 'Geld zurück, noch diese Woche',
      tags: ['laptop', 'eilig'],
      priority: 'high',
      topicId: topic?.id,
    });
    expect(types(changed.events)).toEqual(['cases.changed']);
    const late = await h.call(people.olaf, on.change, { id: caseId, version, subject: 'Anders' });
    expect([late.status, late.problem.code, late.problem.data]).toEqual([409, 'core.conflict', { version: version + 1 }]);
    const unknown = await h.call(people.kim, on.change, { id: caseId, version: version + 1, ownerId: people.dorit.id });
    expect([unknown.status, unknown.problem.code]).toEqual([422, 'cases.owner_unknown']);
    const owner = await h.call(people.kim, on.change, { id: caseId, version: version + 1, ownerId: people.olaf.id });
    expect([owner.body.case.ownerId, types(owner.events)]).toEqual([people.olaf.id, ['cases.owner_assigned']]);
  });

  test('facts are told once: the same key replaces, a removed one is gone', async () => {
    const { h, people } = scene;
    const { caseId } = await scene.opened();
    const fact = { id: caseId, key: 'order', label: 'Bestellung', value: '4711', source: 'customer' };
    await h.call(people.kim, on.putFact, fact);
    await h.call(people.kim, on.putFact, { ...fact, key: 'weight', label: 'Gewicht', value: '410 g' });
    const put = await h.call(people.kim, on.putFact, { ...fact, value: '4712' });
    expect(put.body.case.facts.map((f) => [f.key, f.value])).toEqual([
      ['order', '4712'],
      ['weight', '410 g'],
    ]);
    const dropped = await h.call(people.kim, on.dropFact, { id: caseId, key: 'order' });
    expect([dropped.body.case.facts.map((f) => f.key), types(dropped.events)]).toEqual([['weight'], ['cases.changed']]);
    expect((await h.call(people.kim, on.dropFact, { id: caseId, key: 'order' })).events).toEqual([]);
  });
});

describe('who sees a case', () => {
  test('another team’s adviser gives a reason, which opens it for eight hours and is audited', async () => {
    const { h, people } = scene;
    const { caseId } = await scene.opened();
    const { number } = (await scene.detail(caseId)).case;
    const refused = await h.call(people.mehmet, on.open, { id: caseId });
    expect([refused.status, refused.problem.code, refused.problem.data]).toEqual([403, 'cases.reason_needed', { caseId, number }]);
    expect((await h.call(people.mehmet, on.list, { q: number })).body).toMatchObject({ items: [], locked: [{ id: caseId, number }] });
    const customerCases = await h.call(people.mehmet, on.ofCustomer, { id: scene.customers.klein.id, limit: 100 });
    expect(customerCases.body.items.map((k) => k.id)).not.toContain(caseId);
    expect(customerCases.body.locked).toContainEqual({ id: caseId, number });

    expect((await h.call(people.mehmet, on.grantAccess, { id: caseId, reason: 'kurz' })).status).toBe(400);
    const granted = await h.call(people.mehmet, on.grantAccess, { id: caseId, reason: 'Kundin ruft bei uns an und fragt nach.' });
    expect(types(granted.events)).toEqual(['conversations.access_granted', 'cases.access_granted']);
    expect((await scene.detail(caseId, people.mehmet)).abilities).toMatchObject({
      tell: true,
      handOver: false,
      resolve: false,
      merge: false,
    });
    const handled = await h.call(people.mehmet, on.resolve, { id: caseId, summary: 'fertig' });
    expect([handled.status, handled.problem.code]).toEqual([403, 'core.forbidden']);
    const audited = await h.db.query(
      sql`select action, object_id, reason from audit_log where actor_id = ${people.mehmet.id} and object_id = ${caseId}`,
    );
    expect(audited).toEqual([{ action: 'cases.opened_with_reason', object_id: caseId, reason: 'Kundin ruft bei uns an und fragt nach.' }]);
    h.clock.advance(8 * 3_600_000);
    expect((await h.call(people.mehmet, on.open, { id: caseId })).problem.code).toBe('cases.reason_needed');
  });

  test('a lead elsewhere gives a reason like an adviser; an administrator and a learner find nothing', async () => {
    const { h, people } = scene;
    const { caseId } = await scene.opened();
    const stranger = await createPerson(h, { roles: ['lead'] });
    const learner = await createPerson(h, { roles: ['participant'], teamIds: [people.team.id] });
    expect((await h.call(stranger, on.open, { id: caseId })).problem.code).toBe('cases.reason_needed');
    await h.call(stranger, on.grantAccess, { id: caseId, reason: 'Beschwerde über beide Standorte' });
    expect((await scene.detail(caseId, stranger)).abilities).toMatchObject({ handOver: false, resolve: false, merge: false });
    expect((await h.call(learner, on.grantAccess, { id: caseId, reason: 'Ich möchte es lernen' })).status).toBe(404);
    expect((await h.call(learner, on.open, { id: caseId })).status).toBe(404);
    expect((await h.call(learner, on.list, {})).body.items).toEqual([]);
    expect((await h.call(people.dorit, on.open, { id: caseId })).status).toBe(403);
    expect((await h.call(people.luise, on.open, { id: caseId })).status).toBe(200);
    expect((await h.call(people.kim, on.open, { id: people.kim.id })).status).toBe(404);
  });

  test('lists hold one’s teams’ cases, a page at a time, found by words of the subject', async () => {
    const { h, people } = scene;
    const made = [];
    for (let i = 0; i < 3; i += 1) {
      h.clock.advance(1_000);
      made.push((await scene.opened({ subject: `Kaffeemaschine tropft ${i}` })).caseId);
    }
    await scene.opened({ subject: 'Kaffeemaschine fremd', teamId: people.otherTeam.id });
    const first = await h.call(people.kim, on.list, { q: 'kaffeemasch tropft', limit: 2 });
    const second = await h.call(people.kim, on.list, { q: 'kaffeemasch tropft', limit: 2, cursor: first.body.nextCursor ?? '' });
    expect([...first.body.items, ...second.body.items].map((k) => k.id)).toEqual(made.toReversed());
    expect(second.body.nextCursor).toBeNull();
    expect((await h.call(people.kim, on.list, { q: "fremd & | ! '" })).body.items).toEqual([]);
    const named = await h.call(people.kim, on.list, { q: 'erika.klein@post.example' });
    expect(named.body.items.map((k) => k.id)).toContain(made[0]);
    expect((await h.call(people.kim, on.list, { q: 'Klein', limit: 1 })).body.items.map((k) => k.customerName)).toEqual(['Erika Klein']);
    expect((await h.call(people.kim, on.list, { cursor: 'abc' })).problem.code).toBe('core.cursor_invalid');
    expect((await h.call(people.kim, on.list, { owner: 'me', state: 'open' })).status).toBe(200);
  });
});

test('a customer’s new name reaches whoever has the case on screen', async () => {
  const { h, customers } = scene;
  const { caseId } = await scene.opened({ customerId: customers.petersen.id });
  const { version } = (await scene.detail(caseId)).case;
  await h.db.exec(sql`update customers set display_name = 'Inge Petersen-Voß' where id = ${customers.petersen.id}`);
  await as(h, null, async (ctx) => ctx.emit('customers.changed', { customerId: customers.petersen.id }));
  expect(types(await h.drain())).toContain('cases.changed');
  expect((await scene.detail(caseId)).case).toMatchObject({ customerName: 'Inge Petersen-Voß', version: version + 1 });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseEndpoints as cases } from '../contract/cases.ts';
import { channelsEndpoints as channels } from '../contract/channels.ts';
import { conversationEndpoints as api, type Conversation } from '../contract/conversations.ts';
import { customersEndpoints as customers } from '../contract/customers.ts';
import { ordersEndpoints as orders } from '../contract/orders.ts';
import { createAccount, mailArrives, sendAllDue } from '../server/modules/channels/testing.ts';
import { createConversation } from '../server/modules/conversations/testing.ts';
import { createCustomer } from '../server/modules/customers/testing.ts';
import { loadModules } from '../server/modules/order.ts';
import { reportOf } from '../server/modules/orders/testing.ts';
import { type Cast, cast, createPerson, type TestPerson } from '../server/modules/workspace/testing.ts';
import { sql } from '../server/platform/database/sql.ts';
import { jobWork } from '../server/platform/jobs/jobs.ts';
import { openStream, type TestSocket } from '../server/platform/testing.ts';
import { type TestHouse, testHouse } from '../server/testing/house.ts';

let h: TestHouse;
let people: Cast;
let privacy: TestPerson;
let account: { id: string };
let origin: string;
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  privacy = await createPerson(h, { roles: ['privacy'] });
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id, settings: {} });
  await h.house.http.listen({ port: 0, host: '127.0.0.1' });
  const address = h.house.http.server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => h.close());

let count = 0;
async function arrives(headers: Record<string, string>, text = 'Guten Tag, mein Lampenschirm ist zerbrochen.'): Promise<Conversation> {
  h.clock.advance(1_000);
  count += 1;
  const all = { To: 'service@haus.example', Subject: 'Lampenschirm', 'Message-ID': `<r${count}@post.example>`, ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  await mailArrives(h, account.id, `${head.join('\n')}\nContent-Type: text/html; charset=utf-8\n\n<p>${text}</p>`);
  await h.drain();
  h.clock.advance(1_000);
  const [newest] = (await h.call(people.kim, api.list, { view: 'open', sort: 'newest', limit: 1 })).body.items;
  if (!newest) throw new Error('Nothing arrived');
  return newest;
}
const seen = async () => ({
  open: (await h.call(people.kim, api.list, { view: 'open' })).body.items.map((c) => c.id),
  mine: (await h.call(people.kim, api.list, { view: 'mine' })).body.items.map((c) => c.id),
  found: (await h.call(people.kim, api.search, { q: 'Lampenschirm' })).body.items.map((i) => i.conversation.id),
  cases: (await h.call(people.kim, cases.list, { q: 'Lampenschirm' })).body.items.map((k) => k.id),
  owed: (await h.call(people.kim, cases.commitments, { state: 'open', owner: 'me' })).body.items.length,
  counted: (await h.call(people.kim, cases.commitmentCounters, {})).body.me.open,
});
const nothing = { open: [], mine: [], found: [], cases: [], owed: 0, counted: 0 };
const decide = (what: 'restrict' | 'liftRestriction', id: string, who: { id: string } = privacy) =>
  h.call(who, customers[what], { id, reason: 'Richtigkeit bestritten' });
const told = (socket: TestSocket) => JSON.stringify(socket.frames.filter((f) => f.op === 'events'));

describe('restricting a customer', () => {
  it('leaves nothing of them to anybody in service, and lifting it brings all back as it was', async () => {
    const mail = { From: 'Erika Klein <klein@post.example>', 'Message-ID': '<lamp@post.example>' };
    const c = await arrives(mail);
    const { customerId } = c;
    const caseId = c.caseId ?? '';
    const fence = (await h.call(people.kim, api.claim, { id: c.id })).body.lease.fence;
    await h.call(people.kim, api.change, { id: c.id, assigneeId: people.kim.id });
    await h.call(people.kim, api.saveDraft, {
      id: c.id,
      kind: 'note',
      text: 'Lampenschirm: noch fragen',
      baseSeq: 1,
      version: 0,
    });
    const dueTo = new Date(h.clock.now().getTime() + 86_400_000).toISOString();
    await h.call(people.kim, cases.state, {
      id: caseId,
      kind: 'commitment',
      text: 'Lampenschirm bis morgen',
      dueTo,
      informed: { how: 'phone' },
    });
    await h.call(people.kim, api.reply, {
      id: c.id,
      fence,
      baseSeq: 1,
      draftId: crypto.randomUUID(),
      text: 'Der Lampenschirm ist unterwegs.',
      to: [{ name: '', address: 'klein@post.example' }],
    });
    await h.drain();
    const before = await seen();
    expect(before).toMatchObject({ open: [c.id], cases: [caseId], owed: 1, counted: 1 });
    const opened = (await h.call(people.kim, api.open, { id: c.id })).body;
    const [incoming] = opened.messages.filter((m) => m.direction === 'in');
    const socket = await openStream(origin, `Test ${people.kim.id}`);
    await socket.until((f) => f.op === 'ready');
    const cursor = socket.frames.flatMap((f) => (f.op === 'ready' ? f.cursor : []))[0];

    const intake = await h.db.one<{ id: string }>(sql`select intake_id as id from messages where id = ${incoming?.id}`);
    const rawDoor = async () => (await h.call(people.kim, channels.intakeRaw, { id: intake.id })).status;
    expect(await rawDoor()).toBe(200);

    expect((await decide('restrict', customerId, people.kim)).status).toBe(403);
    expect((await decide('restrict', customerId, people.dorit)).status).toBe(403);
    expect((await decide('restrict', customerId)).body).toMatchObject({ status: 'restricted' });
    expect((await decide('restrict', customerId)).problem.code).toBe('customers.restricted_already');
    await h.drain();

    expect(await seen()).toEqual(nothing);
    expect((await h.call(people.kim, api.counters, {})).body.counters).toMatchObject({ open: 0, mine: 0 });
    const doors = [
      await h.call(people.kim, api.open, { id: c.id }),
      await h.call(people.kim, api.messages, { id: c.id }),
      await h.call(people.kim, api.claim, { id: c.id }),
      await h.call(people.kim, api.html, { id: incoming?.id ?? '' }),
      await h.call(people.kim, api.raw, { id: incoming?.id ?? '' }),
      await h.call(people.kim, cases.open, { id: caseId }),
      await h.call(people.kim, cases.timeline, { id: caseId }),
      await h.call(people.kim, cases.grantAccess, { id: caseId, reason: 'Ich möchte es doch sehen' }),
      await h.call(people.kim, customers.get, { id: customerId }),
      await h.call(people.kim, orders.ofCustomer, { id: customerId }),
      await h.call(people.luise, api.open, { id: c.id }),
      await h.call(privacy, customers.get, { id: customerId }),
    ];
    expect(doors.map((door) => door.status)).toEqual([...Array(11).fill(404), 403]);
    expect(await rawDoor()).toBe(404);
    expect((await h.call(people.kim, cases.list, { q: await numberOf(caseId) })).body).toMatchObject({ items: [], locked: [] });

    await socket.until((f) => f.op === 'events' && f.records.some((r) => r.kind === 'case' && r.id === caseId && 'gone' in r), 'case gone');
    expect(told(socket)).toContain(`"kind":"conversation","id":"${c.id}","version":0,"gone":true`);
    expect(told(socket)).toContain('"kind":"statement"');
    const late = await openStream(origin, `Test ${people.kim.id}`, cursor);
    await late.until((f) => f.op === 'events' && f.records.some((r) => r.kind === 'case' && r.id === caseId && 'gone' in r), 'case gone');
    expect(told(late)).not.toContain('Lampenschirm');
    late.close();

    // What had not left does not leave, though its time comes; nothing breaks or is closed by itself meanwhile.
    h.clock.advance(3 * 86_400_000);
    await sendAllDue(h);
    await h.drain();
    expect(await h.db.query(sql`select state from outbox`)).toEqual([{ state: 'cancelled' }]);
    expect(await h.db.query(sql`select state from statements`)).toEqual([{ state: 'open' }]);

    expect((await decide('liftRestriction', customerId)).body).toMatchObject({ status: 'active', restrictedAt: null });
    await h.drain();
    const after = await seen();
    expect(after).toEqual(before);
    expect(await rawDoor()).toBe(200);
    const again = (await h.call(people.kim, api.open, { id: c.id })).body;
    expect(again.conversation).toMatchObject({
      teamId: people.team.id,
      assigneeId: people.kim.id,
      customerName: 'Erika Klein',
      claim: null,
    });
    expect(again.drafts.map((d) => d.text)).toEqual(['Lampenschirm: noch fragen']);
    expect(again.messages.find((m) => m.direction === 'out')?.delivery?.state).toBe('cancelled');
    expect(again.messages.filter((m) => m.kind === 'system').map((m) => (JSON.parse(m.text) as { code: string }).code)).toEqual([
      'conversations.restriction_lifted',
      'conversations.restricted',
    ]);
    expect((await decide('liftRestriction', customerId)).problem.code).toBe('customers.not_restricted');
    socket.close();
  });

  it('lets data protection read it, page by page, for a purpose of the law and a reason on record, and nobody else', async () => {
    const c = await arrives(
      { From: 'Nora Lind <lind@post.example>', 'Message-ID': '<lind@post.example>', Subject: 'Gardine' },
      'Die Gardine ist zu kurz.',
    );
    const { customerId } = c;
    const caseId = c.caseId ?? '';
    const other = await arrives({ From: 'Fremd <fremd@post.example>', Subject: 'Teppich' }, 'Der Teppich fehlt.');
    await h.call(people.kim, api.note, { id: c.id, noteId: crypto.randomUUID(), text: 'Gardine: Maß nachfragen' });
    await h.call(people.kim, customers.addNote, { id: customerId, text: 'Ruft lieber abends an' });
    await h.call(people.dorit, orders.report, reportOf({ id: customerId }, { reference: 'HK-Gardine' }));
    await h.call(people.kim, cases.state, { id: caseId, kind: 'information', text: 'Gardine wird gekürzt', informed: { how: 'phone' } });
    const read = (who: { id: string }, more: object = {}) =>
      h.call(who, cases.readArchive, { id: customerId, purpose: 'legal_claims', reason: 'Klage vor dem Amtsgericht', ...more });
    const rows = () =>
      h.db.query<{ object: string; reason: string; data: unknown; person: string }>(
        sql`select object_id as object, reason, data, actor_id as person from audit_log where action = 'cases.archive_read' order by seq`,
      );

    expect((await read(privacy)).problem.code).toBe('customers.not_restricted');
    await decide('restrict', customerId);
    await h.drain();
    for (const who of [people.kim, people.luise, people.dorit]) expect((await read(who)).problem.code).toBe('core.forbidden');
    expect((await read(privacy, { reason: 'ja' })).status).toBe(400);
    expect((await read(privacy, { purpose: 'curiosity' })).status).toBe(400);
    expect((await read(privacy, { purpose: 'retention_duty' })).problem.code).toBe('cases.nothing_kept_by_duty');
    expect(await rows()).toEqual([]);

    const first = await read(privacy, { limit: 1 });
    expect(first.body).toMatchObject({
      notes: [{ text: 'Ruft lieber abends an', authorId: people.kim.id }],
      cases: [{ id: caseId, number: await numberOf(caseId), statements: [{ text: 'Gardine wird gekürzt' }] }],
      orders: [{ reference: 'HK-Gardine', customerId, shipments: [{ carrier: 'Hanse Paket' }] }],
      messages: [{ kind: 'note', text: 'Gardine: Maß nachfragen', author: { personId: people.kim.id } }],
    });
    const second = await read(privacy, { limit: 1, cursor: first.body.nextCursor });
    expect(second.body).toMatchObject({
      notes: [],
      cases: [],
      orders: [],
      messages: [{ kind: 'message', direction: 'in', subject: 'Gardine', author: { name: 'Nora Lind', personId: null } }],
      nextCursor: null,
    });
    expect(second.body.messages[0]?.text).toContain('Die Gardine ist zu kurz.');
    expect(second.body.messages[0]?.to).toEqual(['service@haus.example']);
    expect(JSON.stringify([first.body, second.body])).not.toContain('Teppich');
    expect(await rows()).toEqual(
      [1, 1].map((messages) => ({
        object: customerId,
        reason: 'Klage vor dem Amtsgericht',
        data: { purpose: 'legal_claims', messages },
        person: privacy.id,
      })),
    );
    // Reading opens no other door.
    expect((await h.call(privacy, api.open, { id: c.id })).status).toBe(403);
    expect((await h.call(people.kim, api.open, { id: c.id })).status).toBe(404);
    expect((await read(privacy, { id: other.customerId })).problem.code).toBe('customers.not_restricted');
    await decide('liftRestriction', customerId);
    await h.drain();
    expect((await read(privacy)).problem.code).toBe('customers.not_restricted');
  });

  it('keeps a mail that answers a restricted thread out of it: whoever wrote is served in a conversation of its own', async () => {
    const first = await arrives({ From: 'Jonas Weiß <weiss@post.example>', 'Message-ID': '<weiss@post.example>' });
    await decide('restrict', first.customerId);
    await h.drain();
    const second = await arrives({
      From: 'Jonas Weiß <weiss@post.example>',
      'In-Reply-To': '<weiss@post.example>',
      'Message-ID': '<weiss2@post.example>',
    });
    expect(second.id).not.toBe(first.id);
    expect(second.caseId).not.toBe(first.caseId);
    expect(second.customerId).not.toBe(first.customerId);
    const third = await arrives({
      From: 'Jonas Weiß <weiss@post.example>',
      References: '<weiss@post.example> <weiss2@post.example>',
      Subject: `AW: Lampenschirm [#${await numberOf(first.caseId ?? '')}]`,
    });
    expect(third.id).toBe(second.id);
    expect(await h.db.query(sql`select last_seq as seq from conversations where id = ${first.id}`)).toEqual([{ seq: 2 }]);
  });

  it('reaches all of a customer with more conversations than one step takes, and brings all back', async () => {
    const { id } = await createCustomer(h, { name: 'Viel Schreiber', mail: 'viel@post.example' });
    for (let n = 0; n < 230; n += 1) await createConversation(h, { teamId: people.team.id, customerId: id, state: 'waiting_customer' });
    const restricted = () =>
      h.db.one<{ n: number; teams: number }>(sql`select count(*) filter (where restricted_at is not null) as n, count(team_id) as teams
        from conversations where customer_id = ${id}`);
    await decide('restrict', id);
    await h.drain();
    expect(await restricted()).toEqual({ n: 230, teams: 0 });
    await decide('liftRestriction', id);
    await h.drain();
    expect(await restricted()).toEqual({ n: 0, teams: 230 });
  });

  it('reaches what a mail under way opened behind it', async () => {
    const c = await arrives({ From: 'Spät Kommt <spaet@post.example>' });
    await decide('restrict', c.customerId);
    await h.drain();
    await h.db.exec(sql`update conversations set restricted_at = null, team_id = restricted_team_id where id = ${c.id}`);
    await h.db.exec(sql`update cases set restricted_at = null where id = ${c.caseId}`);
    const work = jobWork(h.house.platform);
    for (const { ticks = [] } of await loadModules())
      for (const tick of ticks) if (tick.name.endsWith('.restrict_late')) await tick.run(work);
    expect((await h.call(people.kim, api.open, { id: c.id })).status).toBe(404);
    expect((await h.call(people.kim, cases.open, { id: c.caseId ?? '' })).status).toBe(404);
  });
});

const numberOf = async (caseId: string) => (await h.db.one<{ number: string }>(sql`select number from cases where id = ${caseId}`)).number;

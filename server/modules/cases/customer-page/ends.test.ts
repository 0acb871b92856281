import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseEndpoints as cases, customerPageEndpoints as page } from '../../../../contract/cases.ts';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { customersEndpoints as customers } from '../../../../contract/customers.ts';
import { workspaceEndpoints as workspace } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { letRead } from '../../customers/testing.ts';
import { createPerson, type TestPerson } from '../../workspace/testing.ts';
import { caseIdOf } from '../testing.ts';
import { type PageScene, type Phone, pageScene, phone } from './testing.ts';

let s: PageScene;
let privacy: TestPerson;
let count = 0;
beforeAll(async () => {
  s = await pageScene();
  privacy = await createPerson(s.h, { roles: ['privacy'] });
});
afterAll(() => s.h.close());

/** A concern of a new customer with its link. */
async function concern(more: { from?: string } = {}) {
  const from = more.from ?? `kundin-${(count += 1)}@post.example`;
  const written = await s.writes({ from, name: '', subject: `Sache ${count}` });
  const { link } = await s.answers(written.conversationId);
  const { customerId } = await s.h.db.one<{ customerId: string }>(
    sql`select customer_root_id as "customerId" from conversations where id = ${written.conversationId}`,
  );
  return { ...written, from, link, customerId };
}

async function confirmed(link: string): Promise<Phone> {
  const mine = phone(s.h);
  expect((await mine.call(page.askCode, { link })).status).toBe(200);
  expect((await mine.call(page.confirm, { link, code: await s.newestCode() })).status).toBe(200);
  return mine;
}

const gone = { status: 404, problem: { code: 'cases.page_unavailable' } };
/** Every door, all answering alike. */
async function isGone(link: string, device = phone(s.h)): Promise<void> {
  expect(await device.call(page.read, { link })).toMatchObject(gone);
  expect(await device.call(page.askCode, { link })).toMatchObject(gone);
  expect(await device.call(page.confirm, { link, code: '12345678' })).toMatchObject(gone);
  expect(await device.call(page.retell, { link })).toMatchObject(gone);
  expect(await device.call(page.add, { link, messageId: crypto.randomUUID(), text: 'Hallo?' })).toMatchObject(gone);
  expect(await device.call(page.upload, { filename: 'a.txt', mediaType: 'text/plain', content: Buffer.from('a') }, { link })).toMatchObject(
    gone,
  );
}

describe('a link ends', () => {
  it('ninety days after the last answer, and lives on with a later one', async () => {
    const { link, conversationId } = await concern();
    s.h.clock.advance(89 * 86_400_000);
    expect((await phone(s.h).call(page.read, { link })).status).toBe(200);
    await s.answers(conversationId, { text: 'Noch etwas.' });
    s.h.clock.advance(89 * 86_400_000);
    expect((await phone(s.h).call(page.read, { link })).status).toBe(200);
    s.h.clock.advance(86_400_000);
    await isGone(link);
  });

  it('when it is withdrawn, on confirmed devices too; the next answer carries one that leads somewhere', async () => {
    const { link, caseId, conversationId } = await concern();
    const mine = await confirmed(link);
    s.h.clock.advance(1_000);
    expect((await s.h.call(s.people.mehmet, page.withdraw, { id: caseId })).status).not.toBe(200);
    const withdrawn = await s.h.call(s.people.kim, page.withdraw, { id: caseId });
    expect(withdrawn.status).toBe(200);
    expect(withdrawn.events.map(({ type }) => type)).toEqual(['conversations.system_line_added']);
    await isGone(link, mine);
    const [line] = await s.h.db.query(sql`select from audit_log where action = 'cases.links_withdrawn' and object_id = ${caseId}`);
    expect(line).toBeDefined();
    const next = await s.answers(conversationId);
    expect(next.link).not.toBe(link);
    expect((await mine.call(page.read, { link: next.link })).body.confirmed).toBe(false);
  });

  it('at once when data protection restricts the customer, for all who hold it, and comes back when that is lifted', async () => {
    const { link, customerId } = await concern();
    const mine = await confirmed(link);
    expect((await s.h.call(privacy, customers.restrict, { id: customerId, reason: 'Verlangt am Telefon' })).status).toBe(200);
    // Before any subscriber has heard of it.
    await isGone(link, mine);
    await s.h.drain();
    await isGone(link, mine);
    expect((await s.h.call(privacy, customers.liftRestriction, { id: customerId, reason: 'Verlangt am Telefon' })).status).toBe(200);
    await s.h.drain();
    expect((await phone(s.h).call(page.read, { link })).status).toBe(200);
  });

  it('at once when the customer is erased, and leaves no file and no letter with a code behind', async () => {
    const { link, customerId, from } = await concern();
    const mine = await confirmed(link);
    const upload = { filename: 'Schlehenfeuer.txt', mediaType: 'text/plain', content: Buffer.from('Schlehenfeuer') };
    const sent = await mine.call(page.upload, upload, { link });
    await mine.call(page.add, { link, messageId: crypto.randomUUID(), text: 'Schlehenfeuer', fileIds: [sent.body.file.id] });
    await mine.call(page.upload, upload, { link });
    await s.h.drain();
    expect((await s.h.call(privacy, customers.erase, { id: customerId, letters: 'erase', reason: 'Verlangt am Telefon' })).status).toBe(
      200,
    );
    await isGone(link, mine);
    await s.h.drain();
    const left = await s.h.db.query(sql`select 'file' as place from files where filename like '%Schlehenfeuer%'
      union all select 'attachment' from attachments where filename like '%Schlehenfeuer%'
      union all select 'message' from messages where text like '%Schlehenfeuer%'
      union all select 'letter' from local_outbox where encode(content, 'escape') like ${`%${from}%`}`);
    expect(left).toEqual([]);
  });

  it('when the address is the customer’s no more', async () => {
    const { link, customerId } = await concern();
    await s.h.db.exec(sql`delete from customer_identities where customer_id = ${customerId}`);
    await isGone(link);
  });

  it('when the company switches the page off; then answers carry none', async () => {
    const { link, conversationId } = await concern();
    await s.h.call(s.people.dorit, workspace.changeSettings, { customerPage: false });
    await isGone(link);
    expect((await s.answers(conversationId)).link).toBe('');
    await s.h.call(s.people.dorit, workspace.changeSettings, { customerPage: true });
    expect((await phone(s.h).call(page.read, { link })).status).toBe(200);
  });
});

describe('a link leads to where the concern is now', () => {
  it('after cases were joined, and back when that is undone', async () => {
    const first = await concern();
    const second = await concern({ from: first.from });
    expect(second.caseId).not.toBe(first.caseId);
    await s.h.call(s.people.kim, cases.state, {
      id: second.caseId,
      kind: 'commitment',
      text: 'Anruf',
      dueTo: new Date(s.h.clock.now().getTime() + 86_400_000).toISOString(),
      informed: { how: 'phone' },
    });
    const promises = async () => (await phone(s.h).call(page.read, { link: first.link })).body.promises.length;
    expect(await promises()).toBe(0);
    const merged = await s.h.call(s.people.kim, cases.merge, { id: second.caseId, fromId: first.caseId });
    expect(merged.status).toBe(201);
    await s.h.drain();
    expect(await promises()).toBe(1);
    await s.h.call(s.people.kim, cases.undoMove, { id: merged.body.moveId });
    await s.h.drain();
    expect(await promises()).toBe(0);
  });

  it('after a case was split: each link goes with its conversation', async () => {
    const first = await concern();
    const second = await concern({ from: first.from });
    await s.h.call(s.people.kim, cases.merge, { id: second.caseId, fromId: first.caseId });
    await s.h.drain();
    const split = await s.h.call(s.people.kim, cases.split, { id: second.caseId, conversationIds: [first.conversationId] });
    expect(split.status).toBe(201);
    await s.h.drain();
    const mine = await confirmed(first.link);
    const number = async (link: string) => (await mine.call(page.read, { link })).body.concern?.number;
    expect(await number(first.link)).toBe(split.body.newCase.number);
    expect(await number(second.link)).toBe(split.body.case.number);
  });

  it('after conversations were joined: what is added goes to the one that lives', async () => {
    const first = await concern();
    const second = await concern({ from: first.from });
    const merged = await s.h.call(s.people.luise, api.merge, { id: first.conversationId, intoId: second.conversationId });
    expect(merged.status).toBe(200);
    await s.h.drain();
    const added = await phone(s.h).call(page.add, { link: first.link, messageId: crypto.randomUUID(), text: 'Noch das.' });
    expect(added.status).toBe(201);
    const row = await s.h.db.one(sql`select conversation_id as "conversationId" from messages where id = ${added.body.entry.id}`);
    expect(row).toEqual({ conversationId: second.conversationId });
  });

  it('after customers were joined: either address sees its own', async () => {
    const first = await concern();
    const second = await concern();
    for (const { customerId } of [first, second]) await letRead(s.h, customerId, s.people.luise.id);
    const merged = await s.h.call(s.people.luise, customers.merge, { id: second.customerId, intoId: first.customerId, reason: 'Dieselbe' });
    expect(merged.status).toBe(200);
    for (const { link } of [first, second]) expect((await phone(s.h).call(page.read, { link })).status).toBe(200);
    await s.h.drain();
    for (const { link } of [first, second]) expect((await phone(s.h).call(page.read, { link })).status).toBe(200);
  });
});

describe('what is added after the end', () => {
  it('opens a conversation beside a closed one, in the same case', async () => {
    const { link, conversationId, caseId } = await concern();
    await s.h.db.exec(sql`update conversations set state = 'closed', resolved_at = ${s.h.clock.now()}, claimed_by = null, claim_until = null
      where id = ${conversationId}`);
    const added = await phone(s.h).call(page.add, { link, messageId: crypto.randomUUID(), text: 'Doch noch etwas.' });
    expect(added.status).toBe(201);
    await s.h.drain();
    const row = await s.h.db.one<{
      id: string;
      state: string;
    }>(sql`select c.id, c.state from messages m join conversations c on c.id = m.conversation_id
      where m.id = ${added.body.entry.id}`);
    expect(row.id).not.toBe(conversationId);
    expect(row.state).toBe('queued');
    expect(await caseIdOf(s.h, row.id)).toBe(caseId);
  });
});

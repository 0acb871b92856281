import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { caseEndpoints } from '../../../contract/cases.ts';
import { conversationEndpoints as conversations } from '../../../contract/conversations.ts';
import { customersEndpoints } from '../../../contract/customers.ts';
import { stormEndpoints as api, type StormMention } from '../../../contract/storms.ts';
import { sql } from '../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../testing/house.ts';
import { createAccount } from '../channels/testing.ts';
import { type Cast, cast, createPerson, type TestPerson } from '../workspace/testing.ts';
import { answers, someStorm, writes } from './testing.ts';

let h: TestHouse;
let we: Cast;
let second: TestPerson;
let account: { id: string };
beforeAll(async () => {
  h = await testHouse();
  we = await cast(h);
  second = await createPerson(h, {
    name: 'Lore Wolf',
    email: 'lore@haus.example',
    roles: ['lead'],
    teamIds: [we.team.id],
    siteId: we.site.id,
  });
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: we.team.id });
});
afterAll(() => h.close());
beforeEach(async () => {
  await h.db.exec(sql`delete from storms`);
  await h.db.exec(sql`delete from customer_leases`);
  h.clock.advance(3 * 3_600_000);
});

const comes = (text: string, headers?: string[]) => writes(h, account.id, text, headers);
const declare = async (given: Parameters<typeof someStorm>[2] = {}, who: { id: string } = we.luise) => {
  const storm = someStorm(h, we.luise.id, given);
  const reply = await h.call(who, api.save, storm);
  await h.drain();
  return { ...reply, storm };
};
const read = async (id: string, who: { id: string } = we.luise) => (await h.call(who, api.storm, { id })).body;
const mentions = async (id: string): Promise<StormMention[]> => (await read(id)).clusters.flatMap((one) => one.mentions);
const states = async (id: string) => Object.fromEntries((await mentions(id)).map(({ conversationId, state }) => [conversationId, state]));

describe('a storm', () => {
  it('is declared by whoever leads and by nobody else, told to everybody, and noted with what the customer gains', async () => {
    const { storm, body, events, status } = await declare();
    expect([status, events.map(({ type, data }) => [type, data])]).toEqual([200, [['storms.declared', { stormId: storm.id }]]]);
    expect(body.storm).toMatchObject({ id: storm.id, version: 1, declaredBy: we.luise.id, endedAt: null, review: null });
    expect(await h.db.one(sql`select action, reason from audit_log order by seq desc limit 1`)).toEqual({
      action: 'storms.declared',
      reason: 'Alle bekommen dieselbe ehrliche Auskunft.',
    });
    for (const who of [we.kim, we.dorit]) expect((await declare({}, who)).status).toBe(403);
  });

  it.each([
    ['storms.about_nothing', { about: { match: 'all', topicId: null, words: [], queueId: null } }],
    ['storms.about_unknown', { about: { match: 'all', topicId: crypto.randomUUID(), words: [], queueId: null } }],
    ['storms.about_unknown', { restingQueueIds: [crypto.randomUUID()] }],
    ['storms.from_too_early', { from: '2026-01-01T00:00:00.000Z' }],
    ['storms.owner_unknown', { ownerId: crypto.randomUUID() }],
    ['storms.benefit_missing', { benefit: ' ' }],
    ['core.conflict', { version: 3 }],
  ] as const)('is refused with %s', async (code, given) => {
    expect((await declare(given as never)).problem.code).toBe(code);
    expect((await h.call(we.luise, api.storms, {})).body.items).toEqual([]);
  });

  it('is changed by one at a time', async () => {
    const { storm } = await declare();
    const change = { ...storm, version: 1, title: 'Falscher Preis bei Sofas' };
    expect((await h.call(second, api.save, change)).body.storm).toMatchObject({ version: 2, declaredBy: we.luise.id });
    expect((await h.call(we.luise, api.save, change)).problem.code).toBe('core.conflict');
  });
});

describe('who wrote about it', () => {
  it('is found from its beginning and while it is on; not who wrote before, of something else, or by machine', async () => {
    await comes('Der Preis ist falsch.');
    h.clock.advance(60_000);
    const from = h.clock.now().toISOString();
    const before = await comes('Welcher PREIS gilt?');
    await comes('Wo ist mein Sofa?');
    await comes('Der Preis: ich bin im Urlaub.', ['Auto-Submitted: auto-replied']);
    const input = { about: someStorm(h, '').about, from };
    const preview = (await h.call(we.luise, api.preview, input)).body;
    expect(preview).toMatchObject({ count: 1, isMore: false, examples: [{ conversationId: before, subject: 'Frage' }] });
    const { storm } = await declare({ from });
    const later = await comes('Ist der Preis echt?');
    await comes('Wo bleibt mein Sofa?');
    await comes('Preis: auch ich bin im Urlaub.', ['Auto-Submitted: auto-replied']);
    expect(await states(storm.id)).toEqual({ [before]: 'waiting', [later]: 'waiting' });
    expect((await h.call(we.kim, api.ofConversation, { id: later })).body.ids).toEqual([storm.id]);
    expect((await h.call(we.mehmet, api.ofConversation, { id: later })).status).toBe(404);
  });

  it('is found when the topic becomes known, unless it was written before it began', async () => {
    const { items } = (await h.call(we.kim, caseEndpoints.topics, {})).body;
    const topic = items.find(({ retiredAt, parentId }) => retiredAt === null && parentId !== null);
    const isAboutIt = async (id: string) => {
      const caseId = (await h.call(we.kim, conversations.open, { id })).body.conversation.caseId ?? '';
      const { version } = await h.db.one<{ version: number }>(sql`select version from cases where id = ${caseId}`);
      expect((await h.call(we.kim, caseEndpoints.change, { id: caseId, version, topicId: topic?.id ?? '' })).status).toBe(200);
      await h.drain();
    };
    const before = await comes('Hallo');
    h.clock.advance(60_000);
    const { storm } = await declare({ about: { match: 'all', topicId: topic?.parentId ?? '', words: [], queueId: null } });
    const id = await comes('Guten Tag');
    expect(await states(storm.id)).toEqual({});
    await isAboutIt(id);
    await isAboutIt(before);
    expect(await states(storm.id)).toEqual({ [id]: 'waiting' });
  });

  it('is shown once where many say nearly the same, and only to whoever may read it', async () => {
    const { storm } = await declare();
    const first = await comes('Der Kühlschrank hat den Preis von 1 Euro, gilt das?');
    const same = await comes('der kühlschrank hat den preis von 2 Euro. Gilt das');
    const other = await comes('Welcher Preis stimmt denn nun?');
    const { clusters, counts } = await read(storm.id);
    expect(clusters.map((one) => one.mentions.map(({ conversationId }) => conversationId))).toEqual([[first, same], [other]]);
    expect(counts).toEqual({ waiting: 3, answered: 0, exception: 0 });
    const elsewhere = await createPerson(h, { name: 'Ida Fern', email: 'ida@haus.example', roles: ['lead'], teamIds: [we.otherTeam.id] });
    expect(await read(storm.id, elsewhere)).toMatchObject({ clusters: [], notShown: 3, counts: { waiting: 3 } });
  });

  it('keeps its own time, and is answered by an answer of its own, or by a reason for none', async () => {
    const { storm } = await declare();
    const [a, b, c] = [await comes('Preis eins zwei drei'), await comes('Preis vier fünf sechs'), await comes('Preis sieben acht neun')];
    const before = (await h.call(we.kim, conversations.open, { id: b })).body.conversation.due;
    expect(before).not.toBeNull();
    expect(await answers(h, we.kim, a)).toBe(201);
    expect(await states(storm.id)).toEqual({ [a]: 'answered', [b]: 'waiting', [c]: 'waiting' });
    const except = (ids: string[], who: { id: string } = we.luise) =>
      h.call(who, api.except, { id: storm.id, conversationIds: ids, reason: 'Nur weitergeleitet, ohne eigene Frage.' });
    expect((await except([a, c])).body).toEqual({ recorded: 1 });
    expect((await except([c])).body).toEqual({ recorded: 0 });
    expect((await except([b], we.kim)).status).toBe(403);
    expect(await states(storm.id)).toEqual({ [a]: 'answered', [b]: 'waiting', [c]: 'exception' });
    expect((await h.call(we.kim, conversations.open, { id: b })).body.conversation.due).toEqual(before);
    // What is closed without a word is not answered.
    await h.db.exec(
      sql`update conversations set state = 'closed', waiting_since = null, due_at = null, warn_at = null, alarm_at = null where id = ${b}`,
    );
    expect((await states(storm.id))[b]).toBe('waiting');
    expect((await h.call(we.luise, api.end, { id: storm.id })).problem.code).toBe('storms.still_waiting');
  });

  it('of somebody who is erased nothing is left', async () => {
    const { storm } = await declare();
    const id = await comes('Preis weg');
    expect(await states(storm.id)).toEqual({ [id]: 'waiting' });
    const { customerId } = (await h.call(we.kim, conversations.open, { id })).body.conversation;
    const privacy = await createPerson(h, { name: 'Petra Recht', email: `petra${id}@haus.example`, roles: ['privacy'] });
    expect((await h.call(privacy, customersEndpoints.erase, { id: customerId, letters: 'erase', reason: 'Verlangt' })).status).toBe(200);
    await h.drain();
    expect(await h.db.query(sql`select from storm_mentions where conversation_id = ${id}`)).toEqual([]);
  });
});

describe('what may be answered', () => {
  it('is offered when somebody else has approved it; the newest that is, and nothing after the end', async () => {
    const { storm } = await declare();
    const write = (de: string, who: { id: string } = we.luise) => h.call(who, api.writeText, { id: storm.id, text: { de, en: '' } });
    const offered = async () => (await h.call(we.kim, api.running, {})).body.items.map(({ text }) => text?.de);
    expect((await write(' ')).problem.code).toBe('storms.text_empty');
    expect((await write('Eins')).body).toMatchObject({ version: 1, approvedBy: null });
    expect(await offered()).toEqual([undefined]);
    const approve = (version: number, who: { id: string }) => h.call(who, api.approveText, { id: storm.id, version });
    expect((await approve(1, we.luise)).problem.code).toBe('storms.own_text');
    expect((await approve(1, we.kim)).status).toBe(403);
    const { body, events } = await approve(1, second);
    expect([body.approvedBy, events.map(({ type }) => type)]).toEqual([second.id, ['storms.text_approved']]);
    expect((await approve(1, second)).problem.code).toBe('core.conflict');
    await write('Zwei', second);
    expect(await offered()).toEqual(['Eins']);
    expect((await approve(2, we.luise)).status).toBe(200);
    expect(await offered()).toEqual(['Zwei']);
    expect((await read(storm.id)).texts.map(({ version }) => version)).toEqual([2, 1]);
    await h.call(we.luise, api.end, { id: storm.id });
    expect(await offered()).toEqual([]);
    expect((await write('Drei')).problem.code).toBe('storms.over');
  });

  it('no program with a token writes or approves it, and the database holds four eyes, too', async () => {
    const { storm } = await declare();
    await h.call(we.luise, api.writeText, { id: storm.id, text: { de: 'Eins', en: '' } });
    const own = h.db.exec(sql`update storm_texts set approved_by = written_by, approved_at = now() where storm_id = ${storm.id}`);
    await expect(own).rejects.toThrow('storm_texts_four_eyes_check');
  });
});

describe('the end', () => {
  it('says honestly how it went, and asks for a review within five working days, which stays open until it is written', async () => {
    const { storm } = await declare();
    const [soon, late, none] = [await comes('Preis eins zwei'), await comes('Preis drei vier'), await comes('Preis fünf sechs')];
    await answers(h, we.kim, soon);
    h.clock.advance(45 * 60_000);
    await answers(h, we.kim, late);
    await h.call(we.luise, api.except, { id: storm.id, conversationIds: [none], reason: 'Hat sich selbst geklärt.' });
    expect(
      (
        await h.call(we.luise, api.review, {
          id: storm.id,
          version: 1,
          cause: 'x',
          measure: 'y',
          ownerId: we.luise.id,
          dueOn: '2026-12-31',
        })
      ).problem.code,
    ).toBe('storms.not_over');
    const { body, events } = await h.call(we.luise, api.end, { id: storm.id });
    expect(events.map(({ type }) => type)).toEqual(['storms.ended']);
    expect(body.outcome).toMatchObject({ mentions: 3, answered: 2, answeredInTime: 1, exceptions: 1 });
    expect(body.outcome.p90Seconds).toBeGreaterThan(45 * 60);
    const due = Date.parse(body.storm.reviewDueOn ?? '') - h.clock.now().getTime();
    expect(due / 86_400_000).toBeGreaterThan(4);
    expect(due / 86_400_000).toBeLessThan(8);
    expect((await h.call(we.luise, api.end, { id: storm.id })).problem.code).toBe('storms.over');
    const review = { cause: 'Ein Komma fehlte.', measure: 'Preise unter zehn Euro prüft eine zweite Person.', dueOn: '2026-12-31' };
    const write = (version: number, ownerId: string) => h.call(second, api.review, { id: storm.id, version, ...review, ownerId });
    expect((await write(1, we.luise.id)).problem.code).toBe('core.conflict');
    expect((await write(2, crypto.randomUUID())).problem.code).toBe('storms.owner_unknown');
    const written = await write(2, we.luise.id);
    expect(written.events.map(({ type }) => type)).toEqual(['storms.reviewed']);
    expect(written.body.storm.review).toEqual({ ...review, ownerId: we.luise.id, reviewedAt: h.clock.now().toISOString() });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { customersEndpoints } from '../../../../contract/customers.ts';
import type { Role } from '../../../../contract/permissions.ts';
import { sql } from '../../../platform/database/sql.ts';
import { openStream, type TestSocket } from '../../../platform/testing.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { act, createCustomer } from '../../customers/testing.ts';
import { type Cast, cast, createPerson } from '../../workspace/testing.ts';
import { addInbound, createConversation, type TestConversation } from '../testing.ts';
import { grantAccess } from './grant-access.ts';

let h: TestHouse;
let people: Cast;
let c: TestConversation;
let origin: string;
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  await h.house.http.listen({ port: 0, host: '127.0.0.1' });
  const address = h.house.http.server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
beforeEach(async () => {
  c = await createConversation(h, { teamId: people.team.id });
});
afterAll(() => h.close());

const audited = async (action: string) =>
  h.db.query<{ object: string; data: Record<string, unknown> }>(
    sql`select object_id as object, data from audit_log where action = ${action} order by seq desc limit 1`,
  );
const until = async (of: { id: string }) =>
  (await h.db.maybe<{ until: Date }>(sql`select until from conversation_access where conversation_id = ${c.id} and person_id = ${of.id}`))
    ?.until;
const note = (who: { id: string }, text: string, mentions: string[] = []) =>
  h.call(who, api.note, { id: c.id, noteId: crypto.randomUUID(), text, mentions });
const join = async (who: { id: string }, cursor?: string) => {
  const socket = await openStream(origin, `Test ${who.id}`, cursor);
  await socket.until((f) => f.op === 'ready');
  return socket;
};
const heard = (socket: TestSocket) => JSON.stringify(socket.frames.filter((f) => f.op === 'events'));
/** Everything written so far has been told: something of the listener's own comes after it. */
const settled = async (socket: TestSocket, of: { id: string }) => {
  const viewId = crypto.randomUUID();
  await act(h.house.platform, async (ctx) => {
    await ctx.db.exec(sql`insert into conversation_views (id, name, owner_id, filter, sort, position)
      values (${viewId}, 'Ende', ${of.id}, '{}', 'newest', 1)`);
    ctx.emit('conversations.view_changed', { viewId, ownerId: of.id, teamId: null });
  });
  await socket.until((f) => f.op === 'events' && f.records.some((r) => r.id === viewId), 'the end');
};

describe('the stream', () => {
  it('replays nothing of a conversation that went to another team in the meantime', async () => {
    const kim = await join(people.kim);
    const cursor = kim.frames.flatMap((f) => (f.op === 'ready' ? f.cursor : []))[0];
    kim.close();
    await h.call(people.kim, api.change, { id: c.id, tags: ['vorher'] });
    await h.call(people.kim, api.change, { id: c.id, teamId: people.otherTeam.id });
    await h.drain();
    await h.call(people.mehmet, api.change, { id: c.id, subject: 'Jetzt vertraulich', tags: ['nachher'] });
    await h.drain();
    expect((await h.call(people.kim, api.open, { id: c.id })).status).toBe(404);
    const again = await join(people.kim, cursor);
    await settled(again, people.kim);
    expect(heard(again)).not.toContain('vertraulich');
    expect(heard(again)).not.toContain('nachher');
    expect(heard(again)).toContain('"gone":true');
    again.close();
  });

  it('forgets who was shown as there when their right ends, and listens to them no more', async () => {
    const pia = await createPerson(h, { name: 'Pia Roth', roles: ['agent'], teamIds: [people.team.id] });
    const kim = await join(people.kim);
    const her = await join(pia);
    for (const socket of [kim, her]) socket.send({ op: 'watch', kind: 'conversation', id: c.id });
    const shown = () => {
      const last = kim.frames.findLast(
        (f) => f.op === 'signal' && f.topic === 'conversations.presence' && f.data['conversationId'] === c.id,
      );
      return last?.op === 'signal' ? (last.data['viewers'] as { name: string }[]).map(({ name }) => name).toSorted() : [];
    };
    await expect.poll(shown).toEqual(['Kim Sommer', 'Pia Roth']);
    await h.db.exec(sql`update people set roles = '{admin}' where id = ${pia.id}`);
    await act(h.house.platform, async (ctx) => ctx.emit('workspace.rights_changed', { personId: pia.id }));
    await expect.poll(shown).toEqual(['Kim Sommer']);
    her.send({ op: 'signal', topic: 'conversations.writing', data: { conversationId: c.id, kind: 'reply' } });
    her.close();
    await her.closed;
    await settled(kim, people.kim);
    expect(shown()).toEqual(['Kim Sommer']);
    kim.close();
  });
});

describe('a mention', () => {
  it.each<Role>(['participant', 'admin', 'analyst', 'works_council', 'privacy', 'trainer'])(
    'of somebody in the role %s is refused by name and reaches none of their sockets',
    async (role) => {
      const person = await createPerson(h, {
        name: `Alex ${role}`,
        roles: [role],
        teamIds: role === 'participant' ? [people.team.id] : [],
      });
      const socket = await join(person);
      const reply = await note(people.kim, 'Geheime Notiz', [person.id, people.olaf.id]);
      expect([reply.status, reply.problem.code]).toEqual([422, 'conversations.mention_cannot_read']);
      expect(reply.problem.data).toEqual({ personIds: [person.id], names: `Alex ${role}` });
      expect((await note(people.kim, 'Geheime Notiz', [people.olaf.id])).status).toBe(201);
      // Even an event that named them would be for nobody.
      await act(h.house.platform, async (ctx) => {
        const at = { conversationId: c.id, customerId: c.customerId, teamId: people.team.id, caseId: null, assigneeId: person.id };
        const { id } = await ctx.db.one<{ id: string }>(
          sql`select id from messages where conversation_id = ${c.id} and kind = 'note' limit 1`,
        );
        ctx.emit('conversations.note_added', { ...at, messageId: id, seq: 2, personId: people.kim.id, mentionIds: [person.id] });
      });
      await settled(socket, person);
      expect(heard(socket)).not.toContain('Geheime Notiz');
      expect(heard(socket)).not.toContain('wo ist mein Paket');
      socket.close();
    },
  );

  it('opens the conversation to an adviser of another team, on record, and needs no grant inside the team', async () => {
    expect((await note(people.kim, '@Mehmet @Olaf', [people.mehmet.id, people.olaf.id])).status).toBe(201);
    expect((await h.call(people.mehmet, api.open, { id: c.id })).status).toBe(200);
    expect(await until(people.olaf)).toBeUndefined();
    expect(await audited('conversations.opened_by_mention')).toMatchObject([{ object: c.id, data: { personId: people.mehmet.id } }]);
  });
});

describe('a written reason opens reading only', () => {
  const hours = (n: number) => new Date(h.clock.now().getTime() + n * 3_600_000);
  beforeEach(() => act(h.house.platform, (ctx) => grantAccess(ctx, [c.id], people.mehmet.id, hours(8))));

  it('and nothing by which the conversation becomes the reader’s', async () => {
    expect((await h.call(people.mehmet, api.open, { id: c.id })).status).toBe(200);
    for (const change of [
      { assigneeId: people.mehmet.id },
      { teamId: people.otherTeam.id },
      { assigneeId: people.mehmet.id, teamId: people.otherTeam.id },
      { priority: 'low' as const },
      { subject: 'Meins' },
      { snoozedUntil: '2027-01-01T08:00:00.000Z' },
    ]) {
      const refused = await h.call(people.mehmet, api.change, { id: c.id, ...change });
      expect([refused.status, refused.problem.code]).toEqual([403, 'core.forbidden']);
      expect((await h.call(people.mehmet, api.bulk, { ids: [c.id], ...change })).body.results).toEqual([
        { id: c.id, code: 'core.forbidden' },
      ]);
    }
    expect((await h.call(people.mehmet, api.claim, { id: c.id })).status).toBe(404);
    expect((await h.call(people.kim, api.open, { id: c.id })).body.conversation).toMatchObject({
      teamId: people.team.id,
      assigneeId: null,
    });
  });

  it('and hands the right to read on to nobody, nor to oneself for longer', async () => {
    expect((await note(people.mehmet, 'ich', [people.mehmet.id])).status).toBe(201);
    expect(await until(people.mehmet)).toEqual(hours(8));
    const lea = await createPerson(h, { name: 'Lea Blum', roles: ['agent'], teamIds: [people.otherTeam.id] });
    const refused = await note(people.mehmet, 'lies mit', [lea.id]);
    expect([refused.status, refused.problem.data]).toEqual([422, { personIds: [lea.id], names: 'Lea Blum' }]);
    expect((await h.call(lea, api.open, { id: c.id })).status).toBe(404);
    expect((await note(people.mehmet, 'für euch', [people.kim.id])).status).toBe(201);
  });

  it('while giving it to somebody is on record', async () => {
    await h.call(people.kim, api.change, { id: c.id, assigneeId: people.olaf.id });
    expect(await audited('conversations.assigned')).toMatchObject([
      { object: c.id, data: { fromPersonId: null, personId: people.olaf.id, teamId: people.team.id } },
    ]);
    await h.call(people.luise, api.bulk, { ids: [c.id], teamId: people.otherTeam.id });
    expect(await audited('conversations.assigned')).toMatchObject([
      { object: c.id, data: { fromTeamId: people.team.id, teamId: people.otherTeam.id } },
    ]);
  });
});

it('a conversation of another team opens for reading after a reason, which is audited, and closes by itself', async () => {
  const foreign = await createConversation(h, { teamId: people.otherTeam.id });
  const give = (who: { id: string }, id = foreign.id, reason = 'Die Kundin hat mir den Link geschickt') =>
    h.call(who, api.openAccess, { id, reason });
  expect((await h.call(people.kim, api.open, { id: foreign.id })).status).toBe(404);
  expect((await give(people.kim, foreign.id, 'kurz')).status).toBe(400);
  expect((await give(people.kim, crypto.randomUUID())).status).toBe(404);
  const trainee = await createPerson(h, { name: 'Tarik Neu', roles: ['participant'], teamIds: [people.team.id] });
  expect((await give(trainee)).status).toBe(404);
  const opened = await give(people.kim);
  expect([opened.status, opened.events.map((event) => event.type)]).toEqual([200, ['conversations.access_granted']]);
  expect(await audited('conversations.opened_with_reason')).toMatchObject([{ object: foreign.id, data: { until: opened.body.until } }]);
  const read = await h.call(people.kim, api.open, { id: foreign.id });
  // Reading, never answering.
  expect([read.status, read.body.abilities.reply, read.body.abilities.claim]).toEqual([200, false, false]);
  // A lead of another team and site asks like an adviser, and gets no more than they.
  const lead = await createPerson(h, { name: 'Rita Fern', roles: ['lead'] });
  expect((await h.call(lead, api.open, { id: foreign.id })).status).toBe(404);
  expect((await give(lead)).status).toBe(200);
  expect(await audited('conversations.opened_with_reason')).toMatchObject([{ object: foreign.id }]);
  expect((await h.call(lead, api.open, { id: foreign.id })).body.abilities).toMatchObject({ reply: false, claim: false, note: true });
  h.clock.advance(9 * 3_600_000);
  for (const who of [people.kim, lead]) expect((await h.call(who, api.open, { id: foreign.id })).status).toBe(404);
});

it('a caller is identified in a conversation of theirs that the adviser reads, in no other', async () => {
  const other = await createConversation(h, {
    teamId: people.team.id,
    customerId: (await createCustomer(h, { name: 'Jonas Weiß', mail: 'jonas@weiss.example' })).id,
  });
  const foreign = await createConversation(h, { teamId: people.otherTeam.id, customerId: c.customerId });
  const identify = (conversationId: string) =>
    h.call(people.kim, customersEndpoints.authenticate, { id: c.customerId, conversationId, method: 'login' });
  for (const id of [crypto.randomUUID(), other.id, foreign.id]) {
    const refused = await identify(id);
    expect([refused.status, refused.problem.code]).toEqual([422, 'customers.not_their_conversation']);
  }
  expect((await identify(c.id)).body).toEqual({ level: 3 });
  const level = async () => (await h.call(people.kim, customersEndpoints.authentication, { id: c.customerId })).body.level;
  expect(await level()).toBe(3);
  await h.call(people.kim, api.step, { id: c.id, step: 'classify_spam' });
  expect(await level()).toBe(0);
});

it('a draft names the author’s own files and those of the conversation, no others', async () => {
  const upload = async (who: { id: string }, messageId: string | null = null) => {
    const id = crypto.randomUUID();
    await h.db.exec(sql`insert into attachments (id, message_id, n, filename, media_type, size, uploaded_by, created_at)
      values (${id}, ${messageId}, 0, 'Vertrag Geheim.pdf', 'application/pdf', 4711, ${messageId ? null : who.id}, ${h.clock.now()})`);
    return id;
  };
  const elsewhere = await createConversation(h, { teamId: people.otherTeam.id });
  const save = (attachmentIds: string[]) =>
    h.call(people.kim, api.saveDraft, { id: c.id, kind: 'reply', text: 'Anbei', baseSeq: 1, attachmentIds });
  const theirs = await addInbound(h, elsewhere.id, elsewhere.customerId, 'Anbei', 2);
  for (const foreign of [await upload(people.mehmet), await upload(people.mehmet, theirs), crypto.randomUUID()]) {
    const refused = await save([foreign]);
    expect([refused.status, refused.problem.code, refused.problem.data]).toEqual([
      422,
      'conversations.attachment_missing',
      { attachmentIds: [foreign] },
    ]);
  }
  const own = await upload(people.kim);
  const held = await upload(people.mehmet, await addInbound(h, c.id, c.customerId, 'Anbei', 2));
  expect((await save([own, held])).body.draft.attachments).toHaveLength(2);
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { type Queue, routingEndpoints as on } from '../../../../contract/routing.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import type { House } from '../../../platform/house/house.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { besides, type TestHouse, testHouse } from '../../../testing/house.ts';
import { createConversation } from '../../conversations/testing.ts';
import { type Cast, cast, createPerson, givePassword, openBrowser, type TestPerson, testPassword } from '../../workspace/testing.ts';
import { module } from '../module.ts';
import { someQueue } from '../testing.ts';
import { helpedBecause, helpedTeams } from './overflow.ts';

let h: TestHouse;
let we: Cast;
/** Of the other team as well. */
let nora: TestPerson;
let second: House;
const closed = '2026-12-06T22:00:00.000Z';
const open = '2026-12-07T09:00:00.000Z';
beforeAll(async () => {
  h = await testHouse();
  second = await besides(h);
  we = await cast(h);
  nora = await createPerson(h, { name: 'Nora Stein', roles: ['agent'], teamIds: [we.otherTeam.id], siteId: we.site.id });
  for (const who of [we.kim, we.olaf, we.mehmet, nora]) await givePassword(h, who.id);
});
afterAll(async () => {
  await second.close();
  await h.close();
});
beforeEach(async () => {
  for (const table of ['offers', 'customer_leases', 'conversation_access', 'presence', 'sessions'] as const)
    await h.db.exec(sql`delete from ${sql.raw(table)}`);
  await h.db.exec(
    sql`update conversations set state = 'closed', waiting_since = null, due_at = null, warn_at = null, alarm_at = null, claimed_by = null, claimed_at = null, claim_until = null`,
  );
  h.clock.set(open);
});

const post = someQueue({ name: 'Post', isOffered: true });
const chat = someQueue({ name: 'Chat', channels: ['chat'], isOffered: true });
const queues = async (...items: Queue[]) => {
  expect((await h.call(we.dorit, on.setQueues, { items })).status).toBe(200);
  await h.drain();
};
const arrives = async (channel = 'email') => (await createConversation(h, { teamId: we.team.id, channel })).id;
async function free(who: TestPerson, location: 'office' | 'remote' = 'office'): Promise<void> {
  await openBrowser(h).call(workspaceEndpoints.signIn, { email: who.email, password: testPassword });
  await h.call(who, workspaceEndpoints.setPresence, { state: 'available', location });
  h.clock.advance(1_000);
}
const tick = (house: Pick<House, 'platform'> = h.house) =>
  module.ticks?.find(({ name }) => name === 'routing.give_out')?.run(jobWork(house.platform));
const passes = async (minutes: number) => {
  h.clock.advance(minutes * 60_000);
  // The desks of those who are free give signs of life all the time.
  await h.db.exec(sql`update sessions set last_seen_at = ${h.clock.now()}`);
  await tick();
};
const offerOf = async (who: TestPerson) => (await h.call(who, on.ownOffer, {})).body.offer;
const opens = async (who: TestPerson, id: string) => (await h.call(who, api.open, { id })).status;

describe('who is kept free for the chat', () => {
  it('gets no mail as the last one, until it is nearly due, and gets the chat', async () => {
    await queues({ ...chat, keepFree: 1 }, post);
    const mail = await arrives();
    await free(we.kim);
    await passes(1);
    expect(await offerOf(we.kim)).toBeNull();
    await free(we.olaf);
    await passes(0);
    // Kim has been free for longer; with Olaf still there she may have it, and he is the last one then.
    expect(await offerOf(we.kim)).toMatchObject({ conversationId: mail, why: { queue: 'Post', because: 'turn' } });
    await arrives();
    const live = await arrives('chat');
    await passes(0);
    expect(await offerOf(we.olaf)).toMatchObject({ conversationId: live, why: { queue: 'Chat' } });
  });

  it('gets mail that is nearly due all the same, and says why it is them', async () => {
    await queues({ ...chat, keepFree: 1 }, post);
    const mail = await arrives();
    await free(we.kim);
    await passes(191);
    expect(await offerOf(we.kim)).toBeNull();
    // Four fifths of four hours.
    await passes(1);
    expect(await offerOf(we.kim)).toMatchObject({ conversationId: mail, why: { because: 'only', helps: null } });
  });

  it('is kept in each team for itself, out of those who can do it', async () => {
    await queues({ ...chat, teamIds: [we.otherTeam.id], keepFree: 5 }, post);
    const mail = await arrives();
    await free(we.kim);
    await free(we.mehmet);
    const theirs = (await createConversation(h, { teamId: we.otherTeam.id })).id;
    await passes(0);
    expect([(await offerOf(we.kim))?.conversationId, await offerOf(we.mehmet)]).toEqual([mail, null]);
    expect(theirs).not.toBe(mail);
  });
});

it('how many to keep free is proposed from the chats of the last hours to whoever sets the queues, and sets nothing', async () => {
  const own = { ...chat, id: crypto.randomUUID(), keepFree: 7 };
  const mail = { ...post, id: crypto.randomUUID() };
  await queues(own, mail);
  const propose = async (id: string) => (await h.call(we.dorit, on.reserveProposal, { id })).body;
  expect(await propose(own.id)).toEqual({ hours: 4, arrivals: 0, people: 0 });
  for (let n = 0; n < 52; n += 1) await arrives('chat');
  await h.db.exec(sql`update conversations set last_message_at = created_at + interval '6 minutes' where queue_id = ${own.id}`);
  for (let n = 0; n < 3; n += 1) await arrives();
  // Thirteen an hour, six minutes each.
  expect(await propose(own.id)).toEqual({ hours: 4, arrivals: 52, people: 1 });
  expect(await propose(mail.id)).toEqual({ hours: 4, arrivals: 3, people: 0 });
  h.clock.advance(4 * 3_600_000 + 1);
  expect(await propose(own.id)).toEqual({ hours: 4, arrivals: 0, people: 0 });
  expect((await h.call(we.dorit, on.queues, {})).body.items[0]?.keepFree).toBe(7);
  for (const who of [we.kim, we.luise]) expect((await h.call(who, on.reserveProposal, { id: own.id })).status).toBe(403);
});

describe('another team helps', () => {
  const helped = (given: Partial<Queue['overflow']>): Queue => ({
    ...post,
    overflow: { teamIds: [we.otherTeam.id], whenClosed: false, afterMinutes: null, ...given },
  });

  it('when somebody has waited for long: one of it sees and takes it, nobody else of it does, it stays in its team, and the timeline says so', async () => {
    await queues(helped({ afterMinutes: 30 }));
    const id = await arrives();
    await free(we.mehmet);
    await passes(29);
    expect(await offerOf(we.mehmet)).toBeNull();
    expect(await opens(we.mehmet, id)).toBe(404);
    expect((await h.call(we.mehmet, api.claim, { id })).status).toBe(404);
    await passes(1);
    expect(await offerOf(we.mehmet)).toMatchObject({
      conversationId: id,
      why: { queue: 'Post', because: 'only', helps: { team: 'Kundenservice', because: 'long' } },
    });
    expect([await opens(we.mehmet, id), await opens(nora, id)]).toEqual([200, 404]);
    expect((await h.call(we.mehmet, api.open, { id })).body.abilities).toMatchObject({ claim: true, reply: false });
    expect((await h.call(nora, api.claim, { id })).status).toBe(404);
    expect((await h.call(we.mehmet, api.claim, { id })).status).toBe(200);
    await passes(0);
    const { body } = await h.call(we.mehmet, api.open, { id });
    expect(body.abilities).toMatchObject({ reply: true });
    expect(body.conversation).toMatchObject({ teamId: we.team.id, assigneeId: null });
    expect(body.messages.map(({ text }) => text)).toContain(JSON.stringify({ code: 'routing.helps_long', data: { fromId: we.mehmet.id } }));
    expect((await h.call(we.mehmet, on.whyMine, { id })).body.offer?.why.helps).toEqual({ team: 'Kundenservice', because: 'long' });
    const audited = await h.db.query<{ data: { personId: string } }>(
      sql`select data from audit_log where action = 'routing.opened_to_help'`,
    );
    expect(audited.map(({ data }) => data.personId)).toEqual([we.mehmet.id]);
    // Given back it waits in its own team, whose people take it; whoever helped may come back to it for some hours, and then not any more.
    await h.call(we.mehmet, api.release, { id });
    expect((await h.call(we.mehmet, api.claim, { id })).status).toBe(200);
    await h.call(we.mehmet, api.release, { id });
    h.clock.advance(8 * 3_600_000 + 1);
    expect([await opens(we.mehmet, id), (await h.call(we.mehmet, api.claim, { id })).status]).toEqual([404, 404]);
    expect((await h.call(we.kim, api.claim, { id })).status).toBe(200);
  });

  it('what was declined or not answered is closed to them again, and goes on', async () => {
    await queues(helped({ afterMinutes: 1 }));
    const id = await arrives();
    await free(we.mehmet);
    await passes(1);
    await h.call(we.mehmet, on.declineOffer, { id: (await offerOf(we.mehmet))?.id ?? '' });
    expect([await opens(we.mehmet, id), (await h.call(we.mehmet, api.claim, { id })).status]).toEqual([404, 404]);
    await free(nora);
    await passes(0);
    expect(await offerOf(nora)).toMatchObject({ conversationId: id });
    expect(await opens(nora, id)).toBe(200);
    await passes(1);
    expect([await opens(nora, id), (await h.call(nora, api.claim, { id })).status]).toEqual([404, 404]);
    expect(await h.db.query(sql`select from conversation_access where conversation_id = ${id}`)).toEqual([]);
  });

  it('only when nobody of the own one is free, and only with what it is not due to do itself', async () => {
    await queues(helped({ afterMinutes: 1 }));
    const ours = await arrives();
    h.clock.advance(60_000);
    const theirs = (await createConversation(h, { teamId: we.otherTeam.id })).id;
    await free(we.mehmet);
    await passes(0);
    // What is theirs comes first, though ours is due before.
    expect((await offerOf(we.mehmet))?.conversationId).toBe(theirs);
    await free(nora);
    await free(we.kim);
    await passes(0);
    expect([(await offerOf(we.kim))?.conversationId, await offerOf(nora)]).toEqual([ours, null]);
  });

  it('while the own site is closed, those who work elsewhere; never whoever lacks the skill or has a conflict', async () => {
    const skill = (await h.call(we.dorit, workspaceEndpoints.addSkill, { key: 'recht', label: { de: 'Recht', en: 'Law' } })).body.id;
    await queues({ ...helped({ whenClosed: true }), needs: [{ skillId: skill, level: 1 }] });
    await h.call(we.dorit, workspaceEndpoints.changeTeam, { id: we.team.id, leadIds: [we.luise.id] });
    const id = await arrives();
    await free(we.mehmet, 'remote');
    await free(nora, 'office');
    await passes(5);
    expect(await offerOf(we.mehmet)).toBeNull();
    await h.db.exec(sql`delete from sessions`);
    h.clock.set(closed);
    for (const who of [we.mehmet, nora]) await h.call(who, workspaceEndpoints.setPresence, { state: 'available' });
    await free(we.mehmet, 'remote');
    await free(nora, 'office');
    await tick();
    expect([await offerOf(we.mehmet), await offerOf(nora)]).toEqual([null, null]);
    await h.call(we.dorit, workspaceEndpoints.grantSkill, { id: skill, personId: we.mehmet.id, level: 1, validTo: null });
    await h.call(we.luise, api.setConflict, { id, personId: we.mehmet.id, reason: 'Kennen sich privat' });
    await tick();
    expect(await offerOf(we.mehmet)).toBeNull();
    await h.db.exec(sql`delete from conversation_conflicts`);
    await tick();
    expect(await offerOf(we.mehmet)).toMatchObject({ conversationId: id, why: { helps: { because: 'closed' } } });
  });

  it('one and no more, in two processes at once, whoever of both teams reaches for it', async () => {
    await queues(helped({ afterMinutes: 1 }));
    await free(we.mehmet);
    await free(nora);
    for (let n = 0; n < 5; n += 1) {
      const id = await arrives();
      h.clock.advance(60_000);
      await Promise.all([tick(), tick(second)]);
      const [mehmets, noras] = [await offerOf(we.mehmet), await offerOf(nora)];
      expect([mehmets, noras].filter((one) => one?.conversationId === id)).toHaveLength(1);
      const taken = await Promise.all([we.mehmet, nora, we.kim, we.olaf].map(async (who) => (await h.call(who, api.claim, { id })).status));
      expect(taken.filter((status) => status === 200)).toHaveLength(1);
      await Promise.all([tick(), tick(second)]);
      const holder = await h.db.one<{ id: string }>(sql`select claimed_by as id from conversations where id = ${id}`);
      const who = [we.mehmet, nora, we.kim, we.olaf].find((one) => one.id === holder.id) ?? we.kim;
      await h.call(who, api.release, { id });
      await h.db.exec(
        sql`update conversations set state = 'closed', waiting_since = null, due_at = null, warn_at = null, alarm_at = null where id = ${id}`,
      );
    }
  });

  it('that does not exist is refused, and nothing is saved', async () => {
    await queues(post);
    const unknown = await h.call(we.dorit, on.setQueues, {
      items: [{ ...post, overflow: { teamIds: [crypto.randomUUID()], whenClosed: true, afterMinutes: null } }],
    });
    expect(unknown.problem.code).toBe('routing.team_unknown');
    expect((await h.call(we.kim, on.queues, {})).body.items).toEqual([post]);
  });
});

it('why others help, and whose work they are shown, follows from the queue, the site and the time alone', () => {
  const at = (minutes: number) => new Date(Date.parse(open) + minutes * 60_000);
  const queue = (given: Partial<Queue['overflow']>) => ({ overflow: { teamIds: ['b'], whenClosed: false, afterMinutes: null, ...given } });
  expect(helpedBecause(queue({}), at(0), false, at(9_999))).toBeNull();
  expect(helpedBecause(queue({ whenClosed: true }), at(0), true, at(9_999))).toBeNull();
  expect(helpedBecause(queue({ whenClosed: true, afterMinutes: 1 }), at(0), false, at(9_999))).toBe('closed');
  expect([29, 30].map((minutes) => helpedBecause(queue({ afterMinutes: 30 }), at(0), true, at(minutes)))).toEqual([null, 'long']);
  const named = [
    { ...queue({}), teamIds: ['a'] },
    { ...queue({}), teamIds: [] },
  ];
  expect(helpedTeams(named, new Set(['b']), ['a', 'b', 'c'])).toEqual(['a', 'a', 'b', 'c']);
  expect(helpedTeams(named, new Set(['c']), ['a', 'b', 'c'])).toEqual([]);
});

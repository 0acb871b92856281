import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { routingEndpoints as on } from '../../../../contract/routing.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { system } from '../../../platform/actor.ts';
import { transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives } from '../../channels/testing.ts';
import { createConversation } from '../../conversations/testing.ts';
import {
  agreeOn,
  type Cast,
  cast,
  createPerson,
  createSite,
  createTeam,
  givePassword,
  openBrowser,
  testPassword,
} from '../../workspace/testing.ts';
import { module } from '../module.ts';
import { sweepLate } from './late.ts';

let h: TestHouse;
let we: Cast;
let account: { id: string };
let elsewhere: { id: string };
beforeAll(async () => {
  h = await testHouse();
  we = await cast(h);
  await agreeOn(h, ['breach_causes']);
  elsewhere = await createTeam(h, { name: 'Anderswo' });
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: we.team.id });
  await h.call(we.dorit, workspaceEndpoints.changeTeam, { id: we.team.id, leadIds: [we.luise.id] });
  await h.drain();
});
afterAll(() => h.close());
// Monday, nine o'clock in Leipzig.
beforeEach(async () => {
  await h.db.exec(sql`delete from breaches`);
  await h.db.exec(sql`update conversations set state = 'closed', waiting_since = null, due_at = null, warn_at = null, alarm_at = null`);
  const week = 7 * 24 * hour;
  h.clock.advance(week - ((h.clock.now().getTime() - Date.parse('2026-11-23T08:00:00.000Z')) % week));
});
const hour = 3_600_000;
const time = 60_000;

let count = 0;
/** A mail that is in a case, as all that comes in is; to be answered within four hours. */
async function arrives(): Promise<string> {
  count += 1;
  const head = [
    `From: Erika Klein <klein${count}@post.example>`,
    'To: service@haus.example',
    'Subject: Sofa',
    `Message-ID: <l${count}@post.example>`,
  ];
  await mailArrives(h, account.id, [...head, '', 'Wo ist mein Sofa?'].join('\n'));
  await h.drain();
  return (await h.db.one<{ id: string }>(sql`select id from conversations order by created_at desc, id desc limit 1`)).id;
}
const rings = async () => {
  await module.ticks?.find(({ name }) => name === 'routing.ring')?.run(jobWork(h.house.platform));
  await h.drain();
};
const late = async (who: { id: string } = we.luise, input: { cause?: 'in_hand' | 'not_taken' } = {}) =>
  (await h.call(who, on.breaches, { limit: 50, ...input })).body.items;

it('says of each answer that became overdue where its time went, to whoever leads the team, and names nobody', async () => {
  const id = await arrives();
  const since = h.clock.now();
  h.clock.advance(20 * time);
  await h.call(we.kim, api.claim, { id });
  h.clock.advance(210 * time);
  await h.call(we.kim, api.claim, { id });
  h.clock.advance(10 * time);
  await rings();
  expect(await late()).toEqual([
    {
      id: expect.any(String),
      conversationId: id,
      caseId: null,
      promise: null,
      subject: 'Sofa',
      customerName: 'Erika Klein',
      channel: 'email',
      clock: 'first_answer',
      since: since.toISOString(),
      dueAt: new Date(since.getTime() + 4 * hour).toISOString(),
      doneAt: null,
      state: 'open',
      teamId: we.team.id,
      queueId: null,
      cause: 'in_hand',
      phases: { in_queue: 20, in_hand: 220 },
      peopleThere: null,
    },
  ]);
  const { fence } = (await h.call(we.kim, api.claim, { id })).body.lease;
  const to = [{ name: '', address: 'klein1@post.example' }];
  await h.call(we.kim, api.reply, {
    id,
    fence,
    baseSeq: 1,
    draftId: crypto.randomUUID(),
    text: 'Es kommt.',
    to,
    undoSeconds: 0,
  });
  expect((await late()).map(({ doneAt, state }) => [doneAt, state])).toEqual([[h.clock.now().toISOString(), 'done']]);
  const all = JSON.stringify(await late());
  for (const { id: person } of [we.kim, we.luise]) expect(all).not.toContain(person);
  for (const who of [we.kim, we.dorit]) expect((await h.call(who, on.breaches, {})).status).toBe(403);
  const other = await createPerson(h, { name: 'Edda Anders', roles: ['lead'], teamIds: [elsewhere.id] });
  expect(await late(other)).toEqual([]);
});

it('tells whether anybody was there for what lay in the queue, and shows one cause alone when asked', async () => {
  const alone = await arrives();
  h.clock.advance(4 * hour);
  await rings();
  await givePassword(h, we.kim.id);
  const browser = openBrowser(h);
  await browser.call(workspaceEndpoints.signIn, { email: we.kim.email, password: testPassword });
  await browser.call(workspaceEndpoints.setPresence, { state: 'available' });
  h.clock.advance(time);
  const seen = await arrives();
  h.clock.advance(4 * hour);
  await h.db.exec(sql`update sessions set last_seen_at = ${h.clock.now()}, expires_at = ${new Date(h.clock.now().getTime() + hour)}`);
  await rings();
  // Of a team of so few a number would say of each of them when they were there.
  expect((await late()).map(({ conversationId, cause, peopleThere }) => [conversationId, cause, peopleThere])).toEqual([
    [seen, 'not_taken', null],
    [alone, 'nobody_there', null],
  ]);
  expect((await late(we.luise, { cause: 'not_taken' })).map(({ conversationId }) => conversationId)).toEqual([seen]);
  const first = (await h.call(we.luise, on.breaches, { limit: 1 })).body;
  const second = (await h.call(we.luise, on.breaches, { limit: 1, cursor: first.nextCursor ?? '' })).body;
  expect([...first.items, ...second.items].map(({ conversationId }) => conversationId)).toEqual([seen, alone]);
  expect(second.nextCursor).toBeNull();
});

it('writes a wait down once however often it is told, shows it to nobody else when it has moved, and forgets it after thirty days', async () => {
  const { id } = await createConversation(h, { teamId: we.team.id });
  h.clock.advance(5 * hour);
  await rings();
  // Nothing ran in the meantime.
  expect((await late()).map(({ cause, peopleThere }) => [cause, peopleThere])).toEqual([['not_taken', null]]);
  // As when its time was moved and it rings again.
  await h.db.exec(sql`update conversations set alarm_at = due_at where id = ${id}`);
  await rings();
  expect(await late()).toHaveLength(1);
  await h.call(we.luise, api.bulk, { ids: [id], teamId: elsewhere.id });
  expect(await late()).toEqual([]);
  h.clock.advance(30 * 24 * hour + 1);
  await transaction(h.house.platform, system, sweepLate);
  expect(await h.db.one(sql`select count(*)::int as n from breaches`)).toEqual({ n: 0 });
});

it('is read from a replica, but not whose it is to see: that is asked of what is now', async () => {
  const moved = await createConversation(h, { teamId: we.team.id });
  const kept = await createConversation(h, { teamId: we.team.id });
  h.clock.advance(5 * hour);
  await rings();
  const { database } = h.house.platform;
  const { reports } = database;
  // A replica that stands still from its first report on.
  let stale: Awaited<ReturnType<typeof reports.read>> | undefined;
  const behind = 10_000;
  database.reports = { ...reports, read: async (work) => ({ value: (stale ??= await reports.read(work)).value as never, behind }) };
  try {
    expect((await late()).map(({ conversationId }) => conversationId).toSorted()).toEqual([moved.id, kept.id].toSorted());
    await h.call(we.luise, api.bulk, { ids: [moved.id], teamId: elsewhere.id });
    const { items, asOf } = (await h.call(we.luise, on.breaches, { limit: 50 })).body;
    expect(items.map(({ conversationId }) => conversationId)).toEqual([kept.id]);
    expect(asOf).toBe(new Date(h.clock.now().getTime() - behind).toISOString());
  } finally {
    database.reports = reports;
  }
});

it('is off without an agreement, at each site by itself, and in the same moment in which it ends; nothing is written down meanwhile', async () => {
  const { id: siteId } = await createSite(h, { name: 'Haldensleben', land: 'ST' });
  const there = await createTeam(h, { name: 'Versand', siteId });
  const lead = await createPerson(h, { name: 'Lore Versand', roles: ['lead'], teamIds: [there.id, we.team.id] });
  await h.db.exec(sql`update works_agreements set ended_at = ${h.clock.now()} where ended_at is null`);
  const becomesLate = async () => {
    const made = [await createConversation(h, { teamId: we.team.id }), await createConversation(h, { teamId: there.id })];
    h.clock.advance(5 * hour);
    await rings();
    return made.map(({ id }) => id);
  };
  await becomesLate();
  expect((await h.call(lead, on.breaches, {})).problem.code).toBe('workspace.needs_agreement');
  expect(await h.db.one(sql`select count(*)::int as n from breaches`)).toEqual({ n: 0 });
  // Figures of groups are another matter.
  await agreeOn(h, ['team_figures']);
  expect((await h.call(lead, on.breaches, {})).problem.code).toBe('workspace.needs_agreement');
  const { id, council } = await agreeOn(h, ['breach_causes'], [siteId]);
  const [, ofSite] = await becomesLate();
  expect((await late(lead)).map(({ conversationId }) => conversationId)).toEqual([ofSite]);
  expect(await late()).toEqual([]);
  await h.call(council, workspaceEndpoints.endAgreement, { id });
  expect((await h.call(lead, on.breaches, {})).problem.code).toBe('workspace.needs_agreement');
  await agreeOn(h, ['breach_causes']);
});

it('says how many were there of a team of eight or more', async () => {
  for (let n = 0; n < 8; n += 1) await createPerson(h, { name: `Gisela ${n}`, teamIds: [we.team.id] });
  await createConversation(h, { teamId: we.team.id });
  h.clock.advance(4 * hour);
  await rings();
  expect((await late()).map(({ cause, peopleThere }) => [cause, peopleThere])).toEqual([['nobody_there', 0]]);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { routingEndpoints as on } from '../../../../contract/routing.ts';
import { system } from '../../../platform/actor.ts';
import { transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount } from '../../channels/testing.ts';
import { createConversation } from '../../conversations/testing.ts';
import { agreeOn, type Cast, cast, createPerson } from '../../workspace/testing.ts';
import { module } from '../module.ts';
import { computeWeek } from './compute.ts';
import { sweepLeft } from './left.ts';

let h: TestHouse;
let we: Cast;
let account: { id: string };
const advisers: { id: string }[] = [];
beforeAll(async () => {
  h = await testHouse();
  we = await cast(h);
  const settings = { origins: ['https://www.shop.example'], identitySecret: 'sehr geheim und lang genug dafür' };
  account = await createAccount(h, { kind: 'chat', address: 'www.shop.example', teamId: we.team.id, settings });
  for (let n = 0; n < 8; n += 1) advisers.push(await createPerson(h, { name: `Gisela ${n}`, teamIds: [we.team.id] }));
});
afterAll(() => h.close());

const second = 1_000;
const hour = 3_600 * second;
const week = 7 * 24 * hour;
/** Monday, nine o'clock in Leipzig. */
const monday = Date.parse('2026-11-23T08:00:00.000Z');
const to = (at: number) => h.clock.advance(at - h.clock.now().getTime());
const look = async () => module.ticks?.find(({ name }) => name === 'routing.note_left')?.run(jobWork(h.house.platform));
const left = async () => (await h.db.one<{ n: number }>(sql`select count(*)::int as n from left_waits`)).n;

async function writes(): Promise<string> {
  const { id } = await createConversation(h, { teamId: we.team.id, accountId: account.id, channel: 'chat' });
  await h.db.exec(sql`update conversations set thread_key = ${id} where id = ${id}`);
  return id;
}
/** What a page's line says while it is open, and as it closes: that somebody is there for some seconds more. */
const isThere = (threadKey: string, seconds: number) =>
  h.db.exec(sql`insert into channel_threads (account_id, thread_key, here_until, at)
    values (${account.id}, ${threadKey}, ${new Date(h.clock.now().getTime() + seconds * second)}, ${h.clock.now()})
    on conflict (account_id, thread_key) do update set here_until = excluded.here_until`);
async function leaves(id: string): Promise<void> {
  await isThere(id, 5);
  h.clock.advance(6 * second);
  await look();
}
async function answered(id: string, by: { id: string }): Promise<void> {
  const { since } = await h.db.one<{ since: Date }>(sql`select waiting_since as since from conversations where id = ${id}`);
  const at = h.clock.now();
  await h.db.exec(sql`insert into messages (id, conversation_id, seq, kind, direction, visibility, author_kind, author_id, author_name, envelope, subject, text,
      answers_since, at, created_at)
    values (${newId()}, ${id}, 2, 'message', 'out', 'private', 'person', ${by.id}, 'Gisela', '{}', '', 'Gern.', ${since}, ${at}, ${at})`);
  await h.db.exec(sql`update conversations set state = 'waiting_customer', first_answer_at = ${at}, waiting_since = null, due_at = null, warn_at = null, alarm_at = null
    where id = ${id}`);
}

it('counts who left the chat before an answer and got none, and no formula takes them for the same', async () => {
  to(monday);
  // Not looked at before anybody has agreed that anything is counted.
  await leaves(await writes());
  expect(await left()).toBe(0);
  await h.db.exec(sql`update conversations set state = 'closed', waiting_since = null, due_at = null, warn_at = null, alarm_at = null`);
  await agreeOn(h, ['team_figures']);
  to(monday + week);
  for (let round = 0; round < 4; round += 1) for (const one of advisers) await answered(await writes(), one);
  const atOnce = await writes();
  await isThere(atOnce, 2 + 5);
  h.clock.advance(8 * second);
  await look();
  const [soon, late, putAside, back, served, unknown] = [
    await writes(),
    await writes(),
    await writes(),
    await writes(),
    await writes(),
    await writes(),
  ];
  h.clock.advance(60 * second);
  for (const id of [soon, putAside, back, served]) await leaves(id);
  for (const id of [late]) await isThere(id, 5 * 3_600);
  expect(await left()).toBe(1 + 4);
  // One comes back and waits; one is answered all the same, and one put aside because nobody is there any more.
  await isThere(back, 30);
  await look();
  expect(await left()).toBe(1 + 3);
  await answered(served, advisers[0] ?? we.kim);
  const { fence } = (await h.call(we.kim, api.claim, { id: putAside })).body.lease;
  expect(fence).toBeGreaterThan(0);
  await h.db.exec(
    sql`update conversations set state = 'resolved', waiting_since = null, due_at = null, warn_at = null, alarm_at = null where id = ${putAside}`,
  );
  to(monday + week + 5.5 * hour);
  await isThere(back, 30);
  await look();
  to(monday + 2 * week);
  await computeWeek(jobWork(h.house.platform));
  const { items } = (await h.call(we.luise, on.serviceFigures, {})).body;
  const figures = items.find(
    ({ groupKind, channel, clock }) => groupKind === 'team' && channel === 'chat' && clock === 'first_answer',
  )?.figures;
  expect(figures).toMatchObject({ n: 39, inTime: 33, late: 0, unanswered: 2, abandoned: { all: 4, inTime: 3, short: 1 } });
  expect(figures?.levels.map(({ formula, good, of }) => `${formula} ${good}/${of}`)).toEqual([
    'F1 36/39',
    'F2 33/33',
    'F3 33/39',
    'F4 33/36',
    'F5 34/39',
    'F6 33/38',
  ]);
  const asked = { week: '2026-11-30', teamId: we.team.id, channel: 'chat', clock: 'first_answer' as const };
  const listed = async (outcome: 'abandoned' | 'unanswered') =>
    (await h.call(we.luise, on.countedWaits, { ...asked, outcome })).body.items.map(({ conversationId }) => conversationId).toSorted();
  expect(await listed('abandoned')).toEqual([atOnce, soon, late, putAside].toSorted());
  expect(await listed('unanswered')).toEqual([back, unknown].toSorted());
  h.clock.advance(70 * 24 * hour);
  await transaction(h.house.platform, system, sweepLeft);
  expect(await left()).toBe(0);
});

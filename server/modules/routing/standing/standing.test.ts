import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { routingEndpoints as on } from '../../../../contract/routing.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createConversation } from '../../conversations/testing.ts';
import { type Cast, cast, createPerson, createTeam, givePassword, openBrowser, testPassword } from '../../workspace/testing.ts';
import { someQueue } from '../testing.ts';

let h: TestHouse;
let we: Cast;
let foreign: { id: string };
const urgent = someQueue({ name: 'Eilig', priorities: ['urgent'] });
beforeAll(async () => {
  h = await testHouse();
  we = await cast(h);
  foreign = await createTeam(h, { name: 'Anderswo' });
  await h.call(we.dorit, workspaceEndpoints.changeTeam, { id: we.team.id, leadIds: [we.luise.id] });
  await h.call(we.dorit, on.setQueues, { items: [urgent] });
  await h.drain();
});
afterAll(() => h.close());
// Monday, nine o'clock in Leipzig; what was counted a moment ago is kept no longer than that.
beforeEach(async () => {
  await h.db.exec(sql`update conversations set state = 'closed', waiting_since = null, due_at = null, warn_at = null, alarm_at = null`);
  const week = 7 * 24 * hour;
  h.clock.advance(week - ((h.clock.now().getTime() - Date.parse('2026-11-23T08:00:00.000Z')) % week));
  await forgotten();
});
const hour = 3_600_000;
const forgotten = () => new Promise((resolve) => setTimeout(resolve, 1_050));
const standing = async (who: { id: string }) => (await h.call(who, on.standing, {})).body;

it('is counted by team and queue, as each waits, and told to whoever leads the team', async () => {
  const { id: late } = await createConversation(h, { teamId: we.team.id, at: new Date(h.clock.now().getTime() - 72 * hour) });
  const begun = h.clock.now();
  const { id: eager } = await createConversation(h, { teamId: we.team.id });
  await h.call(we.kim, api.change, { id: eager, priority: 'urgent' });
  await createConversation(h, { teamId: we.team.id });
  await createConversation(h, { teamId: we.team.id, state: 'waiting_customer' });
  await createConversation(h, { teamId: foreign.id });
  await h.call(we.kim, api.claim, { id: late });
  h.clock.advance(3 * hour + 20 * 60_000);
  await h.call(we.kim, api.claim, { id: late });
  const { lines, at } = await standing(we.luise);
  expect(at).toBe(h.clock.now().toISOString());
  expect(lines.toSorted((a, b) => a.waiting - b.waiting)).toEqual([
    // Urgent: within an hour.
    {
      teamId: we.team.id,
      queueId: urgent.id,
      waiting: 1,
      free: 1,
      nearDue: 0,
      overdue: 1,
      oldestSince: begun.toISOString(),
      nextDueAt: null,
    },
    // All else within four opening hours: one is near, the one of the week before is overdue.
    {
      teamId: we.team.id,
      queueId: null,
      waiting: 2,
      free: 1,
      nearDue: 1,
      overdue: 1,
      oldestSince: new Date(begun.getTime() - 72 * hour).toISOString(),
      nextDueAt: new Date(begun.getTime() + 4 * hour).toISOString(),
    },
  ]);
  await forgotten();
  const elsewhere = await createPerson(h, { name: 'Edda Anders', roles: ['lead'], teamIds: [foreign.id] });
  expect((await standing(elsewhere)).lines.map(({ teamId, waiting }) => [teamId, waiting])).toEqual([[foreign.id, 1]]);
  for (const who of [we.kim, we.dorit]) expect((await h.call(who, on.standing, {})).status).toBe(403);
});

it('counts who is there by what they say, a recovery pause as a break, and names nobody', async () => {
  const says = async (who: Cast['kim'], state: 'available' | 'break' | 'recovery') => {
    await givePassword(h, who.id);
    await openBrowser(h).call(workspaceEndpoints.signIn, { email: who.email, password: testPassword });
    await h.call(who, workspaceEndpoints.setPresence, { state });
  };
  await says(we.kim, 'available');
  await says(we.olaf, 'recovery');
  await says(we.luise, 'break');
  // Whoever closed the desk is not there, whatever they said last.
  await h.call(we.mehmet, workspaceEndpoints.setPresence, { state: 'available' });
  const { people } = await standing(we.luise);
  expect(people).toEqual([{ teamId: we.team.id, available: 1, busy: 0, break: 2, training: 0 }]);
  const said = JSON.stringify(await standing(we.luise));
  for (const { id, name } of [we.kim, we.olaf, we.luise, we.mehmet])
    expect([said.includes(id), said.includes(name)]).toEqual([false, false]);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversationEndpoints as api, type ViewFilter } from '../../../../contract/conversations.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast, createPerson, createTeam } from '../../workspace/testing.ts';
import { createConversation } from '../testing.ts';

let h: TestHouse;
let people: Cast;
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
});
afterAll(() => h.close());

/** Somebody in two teams with work in every corner, and the teams. */
async function atWork() {
  const teams = [
    await createTeam(h, { name: `Nord ${crypto.randomUUID()}` }),
    await createTeam(h, { name: `Süd ${crypto.randomUUID()}` }),
  ] as const;
  const [north, south] = teams;
  const reader = await createPerson(h, { roles: ['agent'], teamIds: [north.id, south.id] });
  const mine = { teamId: north.id, assigneeId: reader.id };
  const urgent = await createConversation(h, mine);
  await h.db.exec(sql`update conversations set priority = 3, tags = '{garantie}' where id = ${urgent.id}`);
  await createConversation(h, mine);
  await createConversation(h, { ...mine, teamId: south.id });
  await createConversation(h, { ...mine, state: 'waiting_customer' });
  await createConversation(h, { ...mine, state: 'closed' });
  await createConversation(h, { teamId: south.id });
  await createConversation(h, { teamId: people.team.id });
  return { reader, north, south };
}

it('say of every view what its list shows, with all its conditions', async () => {
  const { reader, north, south } = await atWork();
  const expected: [ViewFilter, number][] = [
    [{ assignee: 'me' }, 4],
    [{ assignee: 'me', priorities: ['urgent'] }, 1],
    [{ assignee: 'me', tags: ['garantie', 'lob'] }, 1],
    [{ assignee: 'me', tags: ['lob'] }, 0],
    [{ assignee: 'me', states: ['waiting_customer'] }, 1],
    [{ assignee: 'me', teamIds: [south.id] }, 1],
    [{ assignee: 'me', channels: ['phone'] }, 0],
    [{ teamIds: [south.id] }, 2],
    [{ teamIds: [north.id, south.id] }, 5],
    [{ teamIds: [people.team.id] }, 0],
  ];
  for (const [filter, n] of expected) {
    const id = crypto.randomUUID();
    await h.call(reader, api.saveView, { id, name: 'Ansicht', filter, sort: 'newest', position: 0, shared: false });
    const { counters } = (await h.call(reader, api.counters, {})).body;
    const { items } = (await h.call(reader, api.list, { view: id })).body;
    expect([counters[id], items.length], JSON.stringify(filter)).toEqual([n, n]);
  }
});

it('counts and lists who waits longer than a view says, as time goes by', async () => {
  const { reader, south } = await atWork();
  const id = crypto.randomUUID();
  const filter = { teamIds: [south.id], waitingHours: 4 };
  await h.call(reader, api.saveView, { id, name: 'Wartet lange', filter, sort: 'waiting_longest', position: 0, shared: false });
  const shown = async () => {
    const { counters } = (await h.call(reader, api.counters, {})).body;
    return [counters[id], (await h.call(reader, api.list, { view: id })).body.items.length];
  };
  await h.db.exec(sql`update conversations set waiting_since = ${h.clock.now()} where team_id = ${south.id}`);
  h.clock.advance(3 * 3_600_000);
  expect(await shown()).toEqual([0, 0]);
  h.clock.advance(3_600_001);
  await expect.poll(shown).toEqual([2, 2]);
});

it('give no number to a view of one’s own work that only the archive could count', async () => {
  const { reader } = await atWork();
  for (const states of [['closed'], ['queued', 'resolved'], ['spam']] as const) {
    const id = crypto.randomUUID();
    const filter = { assignee: 'me' as const, states: [...states] };
    await h.call(reader, api.saveView, { id, name: 'Erledigtes', filter, sort: 'newest', position: 0, shared: false });
    expect((await h.call(reader, api.counters, {})).body.counters, states.join()).not.toHaveProperty(id);
  }
});

it('say what each team has open, to those who may read it', async () => {
  const { reader, north, south } = await atWork();
  const counters = async () => (await h.call(reader, api.counters, {})).body.counters;
  // A count may be a second old.
  await expect.poll(async () => (await counters())[`team:${north.id}`]).toBe(3);
  const found = await counters();
  for (const team of [north, south]) {
    const { items } = (await h.call(reader, api.list, { view: 'open', teamId: team.id })).body;
    expect(found[`team:${team.id}`]).toBe(items.length);
  }
  expect(found[`team:${south.id}`]).toBe(2);
  expect(found).not.toHaveProperty(`team:${people.team.id}`);
});

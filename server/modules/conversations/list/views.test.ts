import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createPerson, createTeam } from '../../workspace/testing.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse();
});
afterAll(() => h.close());

type Person = Awaited<ReturnType<typeof createPerson>>;
const view = (name: string) => ({ id: crypto.randomUUID(), name, filter: {} });
const sees = async (person: Person, id: string) => (await h.call(person, api.views, {})).body.items.some((one) => one.id === id);

it('are one’s own, a team’s or the company’s, and changed by whoever answers for them', async () => {
  const lead = await createPerson(h, { roles: ['lead'], teamIds: [] });
  const north = await createTeam(h, { name: 'Nord', leadIds: [lead.id] });
  const south = await createTeam(h, { name: 'Süd' });
  const member = await createPerson(h, { roles: ['agent'], teamIds: [north.id] });
  const other = await createPerson(h, { roles: ['agent'], teamIds: [south.id] });

  const own = view('Meine');
  await h.call(member, api.saveView, own);
  expect([await sees(member, own.id), await sees(lead, own.id)]).toEqual([true, false]);

  const teams = { ...view('Vom Team'), shared: true, teamId: north.id };
  expect((await h.call(member, api.saveView, teams)).status).toBe(403);
  expect((await h.call(lead, api.saveView, { ...teams, teamId: south.id })).status).toBe(403);
  expect((await h.call(lead, api.saveView, teams)).body.view).toMatchObject({ ownerId: null, teamId: north.id });
  expect([await sees(member, teams.id), await sees(lead, teams.id), await sees(other, teams.id)]).toEqual([true, true, false]);
  for (const person of [member, other]) {
    expect((await h.call(person, api.saveView, { ...teams, shared: false, teamId: null })).status).toBe(404);
    expect((await h.call(person, api.dropView, { id: teams.id })).status).toBe(404);
  }
  expect((await h.call(lead, api.dropView, { id: teams.id })).status).toBe(200);
  expect(await sees(member, teams.id)).toBe(false);
});

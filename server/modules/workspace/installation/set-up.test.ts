import { afterEach, beforeEach, expect, it } from 'vitest';
import { workspaceEndpoints as on } from '../../../../contract/workspace.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { openBrowser, testPassword } from '../testing.ts';

let house: TestHouse;
beforeEach(async () => {
  house = await testHouse({}, { upTo: 'workspace' });
});
afterEach(() => house.close());

const first = { company: 'Haus & Garten', locale: 'de' as const, name: 'Dorit Lang', email: 'dorit@haus.example', password: testPassword };

it('makes the first administrator, who can work at once', async () => {
  const page = openBrowser(house);
  expect((await page.call(on.getSetup, {})).body).toEqual({ needed: true, demo: false });
  const { status, body } = await page.call(on.setUp, first);
  expect(status).toBe(200);
  expect(body.person).toMatchObject({ name: 'Dorit Lang', roles: ['admin', 'lead', 'agent'] });
  expect(body.company.name).toBe('Haus & Garten');
  const me = (await page.call(on.getMe, {})).body;
  expect(me.rights['manage_people']).toEqual(['A']);
  expect((await page.call(on.listTeams, {})).body.items).toMatchObject([
    { name: 'Kundenservice', memberIds: [me.person.id], leadIds: [me.person.id] },
  ]);
  expect((await page.call(on.getSetup, {})).body.needed).toBe(false);
});

it('happens once, whoever comes later', async () => {
  await openBrowser(house).call(on.setUp, first);
  expect((await openBrowser(house).call(on.setUp, { ...first, email: 'x@haus.example' })).code).toBe('workspace.already_set_up');
});

it('has one winner when two come at once', async () => {
  const pages = Array.from({ length: 5 }, () => openBrowser(house));
  const answers = await Promise.all(pages.map((page, n) => page.call(on.setUp, { ...first, email: `dorit${n}@haus.example` })));
  expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '409', '409', '409', '409']);
  const inside = await Promise.all(pages.map(async (page) => (await page.call(on.getMe, {})).status));
  expect(inside.filter((status) => status === 200)).toHaveLength(1);
});

it('wants a password that is worth something', async () => {
  const page = openBrowser(house);
  expect((await page.call(on.setUp, { ...first, password: 'kurz' })).code).toBe('core.invalid_input');
  expect((await page.call(on.setUp, { ...first, password: 'Passwort2026!' })).code).toBe('workspace.password_common');
});

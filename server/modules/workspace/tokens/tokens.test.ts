import { afterAll, beforeAll, expect, it } from 'vitest';
import { workspaceEndpoints as on } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { personSummaries } from '../index.ts';
import { type Cast, cast } from '../testing.ts';

let house: TestHouse;
let we: Cast;
beforeAll(async () => {
  house = await testHouse({}, { upTo: 'workspace' });
  we = await cast(house);
});
afterAll(() => house.close());

const create = async (more: { role?: 'agent' | 'admin'; expiresAt?: string } = {}) =>
  (await house.call(we.dorit, on.createToken, { name: 'Shop', role: 'agent', ...more })).body;

it('is shown once, kept as a hash, and lets a program in with its role', async () => {
  const made = await create();
  expect(made.token).toMatch(/^nb_[\w-]{43}$/);
  expect(JSON.stringify(await house.db.query(sql`select * from api_tokens`))).not.toContain(made.token);
  const { items } = (await house.call(we.dorit, on.listTokens, {})).body;
  expect(items[0]).toMatchObject({ name: 'Shop', role: 'agent', prefix: made.token.slice(0, 8), lastUsedAt: null });
  expect(JSON.stringify(items)).not.toContain(made.token);
  expect((await house.call({ token: made.token }, on.listTeams, {})).status).toBe(200);
  expect((await house.call({ token: made.token }, on.listTokens, {})).status).toBe(403);
  expect((await house.call({ token: made.token }, on.getMe, {})).problem.code).toBe('workspace.people_only');
  expect((await house.call(we.dorit, on.listTokens, {})).body.items[0]?.lastUsedAt).toBe(house.clock.now().toISOString());
  expect((await personSummaries(house.db, [made.id])).get(made.id)?.name).toBe('Shop');
});

it('ends at once when revoked, and at its time', async () => {
  const made = await create();
  const soon = await create({ expiresAt: new Date(house.clock.now().getTime() + 60_000).toISOString() });
  expect((await house.call({ token: made.token }, on.listTeams, {})).status).toBe(200);
  const { events } = await house.call(we.dorit, on.revokeToken, { id: made.id });
  expect(events).toEqual([{ type: 'workspace.token_revoked', data: { tokenId: made.id } }]);
  expect((await house.call({ token: made.token }, on.listTeams, {})).status).toBe(401);
  house.clock.advance(60_001);
  expect((await house.call({ token: soon.token }, on.listTeams, {})).status).toBe(401);
});

it('cannot make others, and nonsense lets nobody in', async () => {
  const admin = await create({ role: 'admin' });
  expect((await house.call({ token: admin.token }, on.createToken, { name: 'X', role: 'admin' })).problem.code).toBe(
    'workspace.people_only',
  );
  expect((await house.call({ token: 'nb_x' }, on.listTeams, {})).status).toBe(401);
  expect((await house.call(null, on.listTeams, {}, { authorization: 'Basic abc' })).status).toBe(401);
});

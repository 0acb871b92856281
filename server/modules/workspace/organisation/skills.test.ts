import { afterAll, beforeAll, expect, it } from 'vitest';
import { workspaceEndpoints as on } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { actorOf } from '../rights/actor.ts';
import { type Cast, cast, createSkill } from '../testing.ts';

let house: TestHouse;
let we: Cast;
beforeAll(async () => {
  house = await testHouse({}, { upTo: 'workspace' });
  we = await cast(house);
});
afterAll(() => house.close());

const grant = (id: string, personId: string, level = 2, validTo: string | null = null) =>
  house.call(we.dorit, on.grantSkill, { id, personId, level, validTo });

it('a skill is given with level and last day, changed and taken, and works at once', async () => {
  const [french, social] = [await createSkill(house, { key: 'french' }), await createSkill(house, { key: 'social' })];
  const given = await grant(french.id, we.kim.id, 1, '2027-06-30');
  expect(given.body.skills).toEqual([{ skillId: french.id, level: 1, validTo: '2027-06-30' }]);
  expect(given.events).toEqual([{ type: 'workspace.rights_changed', data: { personId: we.kim.id } }]);
  await grant(social.id, we.kim.id);
  const again = await grant(french.id, we.kim.id, 3);
  expect(again.body.skills).toContainEqual({ skillId: french.id, level: 3, validTo: null });
  expect(again.body.skills).toHaveLength(2);
  expect(again.body.version).toBeGreaterThan(given.body.version);
  expect((await actorOf(house.house.platform, we.kim.id))?.skills).toEqual(['french', 'social']);

  const taken = await house.call(we.dorit, on.withdrawSkill, { id: french.id, personId: we.kim.id });
  expect(taken.body.skills.map(({ skillId }) => skillId)).toEqual([social.id]);
  expect((await actorOf(house.house.platform, we.kim.id))?.skills).toEqual(['social']);
  const nothing = await house.call(we.dorit, on.withdrawSkill, { id: french.id, personId: we.kim.id });
  expect([nothing.status, nothing.events]).toEqual([200, []]);
  const told = await house.db.query<{ action: string }>(
    sql`select action from audit_log where action like 'workspace.skill_%' order by seq`,
  );
  expect(told.map(({ action }) => action.split('.')[1])).toEqual(['skill_granted', 'skill_granted', 'skill_granted', 'skill_withdrawn']);
});

it('two who give skills to one person at once both succeed', async () => {
  const skills = await Promise.all([1, 2, 3, 4].map(() => createSkill(house)));
  await Promise.all(skills.map(({ id }) => grant(id, we.olaf.id)));
  const { body } = await house.call(we.dorit, on.getPerson, { id: we.olaf.id });
  expect(body.skills.map(({ skillId }) => skillId).toSorted()).toEqual(skills.map(({ id }) => id).toSorted());
});

it('neither a skill nor a person that is not there is given, no level but 1 to 3, and by nobody without the right', async () => {
  const { id } = await createSkill(house);
  expect((await grant(newId(), we.kim.id)).status).toBe(404);
  expect((await grant(id, newId())).status).toBe(404);
  expect((await grant(id, we.kim.id, 4)).problem).toMatchObject({ code: 'core.invalid_input', fields: [{ path: 'level' }] });
  expect((await grant(id, we.kim.id, 2, '31.12.2027')).problem.fields?.[0]?.path).toBe('validTo');
  const refused = await house.call(we.luise, on.grantSkill, { id, personId: we.kim.id, level: 1 });
  expect([refused.status, refused.events]).toEqual([403, []]);
});

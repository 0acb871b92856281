import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../testing/house.ts';
import { actorOf, companySettings, defaultTeamId, listTeamIds, personSummaries, teamOf } from './index.ts';
import { type Cast, cast, createPerson, createSkill } from './testing.ts';

let house: TestHouse;
let people: Cast;
beforeAll(async () => {
  house = await testHouse({}, { upTo: 'workspace' });
  people = await cast(house);
});
afterAll(() => house.close());

test('an adviser acts in the own teams, a lead answers for every team of the site', async () => {
  const kim = await actorOf(house.house.platform, people.kim.id);
  const luise = await actorOf(house.house.platform, people.luise.id);
  expect(kim).toMatchObject({ kind: 'person', teamIds: [people.team.id], ledTeamIds: [] });
  expect(luise?.ledTeamIds.toSorted()).toEqual([people.team.id, people.otherTeam.id].toSorted());
});

test('nobody acts who is inactive', async () => {
  const { id } = await createPerson(house, { active: false });
  expect(await actorOf(house.house.platform, id)).toBeUndefined();
});

test('a skill counts until its last day', async () => {
  const skill = await createSkill(house, { key: 'social' });
  const { id } = await createPerson(house, { skillIds: [skill.id] });
  expect((await actorOf(house.house.platform, id))?.skills).toEqual(['social']);
  await house.db.exec(sql`update person_skills set valid_to = '2026-11-22' where person_id = ${id}`);
  expect((await actorOf(house.house.platform, id))?.skills).toEqual([]);
});

test('the front door knows teams, names and the company', async () => {
  expect(await listTeamIds(house.db)).toEqual([people.team.id, people.otherTeam.id]);
  expect(await defaultTeamId(house.db)).toBe(people.team.id);
  expect(await teamOf(house.db, people.team.id)).toMatchObject({ name: 'Kundenservice' });
  expect((await personSummaries(house.db, [people.kim.id])).get(people.kim.id)?.name).toBe('Kim Sommer');
  expect(await companySettings(house.db)).toMatchObject({ locale: 'de', demo: false });
});

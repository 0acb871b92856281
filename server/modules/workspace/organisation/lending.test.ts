import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { workspaceEndpoints as on } from '../../../../contract/workspace.ts';
import { system } from '../../../platform/actor.ts';
import { transaction } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { actorOf } from '../rights/actor.ts';
import { type Cast, cast, createPerson, createTeam } from '../testing.ts';
import { endHelp } from './lending.ts';

let h: TestHouse;
let we: Cast;
let other: { id: string };
let foreign: { id: string };
beforeAll(async () => {
  h = await testHouse({}, { upTo: 'workspace' });
  we = await cast(h);
  other = await createTeam(h, { name: 'Möbel' });
  foreign = await createTeam(h, { name: 'Anderswo' });
  for (const { id } of [we.team, other]) await h.call(we.dorit, on.changeTeam, { id, leadIds: [we.luise.id] });
});
afterAll(() => h.close());
beforeEach(() => h.db.exec(sql`delete from team_members where until is not null`));

const hour = 3_600_000;
const inHours = (hours: number) => new Date(h.clock.now().getTime() + hours * hour).toISOString();
const lend = (personId: string, id = other.id, hours = 2, who: { id: string } = we.luise) =>
  h.call(who, on.lendHelper, { id, personId, until: inHours(hours) });
const teamsOf = async (personId: string) => (await actorOf(h.house.platform, personId))?.teamIds ?? [];
const ends = () => transaction(h.house.platform, system, endHelp);

it('somebody helps out in another team of the same lead, belongs to both, and to their own alone when it is over', async () => {
  const until = inHours(2);
  const { body, events } = await lend(we.kim.id);
  expect(body.items).toEqual([{ teamId: other.id, personId: we.kim.id, until }]);
  expect(events.map(({ type, data }) => [type, data['personId'] ?? data['teamId']])).toEqual([
    ['workspace.team_changed', other.id],
    ['workspace.rights_changed', we.kim.id],
  ]);
  expect((await teamsOf(we.kim.id)).toSorted()).toEqual([we.team.id, other.id].toSorted());
  // Longer or shorter, but once.
  await lend(we.kim.id, other.id, 3);
  expect((await h.call(we.luise, on.listHelpers, {})).body.items).toEqual([{ teamId: other.id, personId: we.kim.id, until: inHours(3) }]);
  h.clock.advance(3 * hour - 1);
  expect(await ends()).toBe(0);
  h.clock.advance(1);
  expect([await ends(), await ends()]).toEqual([1, 0]);
  expect(await teamsOf(we.kim.id)).toEqual([we.team.id]);
});

it('is ended before its time by whoever leads the team; nobody loses the team that is their own', async () => {
  await lend(we.kim.id);
  expect((await h.call(we.luise, on.returnHelper, { id: other.id, personId: we.kim.id })).body.items).toEqual([]);
  await h.call(we.luise, on.returnHelper, { id: we.team.id, personId: we.kim.id });
  expect(await teamsOf(we.kim.id)).toEqual([we.team.id]);
});

it('is for those who lead both teams, for people of theirs, for a day at most', async () => {
  for (const who of [we.kim, we.dorit]) expect((await lend(we.olaf.id, other.id, 2, who)).status).toBe(403);
  expect((await lend(we.kim.id, foreign.id)).status).toBe(404);
  const stranger = await createPerson(h, { name: 'Edda Anders', teamIds: [foreign.id] });
  expect((await lend(stranger.id)).problem.code).toBe('workspace.not_your_team');
  // Whoever only helps out here is not ours to lend on.
  await h.db.exec(sql`insert into team_members values (${we.team.id}, ${stranger.id}, ${new Date(h.clock.now().getTime() + hour)})`);
  expect((await lend(stranger.id)).problem.code).toBe('workspace.not_your_team');
  expect((await lend(we.kim.id, we.team.id)).problem.code).toBe('workspace.already_member');
  for (const hours of [0, -1, 24.01]) expect((await lend(we.kim.id, other.id, hours)).problem.code).toBe('workspace.help_too_long');
  expect((await lend(we.kim.id, other.id, 24)).status).toBe(200);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { workspaceEndpoints as on } from '../../../../contract/workspace.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast } from '../testing.ts';

let h: TestHouse;
let people: Cast;
/** Teams of centres in Saxony and in Thuringia. */
const teams = new Map<string, string>();
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  for (const [name, land] of [
    ['Leipzig', 'SN'],
    ['Erfurt', 'TH'],
  ] as const) {
    const site = (await h.call(people.dorit, on.addSite, { name, land })).body;
    const team = (await h.call(people.dorit, on.addTeam, { name, siteId: site.id })).body;
    teams.set(name, team.id);
  }
});
afterAll(() => h.close());

const berlin = (time: string): string => new Date(time).toISOString();
const asked = async (place: string, unit: 'hours' | 'days' | 'morning', amount: number, from: string) =>
  (await h.call(people.kim, on.workingTime, { teamId: teams.get(place) ?? '', unit, amount, from: berlin(from) })).body.at;

it.each([
  ['Leipzig', 4, '2026-11-17T19:30+01:00', '2026-11-19T11:30+01:00'],
  ['Erfurt', 4, '2026-11-17T19:30+01:00', '2026-11-18T11:30+01:00'],
  ['Leipzig', 2, '2026-12-24T19:00+01:00', '2026-12-28T09:00+01:00'],
  ['Leipzig', 1, '2026-11-20T19:45+01:00', '2026-11-21T09:45+01:00'],
])('in %s, %i hours of work from %s on have passed at %s (2.12)', async (place, amount, from, at) => {
  expect(await asked(place, 'hours', amount, from)).toBe(berlin(at));
});

it.each([
  // The Day of Repentance rests in Saxony alone.
  ['Leipzig', 'morning', 1, '2026-11-17T19:30+01:00', '2026-11-19T08:00+01:00'],
  ['Erfurt', 'morning', 1, '2026-11-17T19:30+01:00', '2026-11-18T08:00+01:00'],
  ['Leipzig', 'morning', 1, '2026-11-17T06:00+01:00', '2026-11-19T08:00+01:00'],
  // Christmas and a Sunday between.
  ['Leipzig', 'morning', 1, '2026-12-24T10:00+01:00', '2026-12-28T08:00+01:00'],
  // Clocks go back, and forth, in the night between.
  ['Leipzig', 'morning', 1, '2026-10-24T12:00+02:00', '2026-10-26T08:00+01:00'],
  ['Leipzig', 'morning', 1, '2027-03-27T12:00+01:00', '2027-03-30T08:00+02:00'],
  ['Leipzig', 'days', 2, '2026-11-16T09:00+01:00', '2026-11-19T20:00+01:00'],
  ['Erfurt', 'days', 2, '2026-11-16T09:00+01:00', '2026-11-18T20:00+01:00'],
  ['Erfurt', 'days', 1, '2026-11-20T09:00+01:00', '2026-11-21T16:00+01:00'],
] as const)('in %s, %s %i after %s is %s', async (place, unit, amount, from, at) => {
  expect(await asked(place, unit, amount, from)).toBe(berlin(at));
});

it('goes by the hours that were set, and is never where nobody opens', async () => {
  const closed = Array.from({ length: 7 }, () => []);
  const sites = (await h.call(people.dorit, on.listSites, {})).body.items;
  const id = sites.find(({ name }) => name === 'Erfurt')?.id ?? '';
  const split = [
    { from: 600, to: 720 },
    { from: 780, to: 900 },
  ];
  await h.call(people.dorit, on.setHours, { id, week: closed.map(() => split), municipal: [], special: [] });
  expect(await asked('Erfurt', 'hours', 3, '2026-11-18T10:00+01:00')).toBe(berlin('2026-11-18T14:00+01:00'));
  expect(await asked('Erfurt', 'days', 1, '2026-11-18T10:00+01:00')).toBe(berlin('2026-11-19T15:00+01:00'));
  h.clock.advance(1_000);
  await h.call(people.dorit, on.setHours, { id, week: closed, municipal: [], special: [] });
  expect([
    await asked('Erfurt', 'hours', 1, '2026-11-18T10:00+01:00'),
    await asked('Erfurt', 'morning', 1, '2026-11-18T10:00+01:00'),
  ]).toEqual([null, null]);
});

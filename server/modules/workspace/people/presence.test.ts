import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type PresenceState, workspaceEndpoints as on } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { module } from '../module.ts';
import { type Cast, cast, givePassword, openBrowser, type TestPerson, testPassword } from '../testing.ts';
import { availablePeople, peopleOnShift } from './available.ts';
import { noteDesks } from './desks.ts';
import { staffing } from './staffed.ts';

let h: TestHouse;
let we: Cast;
/** What was told to whoever listens, by stream. */
let told: { stream: string; topic: string; data: Record<string, unknown> }[] = [];
beforeAll(async () => {
  h = await testHouse();
  we = await cast(h);
  await givePassword(h, we.kim.id);
  const { signal } = h.house.platform;
  h.house.platform.signal = (stream, topic, data) => {
    told.push({ stream, topic, data });
    signal(stream, topic, data);
  };
});
afterAll(() => h.close());
beforeEach(async () => {
  h.clock.set('2026-11-24T08:00:00.000Z');
  await h.db.exec(sql`delete from presence`);
  await h.db.exec(sql`delete from presence_history`);
  await openBrowser(h).call(on.signIn, { email: we.kim.email, password: testPassword });
  told = [];
});
afterEach(() => h.db.exec(sql`delete from sessions`));

const say = (who: TestPerson, state: PresenceState, more: object = {}) => h.call(who, on.setPresence, { state, ...more });
const own = async (who: TestPerson) => (await h.call(who, on.getOwnPresence, {})).body;
const seenBy = async (who: TestPerson) => (await h.call(who, on.listPresence, {})).body.items;
const now = () => h.clock.now().toISOString();
const inMinutes = (minutes: number) => new Date(h.clock.now().getTime() + minutes * 60_000).toISOString();
const tick = (name: string) => module.ticks?.find((one) => one.name === name)?.run(jobWork(h.house.platform));
const toldTeam = () => told.filter(({ stream }) => stream === `presence:${we.team.id}`).map(({ data }) => data);

it('is seen by the team as it is now; its history by nobody else', async () => {
  await say(we.kim, 'available');
  h.clock.advance(1_000);
  const since = now();
  await say(we.kim, 'break');
  expect(await seenBy(we.luise)).toEqual([{ personId: we.kim.id, state: 'break', since, until: null, location: null }]);
  expect(await seenBy(we.mehmet)).toEqual([]);
  expect((await own(we.kim)).history.map(({ state }) => state)).toEqual(['break', 'available']);
});

it('is taken along by the person it is about as a file: all of it, nothing of others, and how long it is kept', async () => {
  await say(we.luise, 'busy', { note: 'Nicht für Kim' });
  const first = now();
  await say(we.kim, 'available', { location: 'office', note: 'Guten Morgen' });
  h.clock.advance(60_000);
  const until = inMinutes(30);
  await say(we.kim, 'break', { until });
  const { status, body } = await h.call(we.kim, on.downloadPresence, {});
  expect(status).toBe(200);
  expect(body).toEqual({
    personId: we.kim.id,
    madeAt: now(),
    now: { state: 'break', since: now(), until, backAt: until, note: null, location: 'office', locatedAt: now() },
    history: [
      { state: 'available', since: first, note: 'Guten Morgen', location: 'office' },
      { state: 'break', since: now(), note: null, location: 'office' },
    ],
    historyKeptForDays: 7,
  });
  expect(JSON.stringify(body)).not.toContain(we.luise.id);
  expect((await h.call(null, on.downloadPresence, {})).status).toBe(401);
});

it('shows a recovery pause to others as a break, as if it had been one from the beginning, with the end they were told', async () => {
  await say(we.kim, 'busy');
  h.clock.advance(1_000);
  const [since, until] = [now(), inMinutes(30)];
  await say(we.kim, 'break', { until });
  h.clock.advance(60_000);
  told = [];
  expect((await say(we.kim, 'recovery')).body).toMatchObject({ state: 'recovery', since: now(), until: inMinutes(5) });
  // No news for them, either.
  expect(toldTeam()).toEqual([]);
  expect(await seenBy(we.luise)).toEqual([{ personId: we.kim.id, state: 'break', since, until, location: null }]);
  expect(await seenBy(we.kim)).toMatchObject([{ state: 'recovery', until: inMinutes(5) }]);
});

it('a recovery pause of its own says to others no more than a break: no end that would give it away', async () => {
  await say(we.kim, 'available');
  await say(we.kim, 'recovery');
  expect(toldTeam().at(-1)).toEqual({ personId: we.kim.id, state: 'break', since: now(), until: null, location: null });
  expect(await seenBy(we.luise)).toMatchObject([{ state: 'break', until: null }]);
});

it('a recovery pause ends by itself, and one is told; another pause does not', async () => {
  await say(we.kim, 'recovery');
  await say(we.olaf, 'break', { until: inMinutes(5) });
  h.clock.advance(299_000);
  await tick('workspace.end_pauses');
  expect(await own(we.kim)).toMatchObject({ state: 'recovery' });
  h.clock.advance(1_000);
  await tick('workspace.end_pauses');
  expect(await own(we.kim)).toMatchObject({ state: 'available', since: now(), until: null });
  expect(await own(we.olaf)).toMatchObject({ state: 'break' });
  expect(told.filter(({ topic }) => topic === 'workspace.pause_over')).toEqual([
    { stream: `person:${we.kim.id}`, topic: 'workspace.pause_over', data: { personId: we.kim.id } },
  ]);
  // Once.
  await tick('workspace.end_pauses');
  expect((await own(we.kim)).history.map(({ state }) => state)).toEqual(['available', 'recovery']);
});

it('who closed the desk meanwhile is away after a recovery pause, and who said something else is left alone', async () => {
  await say(we.kim, 'recovery');
  await h.db.exec(sql`delete from sessions`);
  await say(we.olaf, 'recovery');
  await say(we.olaf, 'training');
  h.clock.advance(300_000);
  await tick('workspace.end_pauses');
  expect(await own(we.kim)).toMatchObject({ state: 'away' });
  expect(await own(we.olaf)).toMatchObject({ state: 'training' });
});

it('whose last browser is gone is not free, nor at work, nor counted; back with the next sign', async () => {
  await say(we.kim, 'available');
  const isThere = async () => {
    const [free, atWork, counts] = await Promise.all([
      availablePeople(h.db, h.clock.now()),
      peopleOnShift(h.db, [we.kim.id], h.clock.now()),
      staffing(h.db, h.clock.now()),
    ]);
    return [free.length, atWork.length, counts.find(({ teamId }) => teamId === we.team.id)?.available ?? 0];
  };
  const sign = (silentSeconds: number) => noteDesks(h.house.platform, new Map([[we.kim.id, silentSeconds * 1_000]]));
  expect(await isThere()).toEqual([1, 1, 1]);
  await sign(0);
  expect(await isThere()).toEqual([1, 1, 1]);
  h.clock.advance(19_000);
  await sign(19);
  expect(await isThere()).toEqual([1, 1, 1]);
  h.clock.advance(1_000);
  expect(await isThere()).toEqual([0, 0, 0]);
  await sign(0);
  expect(await isThere()).toEqual([1, 1, 1]);
});

it('a pause ends ahead and not far; what is no pause has no end', async () => {
  const refused = async (state: PresenceState, minutes: number) => (await say(we.kim, state, { until: inMinutes(minutes) })).problem.code;
  expect(await refused('break', 0)).toBe('workspace.pause_end_unfit');
  expect(await refused('break', 241)).toBe('workspace.pause_end_unfit');
  expect(await refused('recovery', 31)).toBe('workspace.pause_end_unfit');
  expect(await refused('busy', 5)).toBe('workspace.pause_end_unfit');
  expect((await say(we.kim, 'break', { until: inMinutes(240) })).status).toBe(200);
  expect((await say(we.kim, 'recovery', { until: inMinutes(30) })).status).toBe(200);
});

it('where one works holds for the day, where one is; what was said last is remembered as usual', async () => {
  expect(await own(we.kim)).toMatchObject({ location: null, usualLocation: null });
  await say(we.kim, 'available', { location: 'remote' });
  await say(we.kim, 'busy');
  expect(await own(we.kim)).toMatchObject({ state: 'busy', location: 'remote', usualLocation: 'remote' });
  expect(await seenBy(we.olaf)).toMatchObject([{ state: 'busy', location: 'remote' }]);
  // A minute before midnight in Leipzig, and a minute after.
  h.clock.set('2026-11-24T22:59:00.000Z');
  expect(await own(we.kim)).toMatchObject({ location: 'remote' });
  h.clock.set('2026-11-24T23:01:00.000Z');
  expect(await own(we.kim)).toMatchObject({ location: null, usualLocation: 'remote' });
  expect(await seenBy(we.olaf)).toMatchObject([{ location: null }]);
  await say(we.kim, 'available');
  expect(await own(we.kim)).toMatchObject({ location: null, usualLocation: 'remote' });
  await say(we.kim, 'available', { location: 'office' });
  expect(await own(we.kim)).toMatchObject({ location: 'office', usualLocation: 'office' });
});

it('words are for oneself; saying where, or until when, keeps them, and something else leaves them behind', async () => {
  await say(we.kim, 'break', { note: 'zum Arzt' });
  await say(we.kim, 'break', { until: inMinutes(20), location: 'remote' });
  expect(await own(we.kim)).toMatchObject({ note: 'zum Arzt', until: inMinutes(20), location: 'remote' });
  expect((await own(we.kim)).history).toEqual([{ state: 'break', since: now(), note: 'zum Arzt', location: 'remote' }]);
  expect(JSON.stringify(await seenBy(we.luise))).not.toContain('Arzt');
  expect(JSON.stringify(told)).not.toContain('Arzt');
  await say(we.kim, 'break', { note: null });
  expect(await own(we.kim)).toMatchObject({ note: null, until: inMinutes(20) });
  await say(we.kim, 'break', { note: 'doch' });
  h.clock.advance(1_000);
  await say(we.kim, 'available');
  expect(await own(we.kim)).toMatchObject({ note: null, until: null });
  expect((await own(we.kim)).history.map(({ note }) => note)).toEqual([null, 'doch']);
});

it('what was is gone after seven days, from the own view at once and from the table with the next sweep', async () => {
  await say(we.kim, 'busy');
  h.clock.advance(7 * 86_400_000 - 1_000);
  await say(we.kim, 'break');
  expect((await own(we.kim)).history).toHaveLength(2);
  h.clock.advance(2_000);
  expect((await own(we.kim)).history.map(({ state }) => state)).toEqual(['break']);
  await tick('workspace.sweep');
  expect(await h.db.query(sql`select state from presence_history`)).toEqual([{ state: 'break' }]);
});

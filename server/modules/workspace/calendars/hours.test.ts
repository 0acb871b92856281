import { afterAll, beforeAll, expect, it } from 'vitest';
import { workspaceEndpoints as on, type SiteHours } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast } from '../testing.ts';
import { calendarOf, findHours } from './hours.ts';
import { afterOpen } from './open-time.ts';

let h: TestHouse;
let we: Cast;
let leipzig: string;
beforeAll(async () => {
  h = await testHouse({}, { upTo: 'workspace' });
  we = await cast(h);
  leipzig = (await h.call(we.dorit, on.addSite, { name: 'Leipzig', land: 'SN', municipality: null, zone: 'Europe/Berlin' })).body.id;
});
afterAll(() => h.close());

const settable = ({ week, municipal, special }: SiteHours) => ({ week, municipal, special });
const read = async () => (await h.call(we.kim, on.getHours, { id: leipzig })).body;
const set = (hours: Partial<ReturnType<typeof settable>>, who = we.dorit) =>
  read().then((now) => h.call(who, on.setHours, { id: leipzig, ...settable(now), ...hours }));

it('a site has usual hours until somebody sets others, and says when it opens and which holidays come', async () => {
  h.clock.set('2026-11-17T21:00:00+01:00');
  const hours = await read();
  expect(hours).toMatchObject({ siteId: leipzig, validFrom: null, municipal: [], special: [], isOpen: false });
  expect(hours.week.map((windows) => windows.map(({ from, to }) => `${from / 60}-${to / 60}`).join())).toEqual([
    ...Array<string>(5).fill('8-20'),
    '9-16',
    '',
  ]);
  // The day of repentance is a holiday in Saxony only.
  expect(hours.changesAt).toBe('2026-11-19T07:00:00.000Z');
  expect(hours.holidays.slice(0, 3)).toEqual([
    { date: '2026-11-18', holiday: 'repentance' },
    { date: '2026-12-25', holiday: 'christmas_day' },
    { date: '2026-12-26', holiday: 'boxing_day' },
  ]);
});

it('hours are set from now on, are told to everybody and stand in the log; what began before keeps its own', async () => {
  h.clock.set('2026-11-20T12:00:00+01:00');
  const before = new Date(h.clock.now().getTime() - 1);
  const late = [{ from: 10 * 60, to: 24 * 60 }];
  const week = Array.from({ length: 7 }, () => late);
  const special = [{ date: '2026-12-25', name: 'Weihnachtsdienst', windows: [{ from: 600, to: 720 }] }];
  const done = await set({ week, special });
  expect(done.status).toBe(200);
  expect(done.events).toEqual([{ type: 'workspace.hours_changed', data: { siteId: leipzig } }]);
  expect(done.body).toMatchObject({
    validFrom: '2026-11-20T11:00:00.000Z',
    week,
    special,
    isOpen: true,
    changesAt: '2026-11-20T23:00:00.000Z',
  });
  expect(done.body.holidays.map(({ date }) => date)).not.toContain('2026-12-25');
  const dueFrom = async (began: Date) => {
    const row = await findHours(h.db, leipzig, began);
    const due = row && afterOpen(calendarOf(row), Date.parse('2026-11-20T19:30:00+01:00'), 3_600_000);
    return new Date(due ?? 0).toISOString();
  };
  expect(await dueFrom(before)).toBe('2026-11-21T08:30:00.000Z');
  expect(await dueFrom(h.clock.now())).toBe('2026-11-20T19:30:00.000Z');
  const logged = await h.db.query(sql`select object_id as id from audit_log where action = 'workspace.hours_set'`);
  expect(logged).toEqual([{ id: leipzig }]);

  const again = await set({});
  expect([again.status, again.events]).toEqual([200, []]);
});

it('is set by who may, and never to what no clock shows', async () => {
  expect((await set({ week: [] })).problem.code).toBe('core.invalid_input');
  const bad = [
    [{ from: 600, to: 600 }],
    [{ from: 600, to: 480 }],
    [
      { from: 480, to: 720 },
      { from: 700, to: 800 },
    ],
  ];
  for (const windows of bad) expect((await set({ week: [windows, [], [], [], [], [], []] })).problem.code).toBe('core.invalid_input');
  const twice = { date: '2026-12-24', name: 'Heiligabend', windows: [] };
  expect((await set({ special: [twice, twice] })).problem.code).toBe('core.invalid_input');
  expect((await set({ municipal: ['corpus_christi'] }, we.kim)).problem.code).toBe('core.forbidden');
  expect((await h.call(we.dorit, on.getHours, { id: crypto.randomUUID() })).status).toBe(404);
  expect((await set({ municipal: ['corpus_christi'] })).body.holidays).toContainEqual({ date: '2027-05-27', holiday: 'corpus_christi' });
});

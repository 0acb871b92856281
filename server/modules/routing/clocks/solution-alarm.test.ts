import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ServiceLevel } from '../../../../contract/routing.ts';
import type { EventType } from '../../../../contract/events.ts';
import { always, type Calendar } from '../../workspace/index.ts';
import { usualLevels } from '../service-levels/levels.ts';
import { followClock, type KeptClock } from './solution-alarm.ts';
import { solutionBeats, solutionOf } from './solution.ts';

/** Everything happens on the half hour, for twenty-five days from a Monday at midnight in Leipzig, without a change of clocks or a holiday. */
const step = 30 * 60_000;
const begin = Date.parse('2026-01-12T00:00+01:00');
const steps = 25 * 48;
const goesOnFor = 7 * 48;
const at = (m: number) => new Date(begin + m * step);

const someWeek = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 18 })), { minLength: 7, maxLength: 7 });
const someCalendar = fc.option(someWeek, { freq: 3 });
type Week = readonly (readonly [from: number, long: number])[];
const calendarOf = (week: Week | null): Calendar =>
  week === null
    ? always
    : {
        kind: 'hours',
        zone: 'Europe/Berlin',
        land: 'SN',
        municipal: [],
        week: week.map(([from, long]) => (long === 0 ? [] : [{ from: from * 30, to: (from + long) * 30 }])),
        special: new Map(),
      };
const isOpen = (week: Week | null, m: number): boolean => {
  const [from, long] = week?.[Math.floor(m / 48) % 7] ?? [0, 48];
  return m % 48 >= from && m % 48 < from + long;
};

/** What happens to a case of two conversations, and how many half hours after what happened before it. */
const someHappening = fc.tuple(
  fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 40 }) }, { weight: 1, arbitrary: fc.integer({ min: 300, max: 420 }) }),
  fc.constantFrom(
    'a queued',
    'a in_progress',
    'a waiting_customer',
    'a waiting_customer',
    'a resolved',
    'b queued',
    'b waiting_customer',
    'b waiting_third_party',
    'case resolved',
    'case open',
    'longer',
    'shorter',
  ),
);
type Happening = { m: number; what: string };
const someStory = fc.array(someHappening, { minLength: 1, maxLength: 14 }).map((all) => {
  let m = 0;
  return all.map(([gap, what]): Happening => ({ m: (m += gap), what })).filter((one) => one.m < steps);
});

const levelOf = (due: number): ServiceLevel => {
  const [level] = usualLevels('de');
  if (!level) throw new Error('There are usual service levels');
  return { ...level, name: 'Alle', visibility: 'any', hours: 'site', solutionMinutes: due * 30, warnPercent: 50 };
};
/** In half hours; half of it is near due. */
const times = { first: 20, longer: 60, shorter: 8 };

type Rang = [m: number, isOverdue: boolean, trueAt: number];

/** As the house does it: what happened is followed, what is due by what was kept is looked at, where something runs. */
function played(story: readonly Happening[], week: Week | null, runs: (m: number) => boolean, hearsAll: boolean): Rang[] {
  const rang: Rang[] = [];
  const versions: { validFrom: Date; recomputes: true; levels: ServiceLevel[] }[] = [];
  const log: { type: EventType; at: Date; data: never }[] = [
    { type: 'cases.opened', at: at(0), data: { conversationId: 'a' } as unknown as never },
  ];
  let kept: KeptClock | undefined;
  const work = { channel: 'email', visibility: 'private' as const, teamId: null, priority: 0 };
  const follow = (m: number, { rings = false, isHeard = true } = {}): void => {
    const beats = solutionBeats(log);
    const rules = { versions, usual: [levelOf(times.first)], calendars: { of: () => calendarOf(week) } };
    const solution = solutionOf(rules, work, beats, at(m));
    const state = solution?.clock.state ?? 'running';
    if (!isHeard && state !== 'running') return;
    const instant = (time: number | null | undefined) => (time == null ? null : new Date(time));
    const reading = {
      caseId: 'k',
      state,
      startedAt: new Date(beats[0]?.at ?? 0),
      stoppedAt: null,
      nearAt: instant(solution?.nearAt),
      dueAt: instant(solution?.clock.dueAt),
    };
    const followed = followClock(kept, reading, { now: at(m), ringsUntil: rings ? at(m) : null });
    kept = followed.kept;
    for (const { isOverdue, at: trueAt } of followed.alarms) rang.push([m, isOverdue, (trueAt.getTime() - begin) / step]);
  };
  follow(0);
  for (let m = 0; m < steps; m += 1) {
    const now = story.filter((one) => one.m === m);
    for (const { what } of now) {
      const [whose = '', toState] = what.split(' ');
      if (what === 'longer' || what === 'shorter') versions.push({ validFrom: at(m), recomputes: true, levels: [levelOf(times[what])] });
      else if (whose === 'case') log.push({ type: 'cases.state_changed', at: at(m), data: { toState } as unknown as never });
      else log.push({ type: 'conversations.state_changed', at: at(m), data: { conversationId: whose, toState } as unknown as never });
    }
    // That a clock rests may be heard of late; the alarm looks by itself.
    if (now.length > 0) follow(m, { isHeard: hearsAll || now.some(({ what }) => what === 'longer' || what === 'shorter') });
    if (runs(m) && kept?.alarmAt && kept.alarmAt <= at(m)) follow(m, { rings: true });
  }
  return rang;
}

/** Looked at every half hour: does it run, is it open, is its time up, and was it told? */
function slowly(story: readonly Happening[], week: Week | null, runs: (m: number) => boolean): Rang[] {
  const rang: Rang[] = [];
  let due = times.first;
  const states = new Map([['a', 'queued']]);
  let isDone = false;
  let was: 'run' | 'rest' | 'stop' = 'run';
  let stoppedAt = 0;
  /** When so many half hours had been spent. */
  let reached: number[] = [];
  let told = 0;
  const isTrue = () => [due / 2, due].filter((time) => reached.length >= time).length;
  for (let m = 0; m < steps; m += 1) {
    for (const { what } of story.filter((one) => one.m === m)) {
      const [whose = '', toState = ''] = what.split(' ');
      if (what === 'longer' || what === 'shorter') due = times[what];
      else if (whose === 'case') isDone = toState === 'resolved';
      else states.set(whose, toState);
      const all = [...states.values()];
      const busy = all.some((state) => state === 'queued' || state === 'in_progress' || state === 'waiting_third_party');
      const is = isDone ? 'stop' : !busy && all.includes('waiting_customer') ? 'rest' : 'run';
      if (is !== was && was === 'stop' && m - stoppedAt > goesOnFor) {
        reached = [];
        told = 0;
      }
      if (is === 'stop' && was !== 'stop') stoppedAt = m;
      was = is;
    }
    told = Math.min(told, isTrue());
    if (runs(m) && was === 'run')
      for (; told < isTrue(); told += 1) rang.push([m, told === 1, reached[(told === 0 ? due / 2 : due) - 1] ?? Number.NaN]);
    if (was === 'run' && isOpen(week, m)) reached.push(m + 1);
  }
  return rang;
}

it('rings what an oracle that looks every half hour says, at the same time, once each, and nothing of a clock that rests', () => {
  let most = 0;
  fc.assert(
    fc.property(
      someStory,
      someCalendar,
      // Nothing runs in one of some times.
      fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
      fc.boolean(),
      (story, week, up, hearsAll) => {
        const runs = (m: number) => up[Math.floor(m / 11) % up.length] ?? true;
        const expected = slowly(story, week, runs);
        most = Math.max(most, expected.length);
        expect(played(story, week, runs, hearsAll)).toEqual(expected);
      },
    ),
    { numRuns: 1_000 },
  );
  expect(most).toBeGreaterThan(2);
});

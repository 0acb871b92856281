import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServiceLevel } from '../../../../contract/routing.ts';
import type { OpenWindow } from '../../../../contract/workspace.ts';
import type { Calendar } from '../../workspace/index.ts';
import { usualLevels } from '../service-levels/levels.ts';
import { autumn, minutesOpen, someWindows } from '../testing.ts';
import { type DueRules, dueOf, type TimedWork } from './dues.ts';

type OpeningHours = Extract<Calendar, { kind: 'hours' }>;
const minute = 60_000;
const long: OpenWindow[] = [{ from: 480, to: 1_200 }];
const level = (more: Partial<ServiceLevel>): ServiceLevel => ({
  name: 'x',
  channels: [],
  visibility: 'any',
  teamIds: [],
  priorities: [],
  hours: 'site',
  firstAnswerMinutes: 240,
  nextAnswerMinutes: 240,
  solutionMinutes: null,
  warnPercent: 80,
  ...more,
});
const at = (time: string): Date => new Date(`${time}+01:00`);
const hours = (
  land: OpeningHours['land'],
  week: OpeningHours['week'] = [long, long, long, long, long, [{ from: 540, to: 960 }], []],
): OpeningHours => ({
  kind: 'hours',
  zone: 'Europe/Berlin',
  land,
  municipal: [],
  week,
  special: new Map(),
});
const rules = (more: Partial<DueRules> = {}): DueRules => ({
  versions: [],
  usual: usualLevels('de'),
  calendars: { of: () => hours('SN') },
  ...more,
});
const wait: TimedWork = {
  since: at('2026-11-17T19:30'),
  isFirst: true,
  channel: 'email',
  visibility: 'private',
  teamId: null,
  priority: 1,
};
const due = (given: DueRules, one: Partial<typeof wait> = {}, now = wait.since) => dueOf(given, { ...wait, ...one }, now)?.at.toISOString();

describe('when an answer is due', () => {
  it('is told by the first service level that fits, in the hours of the team’s site', () => {
    expect(due(rules())).toBe(at('2026-11-19T11:30').toISOString());
    expect(due(rules({ calendars: { of: () => hours('TH') } }))).toBe(at('2026-11-18T11:30').toISOString());
    expect(due(rules(), { priority: 3 })).toBe(at('2026-11-19T08:30').toISOString());
    expect(dueOf(rules(), wait, wait.since)).toMatchObject({
      level: { name: 'Alles andere' },
      minutes: 240,
      warnAt: at('2026-11-19T10:42'),
    });
  });

  it('of what the public reads is thirty minutes later, night and day, near after twenty', () => {
    const one = { since: at('2026-11-17T23:50'), visibility: 'public' as const };
    expect(due(rules(), one)).toBe(at('2026-11-18T00:20').toISOString());
    expect(dueOf(rules(), { ...wait, ...one }, one.since)?.warnAt).toEqual(new Date(one.since.getTime() + 0.66 * 30 * minute));
  });

  it('keeps what held when the customer wrote, unless a change is made for who waits already, too', () => {
    const later = { validFrom: at('2026-11-18T09:00'), recomputes: false, levels: [level({ hours: 'always', firstAnswerMinutes: 10 })] };
    const now = at('2026-11-18T10:00');
    expect(due(rules({ versions: [later] }), {}, now)).toBe(at('2026-11-19T11:30').toISOString());
    expect(due(rules({ versions: [{ ...later, recomputes: true }] }), {}, now)).toBe(at('2026-11-17T19:40').toISOString());
    expect(due(rules({ versions: [{ ...later, recomputes: true }] }), {}, at('2026-11-18T08:59'))).toBe(
      at('2026-11-19T11:30').toISOString(),
    );
    expect(due(rules({ versions: [later] }), { since: now }, now)).toBe(at('2026-11-18T10:10').toISOString());
  });

  it('is not told where no level fits, it names no time, or the site does not open any more', () => {
    expect(due(rules({ usual: [level({ channels: ['chat'] })] }))).toBeUndefined();
    expect(due(rules({ usual: [level({ firstAnswerMinutes: null })] }))).toBeUndefined();
    expect(due(rules({ usual: [level({ firstAnswerMinutes: null })] }), { isFirst: false })).toBeDefined();
    expect(due(rules({ calendars: { of: () => hours('SN', []) } }))).toBeUndefined();
  });
});

const { begin, length } = autumn;
const teams = ['a', 'b', 'c', null] as const;
const windows = someWindows(4);
const someHours = fc
  .record({
    land: fc.constantFrom('SN' as const, 'TH' as const),
    week: fc.array(fc.oneof(fc.constant(long), fc.constant([]), windows), { minLength: 7, maxLength: 7 }),
  })
  .map(({ land, week }) => hours(land, week));
const instant = fc.integer({ min: 0, max: 7 * 1_440 }).map((n) => begin + n * minute);
const subset = <T>(of: readonly T[]) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary: fc.subarray([...of]) });
const someLevel = fc.record({
  channels: subset(['email', 'chat']),
  visibility: fc.constantFrom('any' as const, 'public' as const, 'private' as const),
  teamIds: subset(['a', 'b', 'c']),
  priorities: subset(['low', 'normal', 'high', 'urgent'] as const),
  hours: fc.constantFrom('site' as const, 'always' as const),
  firstAnswerMinutes: fc.option(fc.integer({ min: 1, max: 3_000 })),
  nextAnswerMinutes: fc.option(fc.integer({ min: 1, max: 3_000 })),
  warnPercent: fc.integer({ min: 1, max: 99 }),
});
const world = fc.record({
  versions: fc.array(fc.record({ from: instant, recomputes: fc.boolean(), levels: fc.array(someLevel, { minLength: 1, maxLength: 4 }) }), {
    maxLength: 4,
  }),
  usual: fc.array(someLevel, { maxLength: 3 }),
  // Each team's site with its hours, which change once.
  sites: fc.array(fc.record({ first: someHours, then: someHours, from: instant }), { minLength: 3, maxLength: 3 }),
});
const someWait = fc.record({
  since: instant,
  later: fc.integer({ min: 0, max: 3 * 1_440 }),
  isFirst: fc.boolean(),
  channel: fc.constantFrom('email', 'chat', 'fax'),
  visibility: fc.constantFrom('public' as const, 'private' as const),
  teamId: fc.constantFrom(...teams),
  priority: fc.integer({ min: 0, max: 3 }),
});

/** A run of its own may ask for more: a million cases are a thousand worlds with a thousand waits each. */
const worlds = Number(process.env['NAHBAR_ORACLE_CALENDARS'] ?? 25);
const waitsEach = Number(process.env['NAHBAR_ORACLE_CASES'] ?? 200);

describe('due times, against an oracle that waits minute by minute', () => {
  it('are the same for any levels, hours and waits', () => {
    let told = 0;
    fc.assert(
      fc.property(world, fc.infiniteStream(someWait), ({ versions, usual, sites }, waits) => {
        const ordered = versions.toSorted((a, b) => a.from - b.from).filter(({ from }, n, all) => from !== all[n - 1]?.from);
        const name = (one: (typeof usual)[number], n: number): ServiceLevel => level({ ...one, name: String(n) });
        const given: DueRules = {
          versions: ordered.map(({ from, recomputes, levels }) => ({ validFrom: new Date(from), recomputes, levels: levels.map(name) })),
          usual: usual.map(name),
          calendars: {
            of(teamId, when) {
              const site = sites[teams.indexOf(teamId as 'a')] ?? sites[0];
              if (!site) throw new Error('No site');
              return when.getTime() < site.from ? site.first : site.then;
            },
          },
        };
        const open = new Map<OpeningHours, Uint8Array>();
        const openMinutes = (calendar: OpeningHours): Uint8Array => {
          let found = open.get(calendar);
          if (!found) open.set(calendar, (found = minutesOpen(calendar)));
          return found;
        };
        for (let n = 0; n < waitsEach; n += 1) {
          const one = waits.next().value;
          if (!one) return;
          const now = new Date(one.since + one.later * minute);
          const found = dueOf(given, { ...one, since: new Date(one.since) }, now);
          const expected = slowly(given, one, now, openMinutes);
          if (expected === 'beyond') continue;
          if (expected) told += 1;
          const result = found && { due: found.at.getTime(), level: found.level.name };
          if (JSON.stringify(result) !== JSON.stringify(expected)) expect({ one, result }).toEqual({ one, result: expected });
        }
      }),
      { numRuns: worlds },
    );
    // The oracle has had something to say.
    expect(told).toBeGreaterThan((worlds * waitsEach) / 10);
  }, 1_200_000);
});

/** The same, line by line and minute by minute; `beyond` when the weeks looked at are over before it is due. */
function slowly(
  { versions, usual, calendars }: DueRules,
  { since, isFirst, channel, visibility, teamId, priority }: Omit<TimedWork, 'since'> & { since: number },
  now: Date,
  openMinutes: (calendar: OpeningHours) => Uint8Array,
): { due: number; level: string } | null | 'beyond' {
  let held: readonly ServiceLevel[] = usual;
  for (const { validFrom, recomputes, levels } of versions) {
    const isBefore = validFrom.getTime() <= since;
    const isForAll = recomputes && validFrom.getTime() <= now.getTime();
    if (isBefore || isForAll) held = levels;
  }
  for (const line of held) {
    if (line.channels.length > 0 && !line.channels.includes(channel)) continue;
    if (line.visibility === 'public' && visibility !== 'public') continue;
    if (line.visibility === 'private' && visibility !== 'private') continue;
    if (line.teamIds.length > 0 && !line.teamIds.some((id) => id === teamId)) continue;
    const called = ['low', 'normal', 'high', 'urgent'][priority];
    if (line.priorities.length > 0 && !line.priorities.some((one) => one === called)) continue;
    let left = (isFirst ? line.firstAnswerMinutes : line.nextAnswerMinutes) ?? 0;
    if (left === 0) return null;
    const isOpen = line.hours === 'always' ? null : openMinutes(calendars.of(teamId, new Date(since)) as OpeningHours);
    for (let at = (since - begin) / minute; at < length; at += 1) {
      if (isOpen?.[at] === 0) continue;
      left -= 1;
      if (left === 0) return { due: begin + (at + 1) * minute, level: line.name };
    }
    return 'beyond';
  }
  return null;
}

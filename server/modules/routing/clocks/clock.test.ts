import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OpenWindow } from '../../../../contract/workspace.ts';
import { always, type Calendar } from '../../workspace/index.ts';
import { autumn, minutesOpen, someWindows } from '../testing.ts';
import { type Beat, readClock } from './clock.ts';

const minute = 60_000;
const hour = 60 * minute;
const long: OpenWindow[] = [{ from: 480, to: 1_200 }];
const leipzig: Calendar = {
  kind: 'hours',
  zone: 'Europe/Berlin',
  land: 'SN',
  municipal: [],
  week: [long, long, long, long, long, [], []],
  special: new Map(),
};
const at = (time: string): number => Date.parse(`${time}+01:00`);

describe('a clock', () => {
  it('rests while the customer has to answer, also when that began on a holiday', () => {
    // The Day of Repentance is a Wednesday on which Saxony rests.
    const beats: Beat[] = [
      { at: at('2026-11-17T18:00'), what: 'run' },
      { at: at('2026-11-18T12:00'), what: 'rest' },
      { at: at('2026-11-20T10:00'), what: 'run' },
    ];
    expect(readClock(beats, { calendar: leipzig, time: 4 * hour }, at('2026-11-19T15:00'))).toEqual({
      state: 'resting',
      startedAt: at('2026-11-17T18:00'),
      stoppedAt: null,
      elapsed: 2 * hour,
      dueAt: null,
    });
    expect(readClock(beats, { calendar: leipzig, time: 4 * hour }, at('2026-11-20T11:00'))).toMatchObject({
      state: 'running',
      elapsed: 3 * hour,
      dueAt: at('2026-11-20T12:00'),
    });
  });

  it('says when it was due, however long it runs on, rests or has stopped', () => {
    const beats: Beat[] = [
      { at: at('2026-11-16T08:00'), what: 'run' },
      { at: at('2026-11-16T13:00'), what: 'rest' },
      { at: at('2026-11-17T08:00'), what: 'run' },
      { at: at('2026-11-17T09:00'), what: 'stop' },
    ];
    const read = (now: string) => readClock(beats, { calendar: leipzig, time: 4 * hour }, at(now));
    expect([read('2026-11-16T10:00')?.dueAt, read('2026-11-16T14:00')?.dueAt, read('2026-11-18T00:00')]).toEqual([
      at('2026-11-16T12:00'),
      at('2026-11-16T12:00'),
      {
        state: 'stopped',
        startedAt: at('2026-11-16T08:00'),
        stoppedAt: at('2026-11-17T09:00'),
        elapsed: 6 * hour,
        dueAt: at('2026-11-16T12:00'),
      },
    ]);
  });

  it('is none before it started', () => {
    expect(readClock([], { calendar: always, time: hour }, 0)).toBeNull();
    expect(readClock([{ at: 5, what: 'run' }], { calendar: always, time: hour }, 4)).toBeNull();
  });
});

const { begin, length } = autumn;
const windows = someWindows(6);
const someCalendar = fc.oneof(
  fc.constant(always),
  fc
    .array(fc.oneof(fc.constant(long), fc.constant([]), windows), { minLength: 7, maxLength: 7 })
    .chain((week) => fc.constantFrom('SN' as const, 'TH' as const).map((land): Calendar => ({ ...leipzig, land, week }))),
);
const someBeats = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 6 * 1_440 }), fc.constantFrom('run' as const, 'rest' as const, 'stop' as const)), {
    minLength: 1,
    maxLength: 8,
  })
  .map((all) => {
    let now = 0;
    return all.map(([gap, what]): Beat => ({ at: begin + (now = Math.min(now + gap, length - 1)) * minute, what }));
  });
const someCase = fc.record({ beats: someBeats, time: fc.integer({ min: 1, max: 4_000 }), now: fc.integer({ min: 0, max: 30 * 1_440 }) });

/** A run of its own may ask for more: a million cases are a thousand calendars with a thousand clocks each. */
const calendars = Number(process.env['NAHBAR_ORACLE_CALENDARS'] ?? 30);
const clocksEach = Number(process.env['NAHBAR_ORACLE_CASES'] ?? 150);

it('agrees with an oracle that looks at it every minute', () => {
  fc.assert(
    fc.property(someCalendar, fc.infiniteStream(someCase), (calendar, cases) => {
      const isOpen = calendar.kind === 'always' ? new Uint8Array(length).fill(1) : minutesOpen(calendar);
      for (let n = 0; n < clocksEach; n += 1) {
        const one = cases.next().value;
        if (!one) return;
        const now = begin + one.now * minute;
        const read = readClock(one.beats, { calendar, time: one.time * minute }, now);
        const found = read && {
          elapsed: read.elapsed / minute,
          dueAt: read.dueAt === null ? null : (read.dueAt - begin) / minute,
          state: read.state,
        };
        const expected = slowly(one.beats, one.time, one.now, isOpen);
        if (expected === 'beyond') continue;
        if (JSON.stringify(found) !== JSON.stringify(expected)) expect({ one, found }).toEqual({ one, found: expected });
      }
    }),
    { numRuns: calendars },
  );
}, 1_200_000);

/** The clock looked at every minute: does it run, is it open, is its time up? */
function slowly(beats: readonly Beat[], time: number, now: number, isOpen: Uint8Array) {
  let state: 'running' | 'resting' | 'stopped' | null = null;
  let elapsed = 0;
  let dueAt: number | null = null;
  let next = 0;
  const hear = (minuteNow: number): void => {
    for (let beat = beats[next]; beat && (beat.at - begin) / minute <= minuteNow; beat = beats[(next += 1)]) {
      if (beat.what === 'run') state = 'running';
      else if (state !== null) state = beat.what === 'rest' ? 'resting' : 'stopped';
    }
  };
  for (let m = 0; m < now; m += 1) {
    hear(m);
    if (state !== 'running' || isOpen[m] === 0) continue;
    elapsed += 1;
    if (elapsed === time) dueAt = m + 1;
  }
  hear(now);
  if (state === null) return null;
  // As it will be if nothing more happens.
  if (dueAt === null && state === 'running') {
    let left = time - elapsed;
    for (let m = now; left > 0; m += 1) {
      if (m >= length) return 'beyond';
      if (isOpen[m]) left -= 1;
      if (left === 0) dueAt = m + 1;
    }
  }
  return { elapsed, dueAt, state };
}

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Beat, givenBetween } from './machine.ts';
import { noteSuccesses, silencesSince, type Successes, tooLong } from './recovery.ts';

const begin = Date.parse('2026-11-23T09:00:00Z');
const free: Beat[] = Array.from({ length: 200 }, (_, n) => ({ at: begin + n * 330, share: 1 }));
const busy = (share: number): Beat[] => free.map(({ at }) => ({ at, share }));

describe('after a fault', () => {
  let successes: Successes;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
    successes = noteSuccesses();
  });
  afterEach(() => void vi.useRealTimers());
  const at = (second: number) => vi.setSystemTime(begin + second * 1_000);
  /** Everything succeeds each second for twenty seconds, but for what is left out. */
  const goesOn = (isLeftOut: (what: string, second: number) => boolean) => {
    for (let second = 1; second <= 20; second += 1) {
      at(second);
      for (const what of ['mail', 'claim', 'offer', 'answer'] as const) if (!isLeftOut(what, second)) successes.note(what);
      for (const who of ['kim', 'olaf']) if (!isLeftOut(who, second)) successes.note('screen', who);
    }
  };
  const judged = (beats: Beat[], anyScreen = false) => tooLong(silencesSince(successes, begin, beats, { anyScreen }), 'kill-web');

  it('nothing is too long where all goes on', () => {
    goesOn((_, second) => second < 5);
    expect(judged(free)).toEqual([]);
  });

  it('what goes on only after more than five seconds is too long, in the middle, at the beginning, or when it never does', () => {
    goesOn((what, second) => (what === 'mail' && second > 10 && second < 17) || (what === 'claim' && second < 7) || what === 'answer');
    expect(judged(free)).toEqual([
      'after kill-web no mail for 7.0 s, of which the machine gave 7.0 s',
      'after kill-web no claim for 7.0 s, of which the machine gave 7.0 s',
      'after kill-web no answer for 20.0 s, of which the machine gave 20.0 s',
    ]);
  });

  it('each screen counts for itself, unless nobody told its browser that the line is dead', () => {
    goesOn((what, second) => what === 'kim' && second < 8);
    expect(judged(free)).toEqual(['after kill-web no screen for 8.0 s, of which the machine gave 8.0 s']);
    expect(judged(free, true)).toEqual([]);
  });

  it('what the machine had no time for does not count, and nothing else', () => {
    goesOn((what, second) => what === 'mail' && second < 9);
    expect(judged(busy(0.5))).toEqual([]);
    expect(judged(busy(0.7))).toEqual(['after kill-web no mail for 9.0 s, of which the machine gave 6.3 s']);
  });
});

it('the time that a machine gave is what is left of each beat', () => {
  const beats: Beat[] = [
    { at: 1_000, share: 0 },
    { at: 2_000, share: 1 },
    { at: 4_000, share: 0.25 },
    { at: 5_000, share: 0 },
  ];
  expect(givenBetween(beats, 1_000, 2_000)).toBe(1_000);
  expect(givenBetween(beats, 1_500, 3_000)).toBe(750);
  expect(givenBetween(beats, 1_000, 6_000)).toBe(1_000 + 500 + 0 + 1_000);
  // Before the first beat and after the last nothing is known to have been missing.
  expect(givenBetween([], 0, 3_000)).toBe(3_000);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closedForBalance, closedForNewer, closedSignedOut, type ServerFrame } from '../../../contract/stream.ts';
import { backOff, idle, livenessOf, type StreamEffect, type StreamInput, type StreamState, step } from './machine.ts';

const ready = (cursor: string): ServerFrame => ({ op: 'ready', n: 0, cursor, serverTime: '' });
const events = (n: number, cursor: string): ServerFrame => ({ op: 'events', n, cursor, events: [], records: [] });
const frame = (said: ServerFrame, at = 0): StreamInput => ({ type: 'frame', at, frame: said });

function run(inputs: readonly StreamInput[], from: StreamState = idle): { state: StreamState; effects: StreamEffect[] } {
  let state = from;
  const effects: StreamEffect[] = [];
  for (const input of inputs) {
    const [next, made] = step(state, input);
    state = next;
    effects.push(...made);
  }
  return { state, effects };
}
const open: StreamInput[] = [{ type: 'start', at: 0 }, { type: 'opened', at: 0 }, frame(ready('c0'))];

test('joins once the cursor is known', () => {
  const { state, effects } = run(open);
  expect(effects).toEqual([{ do: 'connect', cursor: null }, { do: 'joined' }]);
  expect(livenessOf(state)).toEqual({ live: true });
});

test('resumes after a break with the last cursor and does not read everything again', () => {
  const { effects } = run([
    ...open,
    frame(events(1, 'c1')),
    { type: 'closed', at: 5, random: 0 },
    { type: 'retry', at: 6 },
    { type: 'opened', at: 7 },
    frame(ready('c9'), 7),
    frame(events(1, 'c2'), 8),
  ]);
  expect(effects.filter((effect) => effect.do === 'connect')).toEqual([
    { do: 'connect', cursor: null },
    { do: 'connect', cursor: 'c1' },
  ]);
  expect(effects.filter((effect) => effect.do === 'joined')).toHaveLength(1);
});

test('keeps its own cursor when the server names a later one before replaying', () => {
  const { state } = run([
    ...open,
    frame(events(1, 'c1')),
    { type: 'closed', at: 5, random: 0 },
    { type: 'retry', at: 6 },
    { type: 'opened', at: 7 },
    frame(ready('c9')),
  ]);
  expect(state.cursor).toBe('c1');
});

test('pushed out by a newer tab, it waits until somebody looks at it', () => {
  const pushed = run([
    ...open,
    frame(events(1, 'c1')),
    { type: 'closed', at: 5, random: 0, code: closedForNewer },
    { type: 'tick', at: 60_000 },
  ]);
  expect(pushed.effects.some((effect) => effect.do === 'retryIn')).toBe(false);
  expect(livenessOf(pushed.state).live).toBe(false);
  expect(step(pushed.state, { type: 'woke', at: 61_000 })[1]).toEqual([{ do: 'connect', cursor: 'c1' }]);
});

test('sent to another server, it is there at once and goes on where it was', () => {
  const { state, effects } = run([...open, frame(events(1, 'c1')), { type: 'closed', at: 5, random: 0, code: closedForBalance }]);
  expect(effects.at(-1)).toEqual({ do: 'connect', cursor: 'c1' });
  expect(state.phase).toBe('connecting');
});

test('says that one is signed out, instead of knocking for ever', () => {
  const { effects } = run([...open, { type: 'closed', at: 5, random: 0, code: closedSignedOut }, { type: 'tick', at: 60_000 }]);
  expect(effects.at(-1)).toEqual({ do: 'signedOut' });
  expect(effects.some((effect) => effect.do === 'retryIn')).toBe(false);
});

test('connects anew when a frame is missing, without applying what came after', () => {
  const { effects } = run([...open, frame(events(1, 'c1')), frame(events(3, 'c3'))]);
  expect(effects.slice(-2)).toEqual([{ do: 'disconnect' }, { do: 'connect', cursor: 'c1' }]);
  expect(effects.filter((effect) => effect.do === 'apply')).toHaveLength(1);
});

test('reads everything again on reload', () => {
  const { state, effects } = run([...open, frame({ op: 'reload', reason: 'cursor_too_old' })]);
  expect(effects.slice(-3)).toEqual([{ do: 'reload', reason: 'cursor_too_old' }, { do: 'disconnect' }, { do: 'connect', cursor: null }]);
  expect(run([{ type: 'opened', at: 1 }, frame(ready('d0'))], state).effects).toEqual([{ do: 'joined' }]);
});

test('asks after silence, and gives the line up after more', () => {
  const { state } = run(open);
  expect(run([{ type: 'tick', at: 14_000 }], state).effects).toEqual([]);
  expect(run([{ type: 'tick', at: 16_000 }], state).effects).toEqual([{ do: 'ping' }]);
  expect(run([{ type: 'tick', at: 31_000 }], state).effects).toEqual([{ do: 'disconnect' }, { do: 'connect', cursor: 'c0' }]);
});

test('connects at once when the machine wakes', () => {
  const broken = run([...open, { type: 'closed', at: 1, random: 0.5 }]).state;
  expect(run([{ type: 'woke', at: 99 }], broken).effects).toEqual([{ do: 'connect', cursor: 'c0' }]);
  expect(run([{ type: 'woke', at: 3_600_000 }], run(open).state).effects[0]).toEqual({ do: 'disconnect' });
});

test('says honestly since when the screen may be old', () => {
  const { state } = run([...open, frame(events(1, 'c1'), 1234), { type: 'closed', at: 5000, random: 0 }]);
  expect(livenessOf(state)).toEqual({ live: false, since: 1234 });
});

test('waits between half and all of a doubling time, at most 10 s', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, random) => {
      const whole = Math.min(10_000, 500 * 2 ** attempts);
      const ms = backOff(attempts, random);
      expect(ms).toBeGreaterThanOrEqual(Math.floor(whole / 2));
      expect(ms).toBeLessThanOrEqual(whole);
    }),
  );
});

test('is not live while the server sees nothing new, and is again when the server says so or on a new line', () => {
  const blind = run([...open, frame({ op: 'blind', is: true }, 5_000), frame({ op: 'pong' }, 9_000)]).state;
  expect(livenessOf(blind)).toEqual({ live: false, since: 5_000 });
  expect(livenessOf(run([frame({ op: 'blind', is: false }, 10_000)], blind).state)).toEqual({ live: true });
  const anew = run(
    [{ type: 'closed', at: 11_000, random: 0 }, { type: 'retry', at: 12_000 }, { type: 'opened', at: 12_001 }, frame(ready('c1'), 12_002)],
    blind,
  ).state;
  expect(livenessOf(anew)).toEqual({ live: true });
});

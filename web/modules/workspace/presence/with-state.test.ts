import { expect, test } from 'vitest';
import { byDay, withState } from './with-state.ts';

const nine = '2026-11-23T08:00:00Z';
const ten = '2026-11-23T09:00:00Z';

const plain = { note: null, location: null };

test('shows a change as the server will; the same again changes what is said with it', () => {
  const never = { state: 'away' as const, since: null, until: null, ...plain, usualLocation: null, history: [] };
  const away = withState(never, { state: 'away' }, nine);
  expect(away).toEqual({ ...never, since: nine, history: [{ state: 'away', since: nine, ...plain }] });
  expect(withState(away, { state: 'away' }, ten)).toEqual(away);
  const free = withState(away, { state: 'available', location: 'remote' }, ten);
  expect(free).toMatchObject({ state: 'available', since: ten, location: 'remote', usualLocation: 'remote' });
  expect(free.history).toEqual([
    { state: 'available', since: ten, note: null, location: 'remote' },
    { state: 'away', since: nine, ...plain },
  ]);
  const resting = withState(free, { state: 'break', until: '2026-11-23T09:30:00Z', note: 'spazieren' }, ten);
  expect(withState(resting, { state: 'break', location: 'office' }, ten)).toMatchObject({
    until: resting.until,
    note: 'spazieren',
    location: 'office',
  });
  expect(withState(resting, { state: 'busy' }, ten)).toMatchObject({ until: null, note: null, location: 'remote' });
});

test('tells a history as spans of its days, the last one still open', () => {
  const history = [
    { state: 'break' as const, since: ten, ...plain },
    { state: 'available' as const, since: nine, ...plain },
    { state: 'away' as const, since: '2026-11-22T16:00:00Z', ...plain },
  ];
  expect(byDay(history, (at) => at.slice(0, 10))).toEqual([
    {
      day: '2026-11-23',
      spans: [
        { state: 'break', from: ten, to: null, ...plain },
        { state: 'available', from: nine, to: ten, ...plain },
      ],
    },
    { day: '2026-11-22', spans: [{ state: 'away', from: '2026-11-22T16:00:00Z', to: nine, ...plain }] },
  ]);
  expect(byDay([], String)).toEqual([]);
});

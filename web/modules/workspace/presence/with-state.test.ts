import { expect, test } from 'vitest';
import { byDay, withState } from './with-state.ts';

const nine = '2026-11-23T08:00:00Z';
const ten = '2026-11-23T09:00:00Z';

test('shows a change as the server will, and none where there is none', () => {
  const never = { state: 'away' as const, since: null, history: [] };
  const away = withState(never, 'away', nine);
  expect(away).toEqual({ state: 'away', since: nine, history: [{ state: 'away', since: nine }] });
  expect(withState(away, 'away', ten)).toBe(away);
  expect(withState(away, 'busy', ten)).toEqual({
    state: 'busy',
    since: ten,
    history: [
      { state: 'busy', since: ten },
      { state: 'away', since: nine },
    ],
  });
});

test('tells a history as spans of its days, the last one still open', () => {
  const history = [
    { state: 'break' as const, since: ten },
    { state: 'available' as const, since: nine },
    { state: 'away' as const, since: '2026-11-22T16:00:00Z' },
  ];
  expect(byDay(history, (at) => at.slice(0, 10))).toEqual([
    {
      day: '2026-11-23',
      spans: [
        { state: 'break', from: ten, to: null },
        { state: 'available', from: nine, to: ten },
      ],
    },
    { day: '2026-11-22', spans: [{ state: 'away', from: '2026-11-22T16:00:00Z', to: nine }] },
  ]);
  expect(byDay([], String)).toEqual([]);
});

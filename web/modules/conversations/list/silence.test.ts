import { expect, test } from 'vitest';
import { conversationOf } from '../testing.ts';
import { silentSince } from './silence.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const waiting = { state: 'waiting_customer', lastDirection: 'out', lastMessageAt: '2026-11-19T10:00:00Z' } as const;

test.each([
  [waiting, waiting.lastMessageAt],
  [{ ...waiting, lastMessageAt: '2026-11-19T10:00:01Z' }, null],
  [{ ...waiting, lastDirection: 'in' }, null],
  [{ ...waiting, state: 'queued' }, null],
  [{ ...waiting, state: 'resolved' }, null],
] as const)('%o: silent since %s', (facts, since) => {
  expect(silentSince(conversationOf(facts), now)).toBe(since);
});

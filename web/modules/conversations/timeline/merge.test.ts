import { expect, test } from 'vitest';
import { messageOf } from '../testing.ts';
import { mergeTimeline } from './merge.ts';

const day = (at: string): string => at.slice(0, 10);

test('orders one conversation by its numbering, even when clocks disagree', () => {
  const line = mergeTimeline(
    [messageOf({ id: 'b', seq: 2, at: '2026-11-22T09:00:00Z' }), messageOf({ id: 'a', seq: 1, at: '2026-11-22T09:00:05Z' })],
    [],
    [],
    day,
  );
  expect(line.map(({ id }) => id)).toEqual(['day-2026-11-22', 'a', 'b']);
});

test('marks where the line changes to another conversation, and each new day', () => {
  const line = mergeTimeline(
    [
      messageOf({ id: 'a', conversationId: 'mail', at: '2026-11-21T09:00:00Z' }),
      messageOf({ id: 'b', conversationId: 'chat', at: '2026-11-22T09:00:00Z' }),
      messageOf({ id: 'c', conversationId: 'chat', seq: 2, at: '2026-11-22T10:00:00Z' }),
    ],
    [],
    [],
    day,
  );
  expect(line.map((item) => (item.kind === 'message' ? `${item.id}${item.switches ? '!' : ''}` : item.kind))).toEqual([
    'day',
    'a',
    'day',
    'b!',
    'c',
  ]);
});

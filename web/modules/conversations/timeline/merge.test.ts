import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messageOf } from '../testing.ts';
import { areSame, chaptersOf, mergeTimeline, stretchesOf } from './merge.ts';

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

test('stretches hold every line once, in order and not many at a time, and stay as they are when older and newer ones come', () => {
  const messages = Array.from({ length: 200 }, (_, n) => messageOf({ id: `m${n}`, seq: n + 1, at: new Date(n * 3_600_000).toISOString() }));
  const lineOf = (from: number, to: number) => mergeTimeline(messages.slice(from, to), [], [], day);
  fc.assert(
    fc.property(fc.nat(200), fc.nat(200), fc.nat(200), (older, from, length) => {
      const first = Math.min(older, from);
      const now = stretchesOf(lineOf(from, from + length));
      const later = stretchesOf(lineOf(first, from + length + 1));
      expect(now.flatMap(({ items }) => items)).toEqual(lineOf(from, from + length));
      for (const { items } of now) expect(items.filter(({ kind }) => kind === 'message').length).toBeLessThanOrEqual(6);
      // The first and the last one may grow; what lies between them does not move.
      for (const stretch of now.slice(1, -1)) expect(later).toContainEqual(stretch);
    }),
  );
});

test('chapters hold every stretch once and in order, not many at a time, and keep their names when older and newer lines come', () => {
  const messages = Array.from({ length: 400 }, (_, n) => messageOf({ id: `m${n}`, seq: n + 1, at: new Date(n * 3_600_000).toISOString() }));
  const stretches = (from: number, to: number) => stretchesOf(mergeTimeline(messages.slice(from, to), [], [], day));
  fc.assert(
    fc.property(fc.nat(400), fc.nat(400), fc.nat(400), (older, from, length) => {
      const now = chaptersOf(stretches(from, from + length));
      const later = chaptersOf(stretches(Math.min(older, from), from + length + 1));
      expect(now.flatMap((chapter) => chapter.stretches)).toEqual(stretches(from, from + length));
      for (const chapter of now) expect(chapter.stretches.length).toBeLessThanOrEqual(12);
      for (const all of [now, later]) expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
      expect(later.map(({ id }) => id)).toEqual(expect.arrayContaining(now.map(({ id }) => id)));
    }),
  );
});

test('a stretch is the same until one of its messages is another, or stands after another conversation, or the day does', () => {
  const [a, b] = [messageOf({ id: 'a', seq: 1 }), messageOf({ id: 'b', seq: 2 })];
  const lines = (...messages: Parameters<typeof mergeTimeline>[0]) => mergeTimeline(messages, [], [], day);
  expect(areSame(lines(a, b), lines(a, b))).toBe(true);
  expect(areSame(lines(a, b), lines(a))).toBe(false);
  expect(areSame(lines(a, b), lines(a, { ...b, text: 'Another' }))).toBe(false);
  const before = { ...a, id: 'before', conversationId: 'another', at: new Date(Date.parse(a.at) - 1).toISOString() };
  expect(areSame(lines(before, a).slice(-1), lines(a).slice(-1))).toBe(false);
  expect(areSame(lines({ ...a, at: '2026-11-22T09:00:00Z' }).slice(0, 1), lines({ ...a, at: '2026-11-23T09:00:00Z' }).slice(0, 1))).toBe(
    false,
  );
});

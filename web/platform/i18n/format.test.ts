import { expect, test } from 'vitest';
import { formatsFor } from './format.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const de = formatsFor('de-DE');
const en = formatsFor('en-GB');

test('shows clocks in German time, summer and winter', () => {
  expect(de.time('2026-11-22T12:00:00Z')).toBe('13:00');
  expect(de.time('2026-07-01T12:00:00Z')).toBe('14:00');
});

test('says day and time of what lies weeks back, too', () => {
  expect(de.dateTime('2026-07-01T12:00:00Z')).toBe('01.07.2026, 14:00');
  expect(en.dateTime('2026-07-01T12:00:00Z')).toBe('1 Jul 2026, 14:00');
});

test('says as little as is clear', () => {
  expect(de.brief('2026-11-22T08:30:00Z', now)).toBe('09:30');
  expect(de.brief('2026-11-20T08:30:00Z', now)).toMatch(/^Fr\.?, 09:30$/);
  expect(en.brief('2026-03-02T08:30:00Z', now)).toBe('2 Mar');
  expect(de.brief('2024-03-02T08:30:00Z', now)).toContain('2024');
});

test('names the day of what is due, also when it is today', () => {
  expect(de.when('2026-11-22T19:00:00Z', now)).toBe('heute, 20:00');
  expect(de.when('2026-11-23T19:00:00Z', now)).toBe('morgen, 20:00');
  // Already tomorrow in Germany, still today in UTC.
  expect(de.when('2026-11-22T23:30:00Z', now)).toBe('morgen, 00:30');
  expect(en.when('2026-11-21T19:00:00Z', now)).toBe('yesterday, 20:00');
  expect(de.when('2026-11-25T19:00:00Z', now)).toMatch(/^Mi\.?, 20:00$/);
});

test('counts spans in the largest fitting unit', () => {
  expect(de.span(now - 59_000, now)).toContain('59');
  expect(de.span(now - 3 * 3_600_000, now)).toMatch(/^3\sStd\.$/);
  expect(en.span(now - 3 * 3_600_000, now)).toBe('3h');
  expect(en.span(now - 47 * 3_600_000, now)).toBe('47h');
  expect(en.span(now - 72 * 3_600_000, now)).toBe('3d');
});

test('says of what has just come that it is new, without counting seconds', () => {
  expect(de.age(now - 59_000, now)).toBe('eben');
  expect(en.age(now - 59_000, now)).toBe('now');
  expect(de.age(now - 60_000, now)).toMatch(/^1\sMin\.$/);
});

test('names a day as people do', () => {
  expect(de.day('2026-11-22T08:30:00Z', now)).toBe('Heute');
  expect(en.day('2026-11-21T08:30:00Z', now)).toBe('Yesterday');
  // Already today in Germany, still yesterday in UTC.
  expect(de.day('2026-11-21T23:30:00Z', now)).toBe('Heute');
  expect(de.day('2026-11-20T08:30:00Z', now)).toBe('Freitag, 20. November 2026');
  expect(en.day('2026-11-20T08:30:00Z', now)).toContain('Friday');
});

test('writes sizes', () => {
  expect(de.size(1_536_000)).toBe('1,5 MB');
  expect(de.size(820)).toContain('820');
});

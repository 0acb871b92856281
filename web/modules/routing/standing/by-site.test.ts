import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bySite } from './by-site.ts';

const line = (teamId: string, waiting: number, oldestSince: string) => ({
  teamId,
  queueId: null,
  waiting,
  free: 1,
  nearDue: 1,
  overdue: 0,
  oldestSince,
  nextDueAt: null,
});
const there = (teamId: string, available: number) => ({ teamId, available, busy: 1, break: 0, training: 0 });
const sites: Record<string, string> = { a: 'hamburg', b: 'hamburg', c: 'leipzig' };
const siteOf = (teamId: string) => sites[teamId] ?? null;

test('adds up the teams of each site, most who wait on top; whoever waits longest anywhere in it waits longest there', () => {
  const lines = [line('c', 2, '2026-11-23T08:00:00Z'), line('a', 3, '2026-11-23T09:00:00Z'), line('b', 4, '2026-11-23T07:00:00Z')];
  expect(bySite({ lines, people: [there('b', 2), there('x', 1)] }, siteOf)).toEqual([
    { siteId: 'hamburg', waiting: 7, free: 2, nearDue: 2, overdue: 0, oldestSince: '2026-11-23T07:00:00Z', available: 2 },
    { siteId: 'leipzig', waiting: 2, free: 1, nearDue: 1, overdue: 0, oldestSince: '2026-11-23T08:00:00Z', available: 0 },
    { siteId: null, waiting: 0, free: 0, nearDue: 0, overdue: 0, oldestSince: null, available: 1 },
  ]);
});

test('loses nobody and counts nobody twice', () => {
  const team = fc.constantFrom('a', 'b', 'c', 'd');
  const count = fc.nat(50);
  fc.assert(
    fc.property(fc.array(fc.tuple(team, count)), fc.array(fc.tuple(team, count)), (waits, people) => {
      const lines = waits.map(([teamId, n]) => line(teamId, n, '2026-11-23T08:00:00Z'));
      const all = bySite({ lines, people: people.map(([teamId, n]) => there(teamId, n)) }, siteOf);
      const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
      expect(sum(all.map(({ waiting }) => waiting))).toBe(sum(waits.map(([, n]) => n)));
      expect(sum(all.map(({ available }) => available))).toBe(sum(people.map(([, n]) => n)));
      expect(new Set(all.map(({ siteId }) => siteId)).size).toBe(all.length);
    }),
  );
});

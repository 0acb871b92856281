import { expect, test } from 'vitest';
import { conversationOf } from '../testing.ts';
import { belongsTo, ruleOf } from './rules.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const mine = { assignee: 'me', snoozed: false } as const;
const unassigned = { states: ['new', 'queued'], assignee: 'nobody', snoozed: false } as const;

test.each([
  [mine, { assigneeId: 'me' }, true],
  [mine, { claim: { personId: 'me', since: '', until: '' } }, true],
  [mine, { assigneeId: 'kim' }, false],
  [mine, { assigneeId: 'me', state: 'resolved' }, false],
  [mine, { assigneeId: 'me', snoozedUntil: '2026-11-23T10:00:00Z' }, false],
  [mine, { assigneeId: 'me', snoozedUntil: '2026-11-22T09:59:00Z' }, true],
  [unassigned, {}, true],
  [unassigned, { state: 'waiting_customer' }, false],
  [{}, { state: 'merged' }, false],
  [{ tags: ['a', 'b'] }, { tags: ['a'] }, true],
  [{ tags: ['a', 'b'] }, { tags: ['c'] }, false],
  [{ teamIds: ['t1'] }, { teamId: 't2' }, false],
  [{ queueIds: ['q1'] }, { queueId: 'q1' }, true],
  [{ queueIds: ['q1'] }, { queueId: null }, false],
  [{ claimed: false }, { claim: { personId: 'kim', since: '', until: '' } }, false],
  [{ waitingHours: 4 }, { waitingSince: '2026-11-22T05:59:00Z' }, true],
  [{ waitingHours: 4 }, { waitingSince: '2026-11-22T06:01:00Z' }, false],
  [{ waitingHours: 4 }, { waitingSince: null }, false],
] as const)('%o with %o: %s', (filter, facts, expected) => {
  expect(belongsTo(filter as never, 'me', now, conversationOf(facts as never))).toBe(expected);
});

test('puts the customer who waits longest first and those who do not wait last', () => {
  const { compare } = ruleOf({}, 'waiting_longest', 'me');
  const rows = [
    conversationOf({ id: 'answered', waitingSince: null }),
    conversationOf({ id: 'new', waitingSince: '2026-11-22T09:30:00Z' }),
    conversationOf({ id: 'old', waitingSince: '2026-11-20T09:30:00Z' }),
  ];
  expect(rows.toSorted(compare).map(({ id }) => id)).toEqual(['old', 'new', 'answered']);
});

test('puts urgent before normal', () => {
  const { compare } = ruleOf({}, 'priority', 'me');
  expect(compare(conversationOf({ priority: 'urgent' }), conversationOf({ priority: 'normal' }))).toBeLessThan(0);
});

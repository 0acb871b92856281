import { describe, expect, it } from 'vitest';
import { emptyRecord, type Times } from '../record.ts';
import { checkClocks } from './clocks.ts';
import type { ConversationRow, Evidence, LoggedEvent } from './evidence.ts';
import { checkOffers } from './offers.ts';
import { lateness, realTime } from './timeline.ts';

const begin = Date.parse('2026-11-23T09:00:00Z');
const at = (second: number) => begin + second * 1_000;
const log = (events: [second: number, type: string, data: object][]): LoggedEvent[] =>
  events.map(([second, type, data], n) => ({ xid: BigInt(n), seq: BigInt(n), type, at: at(second), data: { ...data } }));
const times = (given: Partial<Times> = {}): Times => ({ ...emptyRecord().times, ...given });
/** From this second on the clocks of all are 310 seconds ahead. */
const jump = (second: number) => [{ at: at(second), by: 310_000 }];

describe('offers', () => {
  const row = (id: string, customerId: string, state = 'waiting_customer') =>
    ({ id, customerId, state, teamId: 'offered', claimedBy: null, assigneeId: null }) as ConversationRow;
  const offered = (offerId: string, conversationId: string, personId: string) => ({ offerId, conversationId, personId });
  const over = (offerId: string, conversationId: string, personId: string, state: string) => ({ offerId, conversationId, personId, state });
  type Line = [number, string, object];
  /** Kim leaves what she is offered alone, Olaf takes it. */
  const good = (): Line[] => [
    [0, 'routing.offered', offered('o1', 'c', 'kim')],
    [20.5, 'routing.offer_ended', over('o1', 'c', 'kim', 'timed_out')],
    [21, 'routing.offered', offered('o2', 'c', 'olaf')],
    [25, 'conversations.claimed', { conversationId: 'c', personId: 'olaf' }],
    [25.4, 'routing.offer_ended', over('o2', 'c', 'olaf', 'accepted')],
  ];
  const judge = (lines: Line[], given: Partial<Times> = {}, rows = [row('c', 'k'), row('other', 'k'), row('d', 'l')]) =>
    checkOffers({ events: log(lines), conversations: rows } satisfies Pick<Evidence, 'events' | 'conversations'>, times(given), 'offered');

  it('are as they should be', () => expect(judge(good())).toEqual([]));

  const spoilt: [string, (lines: Line[]) => void, string][] = [
    [
      'one of what somebody else is offered',
      (l) => l.splice(1, 0, [1, 'routing.offered', offered('x', 'c', 'olaf')]),
      'was offered to olaf',
    ],
    ['one of the same customer', (l) => l.splice(1, 0, [1, 'routing.offered', offered('x', 'other', 'olaf')]), 'customer k was offered'],
    ['two to one person', (l) => l.splice(1, 0, [1, 'routing.offered', offered('x', 'd', 'kim')]), 'kim was offered d while'],
    ['one that ends twice', (l) => l.push([26, 'routing.offer_ended', over('o2', 'c', 'olaf', 'accepted')]), 'o2 ended twice'],
    ['one that never ends', (l) => l.pop(), 'o2 of conversation c never ended'],
    ['one that is accepted and not taken', (l) => l.splice(3, 1), 'olaf did not take'],
    ['one that is over too soon', (l) => Object.assign(l[1] as Line, { 0: 19 }), 'over 1000 ms before its time'],
    ['one that is over too late', (l) => l.forEach((line, n) => n > 0 && (line[0] += 6)), 'over 6500 ms after its time'],
  ];
  it.each(spoilt)('notices %s', (_what, spoil, expected) => {
    const lines = good();
    spoil(lines);
    expect(judge(lines).join('\n')).toContain(expected);
  });

  it('notices what waits in the end', () =>
    expect(judge([], {}, [row('c', 'k', 'queued')])).toEqual(['conversation c still waits to be offered']));
});

describe('clocks', () => {
  type Line = [number, string, object];
  const iso = (second: number) => new Date(at(second)).toISOString();
  const rings = (what: 'near_due' | 'overdue', since = 0): object => ({
    conversationId: 'c',
    since: iso(since),
    trueAt: iso(since + (what === 'near_due' ? 3 : 60)),
  });
  /** A mail at nine, warned of and overdue, and answered. */
  const good = (): Line[] => [
    [0, 'conversations.message_received', { conversationId: 'c', messageId: 'm' }],
    [3.4, 'routing.answer_near_due', rings('near_due')],
    [60.4, 'routing.answer_overdue', rings('overdue')],
    [70, 'conversations.message_sent', { conversationId: 'c', messageId: 'n', personId: 'kim' }],
  ];
  const judge = (lines: Line[], given: Partial<Times> = {}) =>
    checkClocks(
      { mails: [{ messageId: 'a@post.example', acknowledged: 1, at: at(0) }], times: times(given) },
      { events: log(lines), messages: [{ id: 'm', platformId: 'a@post.example' } as never], now: at(200) },
    );

  it('are as they should be', () => expect(judge(good())).toEqual([]));

  const spoilt: [string, (lines: Line[]) => void, RegExp][] = [
    ['a warning that comes twice', (l) => l.splice(2, 0, l[1] as Line), /near_due .* came twice/],
    ['a warning that never comes', (l) => l.splice(1, 1), /near_due of conversation c never came/],
    ['an overdue answer of which nothing is said', (l) => l.splice(2, 1), /overdue of conversation c never came/],
    ['one of which nothing is said until the end', (l) => l.splice(2, 2), /overdue of conversation c never came/],
    ['what comes before its time', (l) => Object.assign(l[2] as Line, { 0: 59 }), /overdue .* came 1000 ms before its time/],
    ['what comes too late', (l) => Object.assign(l[1] as Line, { 0: 9 }), /near_due .* came more than 5 s after/],
    ['another time than was agreed', (l) => Object.assign((l[1] as Line)[2], { trueAt: iso(2) }), /is said to be true from/],
    ['what comes when it was answered', (l) => l.push([75, 'routing.answer_overdue', rings('overdue', 10)]), /nobody waited/],
  ];
  it.each(spoilt)('notices %s', (_what, spoil, expected) => {
    const lines = good();
    spoil(lines);
    expect(judge(lines).join('\n')).toMatch(expected);
  });

  it('ring again for an answer that perhaps did not arrive, and once', () => {
    const again: Line = [80, 'conversations.state_changed', { conversationId: 'c', fromState: 'waiting_customer', toState: 'queued' }];
    const lines = (...overdue: Line[]) => [...good(), again, ...overdue];
    expect(judge(lines([81, 'routing.answer_overdue', rings('overdue')]))).toEqual([]);
    const twice = lines([81, 'routing.answer_overdue', rings('overdue')], [82, 'routing.answer_overdue', rings('overdue')]);
    expect(judge(twice).join('\n')).toMatch(/overdue .* came twice/);
  });

  it('do not count as late what was jumped over, what nothing was there to ring, and what a wrong clock wrote', () => {
    const late = good();
    Object.assign(late[1] as Line, { 0: 12 });
    expect(judge(late)).toHaveLength(1);
    expect(judge(late, { away: [{ from: at(2), to: at(10) }] })).toEqual([]);
    expect(judge(late, { wrong: [{ from: at(-2), to: at(2) }] })).toEqual([]);
    // By the clocks, that of the answer included, 310 seconds later from the first second on.
    const jumped = good().map(([second, type, data]): Line => [second === 0 ? 0 : 311 + second / 100, type, data]);
    expect(judge(jumped)).not.toEqual([]);
    expect(judge(jumped, { ahead: jump(1) })).toEqual([]);
  });
});

it('an instant of the processes came when this machine’s clock said so, or at the jump over it', () => {
  const ahead = jump(10);
  expect([5, 10, 100, 320, 330].map((second) => (realTime({ ahead }, at(second)) - begin) / 1_000)).toEqual([5, 10, 10, 10, 20]);
});

it('late is what remains of the time in which something was there', () => {
  const away = [{ from: at(2), to: at(5) }];
  expect(lateness({ away, beats: [] }, at(0), at(10))).toBe(7_000);
  expect(lateness({ away, beats: [] }, at(3), at(4))).toBe(0);
  const beats = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((second) => ({ at: at(second), share: 0.5 }));
  expect(lateness({ away, beats }, at(0), at(10))).toBe(3_500);
});

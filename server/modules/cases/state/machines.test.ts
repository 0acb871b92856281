import { describe, expect, test } from 'vitest';
import type { ConversationState } from '../../../../contract/conversations.ts';
import * as commitment from '../commitments/commitment.ts';
import * as handover from '../handovers/handover.ts';
import { needsOwner, stateOf } from './kase.ts';
import { type ResolutionFacts, reasonsAgainst } from './resolution.ts';

describe('every step of a commitment that is not listed is refused', () => {
  const allowed = new Set([
    'told supersede superseded',
    'open keep kept',
    'open break broken',
    'open release released',
    'open supersede superseded',
    'broken make_good made_good',
    'broken release released',
    'broken supersede broken',
  ]);
  const states = Object.keys(commitment.transitions) as commitment.StatementState[];
  test.each(states.flatMap((s) => commitment.commitmentEvents.map((e) => [s, e] as const)))('%s, %s', (state, event) => {
    const to = commitment.nextState(state, event);
    const listed = [...allowed].find((line) => line.startsWith(`${state} ${event} `));
    expect(to && `${state} ${event} ${to}`).toBe(listed);
  });

  test('nothing leads from broken back to kept, and its time breaks it whatever the row says', () => {
    expect(Object.values(commitment.transitions.broken)).not.toContain('kept');
    const dueTo = new Date('2026-11-23T10:00:00Z');
    expect(commitment.stateAt({ state: 'open', dueTo }, new Date('2026-11-23T09:59:59.999Z'))).toBe('open');
    expect(commitment.stateAt({ state: 'open', dueTo }, dueTo)).toBe('broken');
    expect(commitment.stateAt({ state: 'kept', dueTo }, dueTo)).toBe('kept');
  });
});

describe('every step of a hand-over that is not listed is refused', () => {
  const allowed = new Set([
    'briefed read read',
    'briefed decline declined',
    'briefed time_out timed_out',
    'read read read',
    'read accept accepted',
    'read decline declined',
    'read time_out timed_out',
    'accepted confirm customer_confirmed',
  ]);
  const states = Object.keys(handover.transitions) as handover.HandoverState[];
  test.each(states.flatMap((s) => handover.handoverEvents.map((e) => [s, e] as const)))('%s, %s', (state, event) => {
    const to = handover.nextState(state, event);
    const listed = [...allowed].find((line) => line.startsWith(`${state} ${event} `));
    expect(to && `${state} ${event} ${to}`).toBe(listed);
  });
});

describe('the state of a case follows', () => {
  test.each<[ConversationState[], boolean, boolean, string]>([
    [['queued'], false, false, 'open'],
    [['resolved', 'in_progress'], false, false, 'open'],
    [['handover', 'waiting_customer'], false, false, 'open'],
    [['waiting_customer', 'resolved'], false, false, 'waiting'],
    [['resolved'], true, false, 'waiting'],
    [['resolved', 'merged'], false, false, 'resolved'],
    [['spam'], false, false, 'resolved'],
    [['closed'], false, true, 'closed'],
    [['closed'], true, true, 'waiting'],
    [['closed', 'queued'], false, true, 'open'],
  ])('%s, owed %s, closed %s: %s', (states, owed, closed, expected) => {
    expect(stateOf(states, owed, closed)).toBe(expected);
  });

  test('an owner is forced at the third contact or after the first hand-over', () => {
    expect([0, 1, 2, 3].map((contacts) => needsOwner(contacts, 0))).toEqual([false, false, false, true]);
    expect(needsOwner(0, 1)).toBe(true);
  });
});

describe('what stands against resolving', () => {
  const now = new Date('2026-11-23T09:00:00Z');
  const later = new Date('2026-11-24T09:00:00Z');
  const free: ResolutionFacts = {
    now,
    actorId: 'kim',
    isLead: false,
    informed: 'yes',
    informingMessageId: null,
    commitments: [],
    carriedIds: [],
    pendingHandoverIds: [],
    conversations: [{ id: 'c', state: 'in_progress', holderId: 'kim' }],
  };
  const promise = (state: commitment.StatementState, dueTo: Date, carried = false) => ({ id: 's', state, dueTo, carried });
  test.each<[string, Partial<ResolutionFacts>, string[]]>([
    ['nothing', {}, []],
    ['customer not told', { informed: 'no' }, ['customer_not_informed']],
    ['the message never left', { informed: 'failed' }, ['informing_message_failed']],
    ['a commitment broke', { commitments: [promise('broken', now)] }, ['commitment_broken']],
    ['one is due this instant', { commitments: [promise('open', now)] }, ['commitment_overdue']],
    ['one is due this instant, though carried', { commitments: [promise('open', now)], carriedIds: ['s'] }, ['commitment_overdue']],
    ['one is open', { commitments: [promise('open', later)] }, ['commitment_open']],
    ['one is open and carried on purpose', { commitments: [promise('open', later)], carriedIds: ['s'] }, []],
    ['one was carried before', { commitments: [promise('open', later, true)] }, []],
    ['kept, made good, released', { commitments: [promise('kept', now), promise('made_good', now), promise('released', now)] }, []],
    ['a hand-over waits', { pendingHandoverIds: ['h'] }, ['handover_pending']],
    ['a conversation waits in the queue', { conversations: [{ id: 'c', state: 'queued', holderId: null }] }, ['conversation_not_taken']],
    ['a colleague holds it', { conversations: [{ id: 'c', state: 'in_progress', holderId: 'olaf' }] }, ['conversation_held_by_other']],
    ['a colleague holds it, for a lead', { isLead: true, conversations: [{ id: 'c', state: 'in_progress', holderId: 'olaf' }] }, []],
    ['the customer is waited for', { conversations: [{ id: 'c', state: 'waiting_customer', holderId: null }] }, []],
    [
      'everything at once',
      {
        informed: 'no',
        commitments: [promise('broken', now)],
        pendingHandoverIds: ['h'],
        conversations: [{ id: 'c', state: 'handover', holderId: null }],
      },
      ['customer_not_informed', 'commitment_broken', 'handover_pending', 'conversation_not_taken'],
    ],
  ])('%s', (_name, facts, codes) => {
    expect(reasonsAgainst({ ...free, ...facts }).map((reason) => reason.code)).toEqual(codes);
  });
});

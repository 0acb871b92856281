import { describe, expect, it } from 'vitest';
import { conversationState } from '../../../contract/conversations.ts';
import { conversationEvents, holderAt, nextState, previewOf, transitions } from './conversation.ts';

// The specification's machine, written a second time from its text: state → event → state. Everything else must be refused.
const allowed: Record<string, string> = {
  'new classify_human': 'queued',
  'new classify_spam': 'spam',
  'queued claim': 'in_progress',
  'in_progress lease_expired': 'queued',
  'in_progress release': 'queued',
  'in_progress send_and_wait': 'waiting_customer',
  'in_progress ask_expert': 'waiting_internal',
  'waiting_internal expert_answered': 'queued',
  'waiting_internal wait_over': 'queued',
  'in_progress need_third_party': 'waiting_third_party',
  'waiting_third_party third_party_answered': 'queued',
  'waiting_third_party wait_over': 'queued',
  'in_progress hand_over': 'handover',
  'handover hand_over_accepted': 'in_progress',
  'handover hand_over_declined': 'in_progress',
  'in_progress resolve': 'resolved',
  'waiting_customer customer_message': 'queued',
  'waiting_customer silence': 'resolved',
  'resolved customer_message': 'queued',
  'resolved close': 'closed',
  'merged unmerge': 'queued',
  // Any open one can be merged.
  ...Object.fromEntries(
    ['new', 'queued', 'in_progress', 'waiting_customer', 'waiting_internal', 'waiting_third_party', 'handover'].map((s) => [
      `${s} merge`,
      'merged',
    ]),
  ),
  // A message that arrives while somebody works, or while an answer from elsewhere is awaited.
  'queued customer_message': 'queued',
  'in_progress customer_message': 'in_progress',
  'handover customer_message': 'handover',
  'waiting_internal customer_message': 'queued',
  'waiting_third_party customer_message': 'queued',
  'spam customer_message': 'spam',
  // Our widening: an adviser takes up again what waits or is resolved, and corrects a wrong spam verdict.
  'in_progress claim': 'in_progress',
  'waiting_customer claim': 'in_progress',
  'waiting_internal claim': 'in_progress',
  'waiting_third_party claim': 'in_progress',
  'resolved claim': 'in_progress',
  'queued classify_spam': 'spam',
  // And what waits may be answered elsewhere.
  'queued answered_elsewhere': 'waiting_customer',
  'in_progress classify_spam': 'spam',
  'spam not_spam': 'queued',
};

describe('the state machine of a conversation', () => {
  for (const state of conversationState.options) {
    for (const event of conversationEvents) {
      const expected = allowed[`${state} ${event}`];
      it(`${state} + ${event} → ${expected ?? 'refused'}`, () => {
        expect(nextState(state, event, 'queued')).toBe(expected);
      });
    }
  }

  it('has no way out of closed', () => {
    expect(transitions.closed).toEqual({});
  });

  it('cannot unmerge what has no state to go back to', () => {
    expect(nextState('merged', 'unmerge')).toBeUndefined();
  });
});

describe('a lease', () => {
  const now = new Date('2026-11-23T09:00:00Z');
  it('counts until its time and not a moment longer', () => {
    expect(holderAt({ claimedBy: 'kim', claimUntil: new Date(now.getTime() + 1) }, now)).toBe('kim');
    expect(holderAt({ claimedBy: 'kim', claimUntil: now }, now)).toBeNull();
    expect(holderAt({ claimedBy: null, claimUntil: null }, now)).toBeNull();
  });
});

describe('the preview', () => {
  it('is one line of at most 160 characters', () => {
    expect(previewOf('  Hallo,\n\n wo ist   mein Paket? ')).toBe('Hallo, wo ist mein Paket?');
    expect(previewOf('x'.repeat(500))).toHaveLength(160);
  });
});

import { describe, expect, it } from 'vitest';
import { transitions } from '../../server/modules/conversations/conversation.ts';
import { explore } from './explore.ts';
import { productRules, smallBounds } from './product.ts';
import type { Rules } from './world.ts';

describe('claim, send and hand-over, three advisers and two channels of one customer', { timeout: 180_000 }, () => {
  it('never have two holders, send nothing by an old claim, lose nothing typed, leave nobody waiting where nobody looks', () => {
    const { states, steps, violation } = explore(productRules, smallBounds);
    console.info(`${states} states, ${steps} steps`);
    expect(violation).toBeUndefined();
    expect(states).toBeGreaterThan(20_000);
  });
});

describe('the exploration notices', { timeout: 180_000 }, () => {
  const broken: [string, Partial<Rules>, string][] = [
    [
      'a statement that does not look whether somebody has it',
      { mayWrite: () => true, isContested: () => false },
      'two people serve one customer',
    ],
    [
      'a claim that was slow, and shortens what its person has of the customer',
      { lasting: (_had, until) => until },
      'two people serve one customer',
    ],
    [
      'a send that only asks who',
      { holdsFence: (claim, { personId }, now) => claim.claimedBy === personId && productRules.holderAt(claim, now) !== null },
      'an answer went out by an old fence',
    ],
    [
      'a send that only asks for the fence',
      { holdsFence: (claim, { personId, fence }) => claim.claimedBy === personId && claim.fence === fence },
      'an answer went out after its lease had ended',
    ],
    [
      'a customer who writes and stays where nobody looks',
      {
        nextState: (state, event) =>
          state === 'waiting_customer' && event === 'customer_message' ? 'waiting_customer' : (transitions[state][event] as never),
      },
      'a customer waits outside of the queue',
    ],
    [
      'a lease that ends and leaves its conversation in progress',
      { nextState: (state, event) => (event === 'lease_expired' ? 'in_progress' : (transitions[state][event] as never)) },
      'a customer waits outside of the queue',
    ],
  ];
  it.each(broken)('%s', (_what, rules, expected) => {
    const { violation } = explore({ ...productRules, ...rules }, smallBounds);
    expect(violation?.what).toBe(expected);
  });
});

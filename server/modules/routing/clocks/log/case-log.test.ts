import { describe, expect, it } from 'vitest';
import type { EventType } from '../../../../../contract/events.ts';
import { asOneCase } from './case-log.ts';
import { solutionBeats } from '../solution.ts';

const hour = 3_600_000;
type Step = [hours: number, type: EventType, data: Record<string, unknown>];
/** The beats of a case with these conversations, hours after the beginning. */
const beats = (members: readonly string[], ...steps: Step[]) => {
  const log = steps.map(([hours, type, data]) => ({ type, at: new Date(hours * hour), data: data as never }));
  return solutionBeats(asOneCase(log, new Set(members))).map(({ at, what }) => [at / hour, what]);
};
const opened = (caseId: string, conversationId: string) => ({ caseId, conversationId });
const becomes = (conversationId: string, toState: string, asks?: boolean): Step[2] => ({
  conversationId,
  toState,
  ...(asks === undefined ? {} : { asks }),
});
const comes = (conversationId: string, state?: string): Step[2] => ({ conversationId, ...(state ? { state } : {}) });

describe('what was told of a case', () => {
  it('has a conversation that came in the state in which it came', () => {
    const steps: Step[] = [
      [0, 'cases.opened', opened('c', 'a')],
      [1, 'conversations.state_changed', becomes('a', 'waiting_customer')],
    ];
    expect(beats(['a', 'b'], ...steps, [2, 'conversations.linked_to_case', comes('b', 'queued')])).toEqual([
      [0, 'run'],
      [1, 'rest'],
      [2, 'run'],
    ]);
    expect(beats(['a', 'b'], ...steps, [2, 'conversations.linked_to_case', comes('b', 'resolved')])).toEqual([
      [0, 'run'],
      [1, 'rest'],
    ]);
  });

  it('knows nothing of a conversation that is elsewhere now, but that the case began', () => {
    expect(
      beats(
        ['b'],
        [0, 'cases.opened', opened('c', 'a')],
        [1, 'conversations.linked_to_case', comes('b', 'queued')],
        [2, 'conversations.state_changed', becomes('a', 'waiting_third_party')],
        [3, 'conversations.state_changed', becomes('b', 'waiting_customer', true)],
      ),
    ).toEqual([
      [0, 'run'],
      [3, 'rest'],
    ]);
  });

  it('counts a conversation that was joined into another no more, until it is taken apart again', () => {
    expect(
      beats(
        ['a', 'b'],
        [0, 'cases.opened', opened('c', 'a')],
        [0, 'conversations.linked_to_case', comes('b', 'queued')],
        [1, 'conversations.state_changed', becomes('a', 'waiting_customer')],
        [2, 'conversations.merged', becomes('b', '')],
        [3, 'conversations.unmerged', becomes('b', '')],
      ),
    ).toEqual([
      [0, 'run'],
      [2, 'rest'],
      [3, 'run'],
    ]);
  });

  it('is of merged cases that of one: it begins with the first, and is over when all were, or the one that is left', () => {
    const older: Step[] = [
      [0, 'cases.opened', opened('old', 'a')],
      [1, 'conversations.state_changed', becomes('a', 'waiting_customer')],
    ];
    expect(
      beats(
        ['a', 'b'],
        ...older,
        [5, 'cases.opened', opened('new', 'b')],
        [6, 'cases.merged', { caseId: 'new', otherCaseId: 'old' }],
        [7, 'conversations.state_changed', becomes('b', 'resolved')],
        [8, 'conversations.state_changed', becomes('a', 'resolved')],
        [9, 'cases.state_changed', { caseId: 'new', toState: 'resolved' }],
      ),
    ).toEqual([
      [0, 'run'],
      [1, 'rest'],
      [5, 'run'],
      [7, 'rest'],
      [8, 'run'],
      [9, 'stop'],
    ]);
    expect(
      beats(
        ['a', 'b'],
        ...older,
        [2, 'cases.state_changed', { caseId: 'old', toState: 'resolved' }],
        [5, 'cases.opened', opened('new', 'b')],
        [6, 'cases.state_changed', { caseId: 'new', toState: 'waiting' }],
        [7, 'cases.state_changed', { caseId: 'new', toState: 'resolved' }],
      ),
    ).toEqual([
      [0, 'run'],
      [1, 'rest'],
      [2, 'stop'],
      [5, 'run'],
      [7, 'stop'],
    ]);
  });
});

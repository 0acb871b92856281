import { tellAt } from '../../../../contract/cases/near-due.ts';
import type { Statement } from '../../../../contract/cases.ts';

export type StatementState = Statement['state'];

export const commitmentEvents = ['keep', 'break', 'make_good', 'release', 'supersede'] as const;
export type CommitmentEvent = (typeof commitmentEvents)[number];

/**
 * Specification 4.3.15. A broken promise stays broken until it is made good or the customer lets us off: a new date told to the customer is a new
 * commitment, and keeping that one makes the broken one good.
 */
export const transitions: Record<StatementState, Partial<Record<CommitmentEvent, StatementState>>> = {
  told: { supersede: 'superseded' },
  open: { keep: 'kept', break: 'broken', release: 'released', supersede: 'superseded' },
  broken: { make_good: 'made_good', release: 'released', supersede: 'broken' },
  kept: {},
  made_good: {},
  released: {},
  superseded: {},
};

export const nextState = (state: StatementState, event: CommitmentEvent): StatementState | undefined => transitions[state][event];

/** When its owner is told first. */
export const nearAt = ({ saidAt, dueTo }: { saidAt: Date; dueTo: Date }): Date => new Date(tellAt(saidAt.getTime(), dueTo.getTime()));

/** A commitment breaks at its time, whatever the row says: a tick that is late must not let a late keeping pass as kept. */
export const stateAt = (statement: { state: StatementState; dueTo: Date | null }, now: Date): StatementState =>
  statement.state === 'open' && statement.dueTo && statement.dueTo <= now ? 'broken' : statement.state;

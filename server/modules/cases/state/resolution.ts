import type { ResolutionReason } from '../../../../contract/cases.ts';
import type { ConversationState } from '../../../../contract/conversations.ts';
import { type StatementState, stateAt } from '../commitments/commitment.ts';

export interface ResolutionFacts {
  now: Date;
  actorId: string | null;
  /** A lead may resolve what a colleague holds. */
  isLead: boolean;
  /** How the customer was told, when it can be shown; `failed`: the message never left. */
  informed: 'no' | 'yes' | 'failed';
  informingMessageId: string | null;
  commitments: readonly { id: string; state: StatementState; dueTo: Date | null; carried: boolean }[];
  carriedIds: readonly string[];
  pendingHandoverIds: readonly string[];
  conversations: readonly { id: string; state: ConversationState; holderId: string | null }[];
}

/**
 * Every reason that stands against resolving, so that the adviser sees all at once. Specification 4.3.1: customer informed, commitments have dates;
 * no way to resolved while a commitment of the case is open and overdue.
 */
export function reasonsAgainst(facts: ResolutionFacts): ResolutionReason[] {
  const reasons: ResolutionReason[] = [];
  const because = (code: ResolutionReason['code'], ids: readonly string[], always = false) => {
    if (always || ids.length > 0) reasons.push({ code, ids: [...ids] });
  };
  if (facts.informed === 'no') because('customer_not_informed', [], true);
  if (facts.informed === 'failed') because('informing_message_failed', facts.informingMessageId ? [facts.informingMessageId] : [], true);

  const standing = facts.commitments.map((c) => ({ ...c, now: stateAt(c, facts.now) }));
  because(
    'commitment_broken',
    standing.filter((c) => c.state === 'broken').map((c) => c.id),
  );
  because(
    'commitment_overdue',
    standing.filter((c) => c.state === 'open' && c.now === 'broken').map((c) => c.id),
  );
  because(
    'commitment_open',
    standing.filter((c) => c.now === 'open' && !c.carried && !facts.carriedIds.includes(c.id)).map((c) => c.id),
  );
  because('handover_pending', facts.pendingHandoverIds);

  because(
    'conversation_not_taken',
    facts.conversations.filter((c) => mustBeTaken.includes(c.state)).map((c) => c.id),
  );
  because(
    'conversation_held_by_other',
    facts.conversations.filter((c) => c.holderId !== null && c.holderId !== facts.actorId && !facts.isLead).map((c) => c.id),
  );
  return reasons;
}

/** Somebody has to look at these before they can end; a conversation that waits for the customer may rest as it is. */
const mustBeTaken: readonly ConversationState[] = ['new', 'queued', 'waiting_internal', 'waiting_third_party', 'handover'];

import type { ConversationState } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { endAuthentication } from '../../customers/index.ts';
import { type ConversationEvent, isOpen, nextState } from '../conversation.ts';
import type { ConversationRow } from '../rows.ts';
import { facts, releaseCustomer, updateConversation } from '../write.ts';
import { refuseStep } from './refuse-step.ts';

export interface StateChange {
  /** Keeps the claim although the new state is one in which nobody needs it. */
  keepClaim?: boolean;
}

/** States in which somebody works; in every other the claim ends. */
const held: readonly ConversationState[] = ['in_progress', 'handover'];

/**
 * One step of the state machine, with everything that follows from it: claim, waiting time, time of resolution. The caller has loaded the
 * row with a lock and asked the policy.
 */
export async function changeState(
  ctx: Ctx,
  row: ConversationRow,
  event: ConversationEvent,
  { keepClaim = false }: StateChange = {},
): Promise<ConversationRow> {
  const to = nextState(row.state, event, row.stateBeforeMerge);
  if (!to) throw refuseStep(ctx, row, event);
  const ends = !held.includes(to) && !keepClaim;
  const ourTurn = to === 'queued' || to === 'in_progress' || to === 'new';
  const changed = await updateConversation(
    ctx,
    row.id,
    sql`state = ${to}
      ${ends ? sql`, claimed_by = null, claimed_at = null, claim_until = null` : sql.empty}
      ${to === 'resolved' ? sql`, resolved_at = ${ctx.now}` : isOpen(to) ? sql`, resolved_at = null` : sql.empty}
      ${ourTurn ? sql.empty : sql`, waiting_since = null`}`,
  );
  if (ends && row.claimedBy) await releaseCustomer(ctx, row.customerId, row.claimedBy);
  // Whoever was sure of the caller was so in this conversation, and the next one may be with somebody else.
  if (!isOpen(to)) await endAuthentication(ctx, [row.id]);
  if (to !== row.state || ends)
    ctx.emit('conversations.state_changed', { ...facts(changed), fromState: row.state, toState: to }, changed.caseId);
  return changed;
}

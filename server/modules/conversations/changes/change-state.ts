import type { ConversationState } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { endAuthentication } from '../../customers/index.ts';
import { nobodyWaits } from '../clock/due.ts';
import { type ConversationEvent, isOpen, nextState, waitSeconds } from '../conversation.ts';
import type { ConversationRow } from '../rows.ts';
import { facts, releaseCustomer, updateConversation } from '../write.ts';
import { hasAsked } from './asked.ts';
import { refuseStep } from './refuse-step.ts';

export interface StateChange {
  /** Keeps the claim although the new state is one in which nobody needs it. */
  keepClaim?: boolean;
  /** The customer was asked for something, whatever the messages say. */
  asks?: boolean;
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
  { keepClaim = false, asks = false }: StateChange = {},
): Promise<ConversationRow> {
  const to = nextState(row.state, event, row.stateBeforeMerge);
  if (!to) throw refuseStep(ctx, row, event);
  const ends = !held.includes(to) && !keepClaim;
  // Whoever waits while we ask somebody else waits on; once it is answered, or rests, nobody does.
  const isOver = !isOpen(to) || to === 'waiting_customer';
  const wait = waitSeconds[to];
  // What comes back from others is ours again from now on, if nobody waited all the time.
  const comesBack = to === 'queued' && waitSeconds[row.state] !== undefined;
  const changing = updateConversation(
    ctx,
    row.id,
    sql`state = ${to}
      ${ends ? sql`, claimed_by = null, claimed_at = null, claim_until = null` : sql.empty}
      ${to === 'resolved' ? sql`, resolved_at = ${ctx.now}` : isOpen(to) ? sql`, resolved_at = null` : sql.empty}
      ${isOver ? sql`, ${nobodyWaits}` : sql.empty}
      ${comesBack ? sql`, waiting_since = coalesce(c.waiting_since, ${ctx.now})` : sql.empty}
      ${wait ? sql`, wait_until = ${new Date(ctx.now.getTime() + wait * 1_000)}, assignee_id = coalesce(c.assignee_id, c.claimed_by)` : sql.empty}`,
  );
  const [changed] = await Promise.all([changing, ends && row.claimedBy ? releaseCustomer(ctx, row.customerId, row.claimedBy) : undefined]);
  // Whoever was sure of the caller was so in this conversation, and the next one may be with somebody else.
  if (!isOpen(to)) await endAuthentication(ctx, [row.id]);
  if (to !== row.state || ends) {
    const asked = to === 'waiting_customer' ? { asks: asks || (await hasAsked(ctx.db, row.id)) } : {};
    ctx.emit('conversations.state_changed', { ...facts(changed), fromState: row.state, toState: to, ...asked }, changed.caseId);
  }
  return changed;
}

import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import type { ConversationRow } from '../rows.ts';
import { facts, releaseCustomer, updateConversation } from '../write.ts';
import { type Lease, leaseEnd, leaseOf, takeCustomer } from './claim.ts';

/** Moves the exclusive lease on conversation and customer to another person in one step; the old holder's fence is worth nothing from then on. */
export async function transferClaim(ctx: Ctx, row: ConversationRow, toPersonId: string): Promise<Lease> {
  await takeCustomer(ctx, row.customerId, toPersonId, true);
  const moved = await updateConversation(
    ctx,
    row.id,
    sql`claimed_by = ${toPersonId}, claimed_at = ${ctx.now}, claim_until = ${leaseEnd(ctx.now)}, fence = fence + 1`,
  );
  if (row.claimedBy && row.claimedBy !== toPersonId) await releaseCustomer(ctx, row.customerId, row.claimedBy);
  ctx.emit('conversations.claimed', { ...facts(moved), personId: toPersonId, fence: moved.fence }, moved.caseId);
  return leaseOf(moved);
}

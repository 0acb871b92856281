import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import type { ConversationRow } from '../rows.ts';
import { facts, updateConversation } from '../write.ts';
import { customerTaken, type Lease, leaseEnd, leaseOf } from './claim.ts';
import { freeOthers, lockHeld } from './release.ts';

/** Moves the exclusive lease on conversation and customer to another person in one step; the old holder's fence is worth nothing from then on. */
export async function transferClaim(ctx: Ctx, row: ConversationRow, toPersonId: string): Promise<Lease> {
  const [locked] = await Promise.all([
    lockHeld(ctx, row, toPersonId),
    ctx.db.exec(customerTaken(ctx, row.customerId, toPersonId, sql`true`)),
  ]);
  await freeOthers(ctx, row, toPersonId, locked);
  const moved = await updateConversation(
    ctx,
    row.id,
    sql`claimed_by = ${toPersonId}, claimed_at = ${ctx.now}, claim_until = ${leaseEnd(ctx.now)}, fence = fence + 1, next_reason = null`,
  );
  ctx.emit('conversations.claimed', { ...facts(moved), personId: toPersonId, fence: moved.fence }, moved.caseId);
  return leaseOf(moved);
}

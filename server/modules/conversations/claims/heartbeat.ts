import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail } from '../errors.ts';
import { loadConversation } from '../queries.ts';
import { tellOutside } from '../threads/tell.ts';
import { type Lease, leaseEnd } from './claim.ts';

/** Renews the lease of whoever still holds the newest fence. No event and no new version: nothing changed that others see but the time. */
export async function renewClaim(ctx: Ctx, { id, fence }: { id: string; fence: number }): Promise<{ lease: Lease }> {
  const row = await loadConversation(ctx, id, { right: 'claim' });
  // Whoever holds it has it open, so what has come meanwhile is before them.
  const before = await ctx.db.maybe<{ readSeq: number }>(sql`select read_seq as "readSeq" from conversations where id = ${id}`);
  // Never shorter than it was told to be: the clock of another process may be ahead of ours.
  const renewed = await ctx.db.maybe<{
    until: Date;
  }>(sql`update conversations set claim_until = greatest(claim_until, ${leaseEnd(ctx.now)}), read_seq = last_seq
    where id = ${id} and claimed_by = ${ctx.actor.id} and fence = ${fence} and claim_until > ${ctx.now} returning claim_until as until`);
  if (!renewed) throw fail('conversations.claim_lost', { holderId: row.claimedBy, fence: row.fence });
  const { until } = renewed;
  await ctx.db.exec(
    sql`update customer_leases set until = greatest(until, ${until}) where customer_id = ${row.customerId} and person_id = ${ctx.actor.id}`,
  );
  if (before && before.readSeq < row.lastSeq) tellOutside(ctx, row);
  return { lease: { fence, until: until.toISOString() } };
}

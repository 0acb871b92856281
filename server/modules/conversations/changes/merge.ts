import type { Conversation } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { nextState } from '../conversation.ts';
import { fail } from '../errors.ts';
import { presentOne } from '../present.ts';
import { loadConversation } from '../queries.ts';
import { facts, releaseCustomer, updateConversation } from '../write.ts';
import { refuseStep } from './refuse-step.ts';

/**
 * Joins one conversation into another of the same customer. Its messages stay where they are and are shown with the other's; what arrives
 * for it goes there. So undoing is exact.
 */
export async function mergeConversation(ctx: Ctx, { id, intoId }: { id: string; intoId: string }): Promise<{ conversation: Conversation }> {
  if (id === intoId) throw core('core.illegal_transition', { event: 'merge' });
  const [first, second] = [id, intoId].sort() as [string, string];
  const rows = {
    [first]: await loadConversation(ctx, first, { right: 'claim', lock: true }),
    [second]: await loadConversation(ctx, second, { right: 'claim', lock: true }),
  };
  const from = rows[id];
  const into = rows[intoId];
  if (!from || !into) throw core('core.not_found');
  if (from.customerId !== into.customerId) throw fail('conversations.other_customer');
  if (!nextState(from.state, 'merge') || into.state === 'merged') throw refuseStep(ctx, from, 'merge');
  const merged = await updateConversation(
    ctx,
    id,
    sql`state = 'merged', state_before_merge = c.state, merged_into = ${intoId}, claimed_by = null, claimed_at = null, claim_until = null`,
  );
  // What was merged into this one before follows, so that a chain is never longer than one step.
  await ctx.db.exec(sql`update conversations set merged_into = ${intoId}, version = version + 1 where merged_into = ${id}`);
  if (from.claimedBy) await releaseCustomer(ctx, from.customerId, from.claimedBy);
  // Whoever has waited for longer in either waits since then.
  const target = await updateConversation(ctx, intoId, sql`waiting_since = least(c.waiting_since, ${from.waitingSince})`);
  ctx.emit('conversations.merged', { ...facts(merged), intoId }, merged.caseId);
  return { conversation: await presentOne(ctx.db, target) };
}

/** Takes it out again, as it was. */
export async function unmergeConversation(ctx: Ctx, { id }: { id: string }): Promise<{ conversation: Conversation }> {
  const row = await loadConversation(ctx, id, { right: 'claim', lock: true });
  const intoId = row.mergedInto;
  const state = nextState(row.state, 'unmerge', row.stateBeforeMerge === 'in_progress' ? 'queued' : row.stateBeforeMerge);
  if (!state || !intoId) throw refuseStep(ctx, row, 'unmerge');
  const freed = await updateConversation(ctx, id, sql`state = ${state}, state_before_merge = null, merged_into = null`);
  await updateConversation(ctx, intoId, sql`preview = preview`);
  ctx.emit('conversations.unmerged', { ...facts(freed), intoId }, freed.caseId);
  return { conversation: await presentOne(ctx.db, freed) };
}

import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { audit } from '../../workspace/index.ts';
import { mayGiveReason, mayRead } from '../policy.ts';
import { conversationFacts, withMerged } from '../queries.ts';
import { grantAccess } from './grant-access.ts';

const hours = 8;

/** Opens somebody else's conversation for reading, for a written reason that the audit log keeps; what was merged into it is read with it. */
export async function openAccess(ctx: Ctx, { id, reason }: { id: string; reason: string }): Promise<{ until: string }> {
  const row = (await conversationFacts(ctx.db, [id])).get(id);
  if (!row || row.restrictedAt || !ctx.actor.id || !mayGiveReason(ctx.actor)) throw core('core.not_found');
  const until = new Date(ctx.now.getTime() + hours * 3_600_000);
  if (mayRead(ctx.actor, row, false)) return { until: until.toISOString() };
  await grantAccess(ctx, await withMerged(ctx.db, id), ctx.actor.id, until);
  await audit(ctx, {
    action: 'conversations.opened_with_reason',
    object: { kind: 'conversation', id },
    reason,
    data: { until: until.toISOString() },
  });
  return { until: until.toISOString() };
}

import type { Ctx } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import { audit } from '../../workspace/index.ts';
import { fail } from '../errors.ts';
import { isConversationOf, levelOf } from '../policy.ts';
import { endAuthentications, insertAuthentication, standingLevel } from '../queries/records.ts';
import { loadCustomer } from './load.ts';

/** Records a method by which the caller was identified (DP-07); the level that stands is the highest recorded one. */
export async function authenticateCustomer(
  ctx: Ctx,
  input: { id: string; conversationId: string; method: keyof typeof levelOf },
): Promise<{ level: number }> {
  const { row } = await loadCustomer(ctx, input.id);
  if (!(await isConversationOf(ctx, row.id, input.conversationId))) throw fail('customers.not_their_conversation');
  const level = levelOf[input.method];
  await insertAuthentication(ctx.db, {
    id: newId(ctx.now.getTime()),
    customerId: row.id,
    conversationId: input.conversationId,
    level,
    method: input.method,
    byId: ctx.actor.id,
    at: ctx.now,
  });
  const standing = await standingLevel(ctx.db, row.id, ctx.now);
  ctx.emit('customers.authenticated', { customerId: row.id, conversationId: input.conversationId, level: standing });
  await audit(ctx, { action: 'customers.authenticated', object: { kind: 'customer', id: row.id }, data: { level, method: input.method } });
  return { level: standing };
}

/** The level falls to 0 when the conversation ends; called by the room that knows conversations. */
export async function endAuthentication(ctx: Ctx, conversationIds: readonly string[]): Promise<void> {
  for (const { customer_id: customerId } of await endAuthentications(ctx.db, conversationIds, ctx.now))
    for (const conversationId of conversationIds) ctx.emit('customers.authenticated', { customerId, conversationId, level: 0 });
}

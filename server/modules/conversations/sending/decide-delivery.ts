import type { Message } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { leaveDelivery, retryDelivery } from '../../channels/index.ts';
import { fail } from '../errors.ts';
import { presentOneMessage } from '../present.ts';
import { loadConversation, loadMessage } from '../queries.ts';
import { noteDeliveries } from './delivery.ts';

/** A message failed or was perhaps sent, and somebody decides: it leaves once more, under the same id; or it stays as it is. */
export async function decideDelivery(
  ctx: Ctx,
  { id, messageId, decision }: { id: string; messageId: string; decision: 'send_again' | 'leave' },
): Promise<{ message: Message }> {
  // Locked, so that of two who decide at once one comes too late and hears so.
  const row = await loadConversation(ctx, id, { right: 'write_private_reply', lock: true });
  const { message } = await loadMessage(ctx, messageId, true);
  if (message.conversationId !== row.id) throw core('core.not_found');
  const decided = decision === 'send_again' ? await retryDelivery(ctx, messageId) : await leaveDelivery(ctx, messageId);
  if (!decided) throw fail('conversations.nothing_to_decide', { delivery: message.delivery });
  await noteDeliveries(ctx, [messageId]);
  return { message: await presentOneMessage(ctx.db, (await loadMessage(ctx, messageId)).message) };
}

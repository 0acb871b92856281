import type { Draft, Message } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { type Lease, takeIfFree } from '../claims/claim.ts';
import { fail } from '../errors.ts';
import { presentOneDraft, presentOneMessage } from '../present.ts';
import { loadConversation, loadMessage } from '../queries.ts';
import { takeBack } from './take-back.ts';

/** Takes a held or scheduled message back. Its text is a draft again, and the author holds the conversation again if nobody else does. */
export async function undoSend(
  ctx: Ctx,
  { id, messageId }: { id: string; messageId: string },
): Promise<{ message: Message; draft: Draft; lease: Lease | null }> {
  const row = await loadConversation(ctx, id, { right: 'write_private_reply', lock: true });
  const { message } = await loadMessage(ctx, messageId, true);
  if (message.conversationId !== row.id || message.authorId !== ctx.actor.id || !ctx.actor.id) throw core('core.not_found');
  const back = await takeBack(ctx, row, message);
  if (!back) throw fail('conversations.already_sent', { delivery: message.delivery });
  const lease = await takeIfFree(ctx, back.row);
  return { message: await presentOneMessage(ctx.db, back.message), draft: await presentOneDraft(ctx.db, back.draft), lease };
}

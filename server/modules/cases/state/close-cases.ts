import type { Ctx } from '../../../platform/context.ts';
import { changeState, conversationsOfCase } from '../../conversations/index.ts';
import { takeCasesToClose, updateCase } from '../queries/cases.ts';
import { noteStates } from '../queries/links.ts';
import { closeAfterDays, dayMilliseconds } from './kase.ts';
import { lockConversation } from './lock-conversation.ts';
import { settleCases } from './settle.ts';

/** Closes what has rested for thirty days; a customer who writes later begins a new conversation, which is offered the same case. */
export async function closeRestedCases(ctx: Ctx, limit: number): Promise<number> {
  const ids = await takeCasesToClose(ctx.db, new Date(ctx.now.getTime() - closeAfterDays * dayMilliseconds), limit);
  for (const id of ids) {
    for (const { id: conversationId, state } of await conversationsOfCase(ctx.db, id)) {
      if (state !== 'resolved') continue;
      const row = await lockConversation(ctx, conversationId);
      if (row.state === 'resolved') await noteStates(ctx.db, [await changeState(ctx, row, 'close')], ctx.now);
    }
    await updateCase(ctx.db, id, { closedAt: ctx.now });
  }
  await settleCases(ctx, ids);
  return ids.length;
}

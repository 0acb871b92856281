import { system } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type ConversationRow, loadConversation } from '../../conversations/index.ts';

/**
 * A conversation, locked, without asking who asks: the room has decided by the case, and a receiver may not yet read the conversation that is being
 * given to them.
 */
export const lockConversation = (ctx: Ctx, id: string): Promise<ConversationRow> =>
  loadConversation({ ...ctx, actor: system }, id, { lock: true });

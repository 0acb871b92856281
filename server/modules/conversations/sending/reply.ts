import type { Conversation, Message } from '../../../../contract/conversations.ts';
import { scopes } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { changeState } from '../changes/change-state.ts';
import { presentMessages, presentOne } from '../present.ts';
import { loadConversation } from '../queries.ts';
import type { ConversationRow, MessageRow } from '../rows.ts';
import { messageColumns } from '../rows.ts';
import { requireFence, requireFreshView } from './check-send.ts';
import { type Content, writeOutgoing } from './write-outgoing.ts';

export interface ReplyInput extends Content {
  id: string;
  fence: number;
  baseSeq: number;
  then: 'wait' | 'keep';
}

/** Answers the customer: once per draft, only by whoever holds the conversation, only on what the author has seen. */
export async function reply(ctx: Ctx, input: ReplyInput): Promise<{ message: Message; conversation: Conversation }> {
  const row = await loadConversation(ctx, input.id, { right: 'write_private_reply', lock: true });
  if (onlyDrafts(ctx)) throw core('core.forbidden', { right: 'write_private_reply' });
  const again = await sentBefore(ctx, row, input.draftId);
  if (again) return present(ctx, row, again);
  await requireFence(ctx, row, input.fence);
  await requireFreshView(ctx, row, input.baseSeq);
  const written = await writeOutgoing(ctx, row, input, { direction: 'out', authorKind: 'person', draftKind: 'reply', then: input.then });
  const after = input.then === 'wait' ? await changeState(ctx, written.conversation, 'send_and_wait') : written.conversation;
  return present(ctx, after, written.message);
}

/** Participants of the programme write drafts; their mentors send. */
export const onlyDrafts = (ctx: Ctx): boolean => {
  const held = scopes(ctx.actor, 'write_private_reply');
  return held.has('D') && held.size === 1;
};

/** The message this draft has already become, when the browser repeats a request whose answer it never saw. */
export async function sentBefore(ctx: Ctx, row: ConversationRow, draftId: string): Promise<MessageRow | undefined> {
  const known = await ctx.db.maybe<MessageRow>(sql`select ${messageColumns} from messages m where m.draft_id = ${draftId}`);
  if (known && (known.conversationId !== row.id || known.authorId !== ctx.actor.id)) throw core('core.conflict');
  return known;
}

export async function present(
  ctx: Ctx,
  row: ConversationRow,
  message: MessageRow,
): Promise<{ message: Message; conversation: Conversation }> {
  const [shown] = await presentMessages(ctx.db, [message]);
  if (!shown) throw new Error('A message was not presented');
  return { message: shown, conversation: await presentOne(ctx.db, row) };
}

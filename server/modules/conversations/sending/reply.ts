import type { Conversation, Message } from '../../../../contract/conversations.ts';
import { scopes } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { asksSomething } from '../../../../contract/writing/questions.ts';
import { changeState } from '../changes/change-state.ts';
import { customerName, presentConversation, presentOneMessage } from '../present.ts';
import { loadConversation } from '../queries.ts';
import type { ConversationRow, MessageRow } from '../rows.ts';
import { messageColumns } from '../rows.ts';
import { addSystemLine } from '../timeline/add-system-line.ts';
import { requireFence, requireFreshView } from './check-send.ts';
import { type Content, writeOutgoing } from './write-outgoing.ts';

export interface ReplyInput extends Content {
  id: string;
  fence: number;
  baseSeq: number;
  then: 'wait' | 'keep';
  asksFor?: string | undefined;
}

/** Answers the customer: once per draft, only by whoever holds the conversation, only on what the author has seen. */
export async function reply(ctx: Ctx, input: ReplyInput): Promise<{ message: Message; conversation: Conversation }> {
  const [row, again] = await Promise.all([
    loadConversation(ctx, input.id, { right: 'write_private_reply', lock: true }),
    sentBefore(ctx, input.id, input.draftId),
  ]);
  if (onlyDrafts(ctx)) throw core('core.forbidden', { right: 'write_private_reply' });
  if (again) return present(ctx, row, again, row);
  await requireFence(ctx, row, input.fence);
  await requireFreshView(ctx, row, input.baseSeq);
  const { message, conversation } = await writeOutgoing(ctx, row, input, {
    direction: 'out',
    authorKind: 'person',
    draftKind: 'reply',
    then: input.then,
  });
  if (input.then === 'keep') return present(ctx, conversation, message, row);
  if (input.asksFor) await addSystemLine(ctx, row.id, { code: 'conversations.asked_for', data: { what: input.asksFor } });
  const asks = input.asksFor !== undefined || asksSomething(message.text);
  return present(ctx, changeState(ctx, conversation, 'send_and_wait', { asks }), message, row);
}

/** Participants of the programme write drafts; their mentors send. */
export const onlyDrafts = (ctx: Ctx): boolean => {
  const held = scopes(ctx.actor, 'write_private_reply');
  return held.has('D') && held.size === 1;
};

/** The message this draft has already become, when the browser repeats a request whose answer it never saw. */
export async function sentBefore(ctx: Ctx, conversationId: string, draftId: string): Promise<MessageRow | undefined> {
  const known = await ctx.db.maybe<MessageRow>(sql`select ${messageColumns} from messages m where m.draft_id = ${draftId}`);
  if (known && (known.conversationId !== conversationId || known.authorId !== ctx.actor.id)) throw core('core.conflict');
  return known;
}

/** A message with its conversation; `changing` is that conversation once a last change of it is written. */
export async function present(
  ctx: Ctx,
  changing: ConversationRow | Promise<ConversationRow>,
  message: MessageRow,
  of: Pick<ConversationRow, 'customerId'>,
): Promise<{ message: Message; conversation: Conversation }> {
  const [row, shown, name] = await Promise.all([changing, presentOneMessage(ctx.db, message), customerName(ctx.db, of)]);
  return { message: shown, conversation: presentConversation(row, name) };
}

import type { Informed } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import { answersOf, type ConversationRow, messageFacts } from '../../conversations/index.ts';

/** How the customer was told, checked against what really left the house. */
export interface Told {
  state: 'no' | 'yes' | 'failed';
  at: Date;
  channel: string;
  messageId: string | null;
  conversationId: string | null;
  /** It is on its way, but held, scheduled or not yet taken by the service. */
  pending: boolean;
}

/** A message counts when it is an outgoing one of this case; what never left did not inform anybody. */
export async function howTold(ctx: Ctx, informed: Informed | undefined, conversations: readonly ConversationRow[]): Promise<Told> {
  const none: Told = { state: 'no', at: ctx.now, channel: '', messageId: null, conversationId: null, pending: false };
  if (!informed) return none;
  if ('how' in informed) {
    const at = informed.at ? new Date(informed.at) : ctx.now;
    return at > ctx.now ? none : { ...none, state: 'yes', at, channel: informed.how };
  }
  const messageId = 'messageId' in informed ? informed.messageId : await lastAnswer(ctx, conversations);
  const message = messageId ? (await messageFacts(ctx.db, [messageId])).get(messageId) : undefined;
  const conversation = message && conversations.find((c) => c.id === message.conversationId);
  if (!message || !conversation || message.direction !== 'out' || message.kind !== 'message') return none;
  const delivery = message.delivery?.state ?? 'sent';
  return {
    state: delivery === 'failed' || delivery === 'cancelled' ? 'failed' : 'yes',
    at: message.at,
    channel: conversation.channel,
    messageId: message.id,
    conversationId: conversation.id,
    pending: delivery === 'held' || delivery === 'scheduled' || delivery === 'queued' || delivery === 'sending',
  };
}

async function lastAnswer(ctx: Ctx, conversations: readonly ConversationRow[]): Promise<string | null> {
  const answers = await answersOf(
    ctx.db,
    conversations.map(({ id }) => id),
  );
  const newest = answers.toSorted((a, b) => (b.lastAt?.getTime() ?? 0) - (a.lastAt?.getTime() ?? 0))[0];
  return newest?.lastId ?? null;
}

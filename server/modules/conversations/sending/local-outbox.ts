import type { channelsEndpoints } from '../../../../contract/channels.ts';
import type { ParsedInputOf, ReplyOf } from '../../../../contract/core.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import type { Download } from '../../../platform/module.ts';
import { conversationsOfDeliveries, localMessage, localMessages } from '../../channels/index.ts';
import { readableConversations, seesMaskedOnly } from '../policy.ts';
import { conversationFacts, messageFacts } from '../queries.ts';

type E = typeof channelsEndpoints;

/** What would have left, where no server sends: each message for whoever may read its conversation. */
export const readLocalOutbox = (ctx: Ctx, input: ParsedInputOf<E['localOutbox']>): Promise<ReplyOf<E['localOutbox']>> =>
  localMessages(ctx, input, (ids) => readableMessages(ctx, ids));

export async function downloadLocal(ctx: Ctx, { id }: { id: string }): Promise<Download> {
  const found = await localMessage(ctx, id, (ids) => readableMessages(ctx, ids));
  if (!found) throw core('core.not_found');
  return found;
}

/** Those of these messages whose conversation the actor may read. */
async function readableMessages(ctx: Ctx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (seesMaskedOnly(ctx.actor)) return new Set();
  const messages = await messageFacts(ctx.db, ids);
  // What left without being a message, as a code for the customer's page, is read by whoever reads the conversation it belongs to.
  const others = ids.filter((id) => !messages.has(id));
  const of = new Map([
    ...(await conversationsOfDeliveries(ctx.db, others)),
    ...[...messages].map(([id, m]) => [id, m.conversationId] as const),
  ]);
  const conversations = await conversationFacts(ctx.db, [...new Set(of.values())]);
  const open = new Set((await readableConversations(ctx, [...conversations.values()])).map((conversation) => conversation.id));
  return new Set([...of].filter(([, conversationId]) => open.has(conversationId)).map(([id]) => id));
}

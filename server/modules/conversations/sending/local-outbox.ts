import type { channelsEndpoints } from '../../../../contract/channels.ts';
import type { ParsedInputOf, ReplyOf } from '../../../../contract/core.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import type { Download } from '../../../platform/module.ts';
import { localMessage, localMessages } from '../../channels/index.ts';
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
  const conversations = await conversationFacts(ctx.db, [...new Set([...messages.values()].map((message) => message.conversationId))]);
  const open = new Set((await readableConversations(ctx, [...conversations.values()])).map((conversation) => conversation.id));
  return new Set([...messages.values()].filter((message) => open.has(message.conversationId)).map((message) => message.id));
}

import type { Ctx } from '../../../platform/context.ts';
import type { Download, RequestFacts } from '../../../platform/module.ts';
import { fileOnPage, messageFacts, messageOfFile, messagesShownTo } from '../../conversations/index.ts';
import { fail } from '../errors.ts';
import { confirmationOf } from './confirmation.ts';
import { pageOf } from './page.ts';

/** A file of the history, where this device confirmed the address that may see it. The address names no link, so that it may stand in a page. */
export async function downloadOnPage(ctx: Ctx, { id }: { id: string }, request: RequestFacts): Promise<Download> {
  const confirmation = confirmationOf(ctx.platform.secrets, request, ctx.now);
  const messageId = confirmation && (await messageOfFile(ctx.db, id));
  const message = messageId ? (await messageFacts(ctx.db, [messageId])).get(messageId) : undefined;
  // The page as it was when the address was confirmed: withdrawn since then, it shows no file either.
  const page =
    confirmation &&
    message &&
    (await pageOf(ctx, { conversationId: message.conversationId, identityId: confirmation.identityId, issuedAt: confirmation.at }));
  if (!page || !message) throw fail('cases.page_unavailable');
  const shown = await messagesShownTo(ctx.db, page.conversationIds, page.identity, { id: message.id });
  if (shown.length === 0) throw fail('cases.page_unavailable');
  return fileOnPage(ctx, id);
}

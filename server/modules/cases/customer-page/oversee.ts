import type { CustomerPage } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import { channelOf } from '../../channels/index.ts';
import { addSystemLine, type ConversationRow } from '../../conversations/index.ts';
import { identitiesAmong } from '../../customers/index.ts';
import { audit } from '../../workspace/index.ts';
import { loadCase } from '../access/visible.ts';
import { fail } from '../errors.ts';
import { type Page, pageOf } from './page.ts';
import { withdrawPages } from './queries.ts';
import { showPage } from './show.ts';

interface Wish {
  id: string;
  as: 'link' | 'confirmed';
  cursor?: string | undefined;
}

/** The page as the customer sees it, for whoever reads the case. It says nothing more than they read there. */
export async function previewPage(ctx: Ctx, { id, as, cursor }: Wish): Promise<CustomerPage> {
  const { conversations } = await loadCase(ctx, id);
  for (const conversation of conversations.toReversed()) {
    const page = await pageAs(ctx, conversation);
    if (page) return showPage(ctx, page, { confirmed: as === 'confirmed', preview: true, cursor });
  }
  throw fail('cases.no_page');
}

/** By a link as an answer written now would carry it. */
async function pageAs(ctx: Ctx, conversation: ConversationRow): Promise<Page | undefined> {
  const channel = channelOf(conversation.channel);
  if (!channel?.descriptor.capabilities.customerLink || conversation.visibility !== 'private') return undefined;
  const [identity] = await identitiesAmong(ctx.db, conversation.customerId, channel.identity.kind, conversation.participants);
  return identity && pageOf(ctx, { conversationId: conversation.id, identityId: identity.id, issuedAt: new Date(ctx.now.getTime() + 1) });
}

/** Ends every link of a case that is out in the world; whoever confirmed an address is asked again. */
export async function withdrawLinks(ctx: Ctx, { id }: { id: string }): Promise<{ done: true }> {
  const { kase, conversations } = await loadCase(ctx, id, { right: 'internal_note', lock: true });
  await withdrawPages(ctx.db, kase.id, ctx.now);
  for (const { id: conversationId } of conversations.filter((row) => !row.mergedInto).slice(-1))
    await addSystemLine(ctx, conversationId, { code: 'cases.links_withdrawn', data: {} });
  await audit(ctx, { action: 'cases.links_withdrawn', object: { kind: 'case', id: kase.id } });
  return { done: true };
}

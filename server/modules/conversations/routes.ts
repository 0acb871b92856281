import { channelsEndpoints as channels } from '../../../contract/channels.ts';
import { conversationEndpoints as api, type Conversation } from '../../../contract/conversations.ts';
import type { Ctx } from '../../platform/context.ts';
import { type Route, route } from '../../platform/module.ts';
import { changeConversation, changeMany, takeStep } from './actions/change.ts';
import { claimConversation } from './actions/claim.ts';
import { decideDelivery } from './actions/decide-delivery.ts';
import { dropDraft, saveDraft } from './actions/draft.ts';
import { forward } from './actions/forward.ts';
import { renewClaim } from './actions/heartbeat.ts';
import { mergeConversation, unmergeConversation } from './actions/merge.ts';
import { addNote } from './actions/note.ts';
import { openAccess } from './actions/open-access.ts';
import { releaseConversation } from './actions/release.ts';
import { reply } from './actions/reply.ts';
import { splitConversation, undoSplit } from './actions/split.ts';
import { startConversation } from './actions/start.ts';
import { undoSend } from './actions/undo-send.ts';
import { uploadAttachment } from './actions/upload.ts';
import { downloadAttachment, messageHtml, rawMessage } from './content.ts';
import { countersFor } from './counters.ts';
import { listConversations, type Sort } from './list.ts';
import { downloadLocal, readLocalOutbox } from './local-outbox.ts';
import { listMentions } from './mentions.ts';
import { listMessages, openConversation } from './open.ts';
import { loadPage, writePage } from './page.ts';
import { seesMaskedOnly } from './policy.ts';
import { maskConversation } from './present.ts';
import { searchMessages } from './search.ts';
import { dropView, findView, listViews, saveView } from './views.ts';

export const routes: Route[] = [
  route(api.list, list),
  route(api.counters, (ctx) => countersFor(ctx)),
  route(api.open, openConversation),
  route(api.openAccess, openAccess),
  route(api.messages, listMessages),
  route(api.start, startConversation),
  route(api.claim, claimConversation, { bare: true }),
  route(api.heartbeat, renewClaim),
  route(api.release, releaseConversation),
  route(api.reply, reply),
  route(api.undoSend, undoSend),
  route(api.decideDelivery, decideDelivery),
  route(api.forward, forward),
  route(api.note, addNote),
  route(api.saveDraft, saveDraft),
  route(api.dropDraft, dropDraft),
  route(api.change, changeConversation),
  route(api.step, takeStep),
  route(api.merge, mergeConversation),
  route(api.unmerge, unmergeConversation),
  route(api.split, splitConversation),
  route(api.undoSplit, undoSplit),
  route(api.bulk, changeMany),
  route(api.html, messageHtml),
  route(api.raw, rawMessage),
  route(api.attachment, downloadAttachment),
  route(api.upload, uploadAttachment),
  route(api.views, listViews),
  route(api.saveView, saveView),
  route(api.dropView, dropView),
  route(api.search, searchMessages),
  route(channels.localOutbox, readLocalOutbox),
  route(channels.localOutboxRaw, downloadLocal),
];

async function list(
  ctx: Ctx,
  input: { view: string; sort?: Sort | undefined; limit: number; cursor?: string | undefined; teamId?: string | undefined },
) {
  const shown = (page: { items: Conversation[]; nextCursor: string | null }) =>
    seesMaskedOnly(ctx.actor) ? { ...page, items: page.items.map(maskConversation) } : page;
  if (input.view === 'mentions') return shown(await listMentions(ctx, input));
  const view = await findView(ctx, input.view);
  const { page, nextCursor } = await listConversations(ctx, {
    filter: view.filter,
    sort: input.sort ?? view.sort,
    limit: input.limit,
    cursor: input.cursor,
    teamId: input.teamId,
  });
  return seesMaskedOnly(ctx.actor) ? shown({ items: await loadPage(ctx, page), nextCursor }) : writePage(ctx, page, nextCursor);
}

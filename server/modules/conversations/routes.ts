import { channelsEndpoints as channels } from '../../../contract/channels.ts';
import { conversationEndpoints as api, type Conversation } from '../../../contract/conversations.ts';
import { sendingEndpoints as sending } from '../../../contract/sending.ts';
import type { Ctx } from '../../platform/context.ts';
import { type Route, route } from '../../platform/module.ts';
import { openAccess } from './access/open-access.ts';
import { changeConversation, changeMany, takeStep } from './changes/change.ts';
import { mergeConversation, unmergeConversation } from './changes/merge.ts';
import { splitConversation, undoSplit } from './changes/split.ts';
import { claimConversation } from './claims/claim.ts';
import { renewClaim } from './claims/heartbeat.ts';
import { takeNext } from './claims/next.ts';
import { releaseConversation } from './claims/release.ts';
import { dropConflict, listConflicts, setConflict } from './conflicts/conflicts.ts';
import { beginningsOf } from './list/beginnings.ts';
import { countersFor } from './list/counters.ts';
import { listConversations, type Sort } from './list/list.ts';
import { listMentions } from './list/mentions.ts';
import { loadPage, writePage } from './list/page.ts';
import { dropView, findView, listViews, saveView } from './list/views.ts';
import { seesMaskedOnly } from './policy.ts';
import { maskConversation } from './present.ts';
import { downloadAttachment, messageHtml, rawMessage } from './reading/content.ts';
import { listMessages, openConversation } from './reading/open.ts';
import { searchMessages } from './search/search.ts';
import { decideDelivery } from './sending/decide-delivery.ts';
import { dropDraft, saveDraft } from './sending/draft.ts';
import { forward } from './sending/forward.ts';
import { downloadLocal, readLocalOutbox } from './sending/local-outbox.ts';
import { previewAnswer, previewStart } from './sending/preview.ts';
import { reply } from './sending/reply.ts';
import { startConversation } from './sending/start.ts';
import { undoSend } from './sending/undo-send.ts';
import { uploadAttachment } from './sending/upload.ts';
import { addNote } from './timeline/note.ts';

export const routes: Route[] = [
  route(api.list, list),
  route(api.counters, (ctx) => countersFor(ctx)),
  route(api.beginnings, (ctx) => beginningsOf(ctx.db)),
  route(api.open, openConversation),
  route(api.openAccess, openAccess),
  route(api.messages, listMessages),
  route(api.start, startConversation),
  route(api.claim, (ctx, wish) => claimConversation(ctx, wish), { bare: true }),
  route(api.takeNext, takeNext, { bare: true }),
  route(api.conflicts, listConflicts),
  route(api.setConflict, setConflict),
  route(api.dropConflict, dropConflict),
  route(api.heartbeat, renewClaim),
  route(api.release, releaseConversation),
  route(api.reply, reply),
  route(sending.preview, previewAnswer),
  route(sending.previewStart, previewStart),
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
    seesMaskedOnly(ctx.actor) ? { items: page.items.map(maskConversation), nextCursor: page.nextCursor } : page;
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

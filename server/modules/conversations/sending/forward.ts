import type { Conversation, Message } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { putFile } from '../../../platform/files/files.ts';
import { fail } from '../errors.ts';
import { attachmentsOf, loadConversation, type MessageRow, messageFacts, withMerged } from '../queries.ts';
import { requireFence } from './check-send.ts';
import { attachmentContent } from './outgoing.ts';
import { forwardedText, languageFor } from './letter/quote.ts';
import { onlyDrafts, present, sentBefore } from './reply.ts';
import { type Content, type HowWritten, writeOutgoing } from './write-outgoing.ts';

export interface ForwardInput extends Content {
  id: string;
  fence: number;
  messageIds: string[];
}

/** Sends messages of the conversation to a third party. Internal notes are never among them, whatever is asked for. */
export async function forward(ctx: Ctx, input: ForwardInput): Promise<{ message: Message; conversation: Conversation }> {
  const [row, again] = await Promise.all([
    loadConversation(ctx, input.id, { right: 'write_private_reply', lock: true }),
    sentBefore(ctx, input.id, input.draftId),
  ]);
  if (onlyDrafts(ctx)) throw core('core.forbidden', { right: 'write_private_reply' });
  if (again) return present(ctx, row, again, row);
  await requireFence(ctx, row, input.fence);
  if (input.to.length === 0) throw fail('conversations.no_recipient');
  const own = new Set(await withMerged(ctx.db, row.id));
  const found = [...(await messageFacts(ctx.db, input.messageIds)).values()]
    .filter((m) => own.has(m.conversationId) && m.kind === 'message')
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  if (found.length !== new Set(input.messageIds).size) throw core('core.not_found');

  const language = await languageFor(ctx, null);
  const written = await writeOutgoing(
    ctx,
    row,
    { ...input, html: null, text: [input.text, ...found.map((m) => forwardedText(m, language))].join('\n\n') },
    { direction: 'out', authorKind: 'person', draftKind: 'forward', then: 'keep', existing: await filesOf(ctx, found) },
  );
  return present(ctx, written.conversation, written.message, row);
}

/**
 * All files of the messages, pictures in their text too: the third party gets a text, in which nothing shows them. Copied, because what came by mail is
 * cut out of that mail by its place in it, which the copy does not share; and because one may be erased while the other must stay.
 */
async function filesOf(ctx: Ctx, messages: readonly MessageRow[]): Promise<HowWritten['existing']> {
  const rows = await attachmentsOf(
    ctx.db,
    messages.map((m) => m.id),
  );
  const order = messages.map((m) => m.id);
  const wanted = rows
    .filter(({ scan }) => scan !== 'infected')
    .sort((a, b) => order.indexOf(a.messageId ?? '') - order.indexOf(b.messageId ?? '') || a.n - b.n);
  const copies: NonNullable<HowWritten['existing']> = [];
  for (const row of wanted) {
    const content = await attachmentContent(ctx, row);
    // Better refused while somebody looks than a mail that lacks what it speaks of.
    if (!content) throw fail('conversations.attachment_missing', { attachmentIds: [row.id] });
    const { filename, mediaType, scan } = row;
    const file = await putFile(ctx, content, { mediaType, filename });
    copies.push({ fileId: file.id, filename, mediaType, size: file.size, scan });
  }
  return copies;
}

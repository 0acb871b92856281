import type { Conversation, Message } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { fail } from '../errors.ts';
import { attachmentsOf, loadConversation, messageFacts, withMerged } from '../queries.ts';
import { requireFence } from './check-send.ts';
import { onlyDrafts, present, sentBefore } from './reply.ts';
import { type Content, writeOutgoing } from './write-outgoing.ts';

export interface ForwardInput extends Content {
  id: string;
  fence: number;
  messageIds: string[];
}

/** Sends messages of the conversation to a third party. Internal notes are never among them, whatever is asked for. */
export async function forward(ctx: Ctx, input: ForwardInput): Promise<{ message: Message; conversation: Conversation }> {
  const row = await loadConversation(ctx, input.id, { right: 'write_private_reply', lock: true });
  if (onlyDrafts(ctx)) throw core('core.forbidden', { right: 'write_private_reply' });
  const again = await sentBefore(ctx, row, input.draftId);
  if (again) return present(ctx, row, again);
  await requireFence(ctx, row, input.fence);
  if (input.to.length === 0) throw fail('conversations.no_recipient');
  const own = new Set(await withMerged(ctx.db, row.id));
  const found = [...(await messageFacts(ctx.db, input.messageIds)).values()]
    .filter((m) => own.has(m.conversationId) && m.kind === 'message')
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  if (found.length !== new Set(input.messageIds).size) throw core('core.not_found');

  const quotes = found.map((m) => {
    const from = m.envelope.from ? `${m.envelope.from.name} <${m.envelope.from.address}>` : m.authorName;
    return `---------- ${from}, ${m.at.toISOString().slice(0, 16).replace('T', ' ')} UTC ----------\n${m.subject ? `${m.subject}\n\n` : ''}${m.text}`;
  });
  const files = (
    await attachmentsOf(
      ctx.db,
      found.map((m) => m.id),
    )
  ).filter((a) => !a.inline && a.scan !== 'infected');
  const written = await writeOutgoing(
    ctx,
    row,
    { ...input, html: null, text: `${input.text}\n\n${quotes.join('\n\n')}` },
    { direction: 'out', authorKind: 'person', draftKind: 'forward', then: 'keep', existing: files },
  );
  return present(ctx, written.conversation, written.message);
}

import type { BriefProposal, CaseDetail } from '../../../contract/cases.ts';
import type { Message } from '../../../contract/conversations.ts';
import { mayAtAll } from '../../platform/actor.ts';
import type { Ctx } from '../../platform/context.ts';
import { type ConversationRow, messagesOfConversations, presentConversations, presentMessages } from '../conversations/index.ts';
import { summaries } from '../customers/index.ts';
import { proposeBrief } from './brief.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { isPending } from './handover.ts';
import { mayWork } from './policy.ts';
import { presentCases, presentHandover, presentStatement } from './present.ts';
import { contentsOf } from './queries/contents.ts';
import { loadCase, type VisibleCase } from './visible.ts';

/** One case with everything on its page: three rounds of statements in parallel, however much it holds. */
export async function openCase(ctx: Ctx, { id, limit }: { id: string; limit: number }): Promise<CaseDetail> {
  const [visible, asked] = await Promise.all([loadCase(ctx, id, { sideBySide: true }), contentsOf(ctx.db, id)]);
  const { kase, conversations } = visible;
  // The id of a merged case leads to the one it lives in now.
  const contents = kase.id === id ? asked : await contentsOf(ctx.db, kase.id);
  const ties = conversations.map((c) => ({ caseId: kase.id, conversationId: c.id }));
  const [[presented], shown, messages] = await Promise.all([
    presentCases(ctx.db, [kase], ties),
    presentConversations(ctx.db, conversations),
    messagePage(ctx, conversations, limit),
  ]);
  if (!presented) throw new Error('A case was not presented');
  return {
    case: presented,
    conversations: shown,
    messages,
    statements: contents.statements.map(presentStatement),
    handovers: contents.handovers.map(presentHandover),
    moves: contents.moves.map(({ id: moveId, kind, otherId, otherNumber, byId, at }) => ({
      id: moveId,
      kind,
      otherId,
      otherNumber,
      byId,
      at: at.toISOString(),
    })),
    abilities: abilitiesFor(
      ctx,
      visible,
      contents.handovers.some((h) => isPending(h.state)),
    ),
  };
}

/** Messages of all conversations of a case, a page at a time. */
export async function caseMessages(ctx: Ctx, { id, limit, cursor }: { id: string; limit: number; cursor?: string | undefined }) {
  const { conversations } = await loadCase(ctx, id, { sideBySide: true });
  return messagePage(ctx, conversations, limit, cursor);
}

/** What is known, filled into a brief that the giver goes over. */
export async function openBrief(ctx: Ctx, { id }: { id: string }): Promise<BriefProposal> {
  const { kase, conversations } = await loadCase(ctx, id, { sideBySide: true });
  const ids = conversations.map((c) => c.id);
  const [messages, { statements }, names] = await Promise.all([
    messagesOfConversations(ctx.db, ids, { limit: 200 }),
    contentsOf(ctx.db, kase.id),
    summaries(ctx.db, [kase.customerId]),
  ]);
  const customer = names.get(kase.customerId) ?? { displayName: '–', number: null };
  return proposeBrief({ customer, messages, statements, facts: kase.facts, wish: kase.wish });
}

async function messagePage(
  ctx: Ctx,
  conversations: readonly ConversationRow[],
  limit: number,
  cursor?: string,
): Promise<CaseDetail['messages']> {
  const before = cursor ? readCursor(cursor) : undefined;
  const rows = await messagesOfConversations(
    ctx.db,
    conversations.map((c) => c.id),
    { limit: limit + 1, before },
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const items: Message[] = await presentMessages(ctx.db, page);
  return { items, nextCursor: rows.length > limit && last ? writeCursor(last.at, last.id) : null };
}

/** What the interface offers; the actions check again. */
function abilitiesFor(ctx: Ctx, { kase, conversations }: VisibleCase, isBeingHandedOver: boolean): CaseDetail['abilities'] {
  const works = mayWork(ctx.actor, kase, conversations, 'claim');
  return {
    change: mayAtAll(ctx.actor, 'internal_note'),
    tell: mayAtAll(ctx.actor, 'internal_note'),
    handOver: works && !isBeingHandedOver,
    resolve: works && !isBeingHandedOver && kase.state !== 'resolved' && kase.state !== 'closed',
    merge: works && !isBeingHandedOver,
    split: works && !isBeingHandedOver && conversations.length > 1,
  };
}

import type { BriefProposal, Case, CaseDetail } from '../../../../contract/cases.ts';
import type { Conversation, Message } from '../../../../contract/conversations.ts';
import { mayAtAll } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import {
  type ConversationRow,
  conversationsOfCase,
  messagesOfConversations,
  presentConversations,
  presentMessages,
} from '../../conversations/index.ts';
import { summaries } from '../../customers/index.ts';
import { assertReadable, loadCase, type VisibleCase } from '../access/visible.ts';
import { statementsOf } from '../commitments/queries.ts';
import { proposeBrief } from '../handovers/brief.ts';
import { isPending } from '../handovers/handover.ts';
import { handoversOf } from '../handovers/queries.ts';
import { mayWork } from '../policy.ts';
import { presentCases, presentHandover, presentStatement } from '../present.ts';
import { survivorOf } from '../queries/cases.ts';
import { readCursor, writeCursor } from '../../../platform/http/cursor.ts';
import type { CaseRow } from '../queries/rows.ts';
import { caseWithContents } from './contents.ts';

/** One case with everything on its page: five statements in two rounds, however much it holds. */
export async function openCase(ctx: Ctx, { id, limit }: { id: string; limit: number }): Promise<CaseDetail> {
  const [kase, conversations] = await Promise.all([caseWithContents(ctx.db, id), conversationsOfCase(ctx.db, id)]);
  if (!kase) throw core('core.not_found');
  if (kase.mergedInto) {
    // The id of a merged case leads to the one it lives in now.
    const survivor = await survivorOf(ctx.db, kase.mergedInto);
    if (!survivor) throw core('core.not_found');
    return openCase(ctx, { id: survivor, limit });
  }
  await assertReadable(ctx, kase, conversations);
  const [shown, messages] = await Promise.all([presentConversations(ctx.db, conversations), messagePage(ctx, conversations, limit)]);
  return {
    case: await presentWith(ctx, kase, conversations, shown),
    conversations: shown,
    messages,
    statements: kase.statements.map(presentStatement),
    handovers: kase.handovers.map(presentHandover),
    moves: kase.moves.map(({ id: moveId, kind, incoming, otherId, otherNumber, byId, at }) => ({
      id: moveId,
      kind,
      incoming,
      otherId,
      otherNumber,
      byId,
      at: at.toISOString(),
    })),
    abilities: abilitiesFor(
      ctx,
      { kase, conversations },
      kase.handovers.some((h) => isPending(h.state)),
    ),
  };
}

/** The customer's name came along with the conversations, unless none of them is the same customer's. */
async function presentWith(
  ctx: Ctx,
  kase: CaseRow,
  conversations: readonly ConversationRow[],
  shown: readonly Conversation[],
): Promise<Case> {
  const own = conversations.find((c) => c.ownCustomerId === kase.customerId);
  const named = own && shown.find((c) => c.id === own.id);
  const links = conversations.map((c) => ({ caseId: kase.id, conversationId: c.id }));
  const names = named?.customerName ? new Map([[kase.customerId, { id: named.customerId, displayName: named.customerName }]]) : undefined;
  const [presented] = await presentCases(ctx.db, [kase], { links, ...(names ? { names } : {}) });
  if (!presented) throw new Error('A case was not presented');
  return presented;
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
  const [messages, statements, names, handovers] = await Promise.all([
    messagesOfConversations(ctx.db, ids, { limit: 200 }),
    statementsOf(ctx.db, kase.id),
    summaries(ctx.db, [kase.customerId]),
    handoversOf(ctx.db, kase.id),
  ]);
  const customer = names.get(kase.customerId) ?? { displayName: '–', number: null };
  return proposeBrief({ customer, messages, statements, facts: kase.facts, wish: kase.wish, before: handovers.at(-1)?.brief ?? null });
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

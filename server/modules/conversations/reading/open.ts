import type { ConversationDetail } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { readCursor, writeCursor } from '../../../platform/http/cursor.ts';
import { accountsFor } from '../../channels/index.ts';
import { mayTakeOffered } from '../access/grant-access.ts';
import { leaseOf } from '../claims/claim.ts';
import { hasConflict } from '../conflicts/conflicts.ts';
import { holderAt } from '../conversation.ts';
import { abilitiesFor, offeredTo, readableConversations } from '../policy.ts';
import { presentDrafts, presentMessages, presentOne } from '../present.ts';
import {
  draftsOf,
  grantedAmong,
  heldOfCustomer,
  leaseOfCustomer,
  loadConversation,
  messagesOfConversations,
  withMerged,
} from '../queries.ts';
import type { MessageRow } from '../rows.ts';
import { proposalsFor } from './proposals.ts';

const shown = 50;

/** Everything the desk needs to show one conversation and to answer it. */
export async function openConversation(ctx: Ctx, { id }: { id: string }): Promise<ConversationDetail> {
  const row = await loadConversation(ctx, id);
  const me = ctx.actor.id;
  const [rows, drafts, lease, grants, isOffered, accounts, forOthers] = await Promise.all([
    withMerged(ctx.db, id).then((ids) => messagesOfConversations(ctx.db, ids, { limit: shown + 1 })),
    me ? draftsOf(ctx.db, id, me) : [],
    leaseOfCustomer(ctx.db, row.customerId, ctx.now),
    grantedAmong(ctx, [id]),
    me ? mayTakeOffered(ctx.db, id, me, ctx.now) : false,
    row.accountId ? accountsFor(ctx.db, [row.accountId]) : new Map<string, never>(),
    me ? hasConflict(ctx.db, id, me) : false,
  ]);
  const page = rows.slice(0, shown);
  const holder = holderAt(row, ctx.now);
  const own = row.accountId ? accounts.get(row.accountId)?.address : undefined;
  return {
    conversation: await presentOne(ctx.db, row),
    messages: await presentMessages(ctx.db, page),
    olderCursor: rows.length > shown ? cursorAfter(page.at(-1)) : null,
    abilities: abilitiesFor(ctx, isOffered ? offeredTo(ctx.actor, row) : row, { granted: grants.has(id), forOthers }),
    drafts: await presentDrafts(ctx.db, drafts),
    lease: holder && holder === me ? leaseOf(row) : null,
    customerHeldBy:
      lease && lease.personId !== me && lease.personId !== holder
        ? { personId: lease.personId, since: lease.since.toISOString(), conversation: await servedIn(ctx, row.customerId, lease.personId) }
        : null,
    proposals: await proposalsFor(ctx, row, page, own),
  };
}

/** Where somebody serves this customer: the latest they took of those that the reader may read. */
async function servedIn(ctx: Ctx, customerId: string, personId: string): Promise<{ id: string; subject: string } | null> {
  const [row] = await readableConversations(ctx, await heldOfCustomer(ctx.db, customerId, personId, ctx.now));
  return row ? { id: row.id, subject: row.subject } : null;
}

export async function listMessages(ctx: Ctx, { id, cursor, limit }: { id: string; cursor?: string | undefined; limit: number }) {
  await loadConversation(ctx, id);
  const rows = await messagesOfConversations(ctx.db, await withMerged(ctx.db, id), {
    limit: limit + 1,
    before: cursor ? readCursor(cursor) : undefined,
  });
  const page = rows.slice(0, limit);
  return { items: await presentMessages(ctx.db, page), nextCursor: rows.length > limit ? cursorAfter(page.at(-1)) : null };
}

const cursorAfter = (row: MessageRow | undefined): string | null => (row ? writeCursor(row.at, row.id) : null);

import type { Conversation } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { summaries } from '../../customers/index.ts';
import { personSummaries } from '../../workspace/index.ts';
import { holderAt, leaseSeconds, nextState, transitions } from '../conversation.ts';
import { fail } from '../errors.ts';
import { mayTakeOver } from '../policy.ts';
import { presentOne } from '../present.ts';
import { leaseOfCustomer, loadConversation } from '../queries.ts';
import { type ConversationRow, conversationColumns } from '../rows.ts';
import { facts, releaseCustomer } from '../write.ts';

export interface Lease {
  fence: number;
  until: string;
}

/**
 * Takes a conversation and its customer exclusively. Both are compare-and-set in one statement each, customer first, so of any number of
 * people exactly one gets it; the fence grows with every taking, and whoever held an older one can no longer send.
 */
export async function claimConversation(
  ctx: Ctx,
  { id, mode, reason }: { id: string; mode: 'take' | 'take_over'; reason?: string | undefined },
): Promise<{ lease: Lease; conversation: Conversation }> {
  const seen = await loadConversation(ctx, id, { right: 'claim' });
  const me = ctx.actor.id;
  if (!me) throw core('core.forbidden', { right: 'claim' });
  if (!nextState(seen.state, 'claim')) throw core('core.illegal_transition', { state: seen.state, event: 'claim' });
  const holder = holderAt(seen, ctx.now);
  if (mode === 'take_over') {
    if (holder && holder !== me && !mayTakeOver(ctx.actor, seen) && !reason?.trim())
      throw await refused(ctx, seen, holder, 'conversations.already_claimed');
  } else if (holder && holder !== me) throw await refused(ctx, seen, holder, 'conversations.already_claimed');

  // Asked at once, done in this order: should the first fail, what the second took goes with the rollback.
  const [lease, row, names] = await Promise.all([
    takeCustomer(ctx, seen.customerId, me, mode === 'take_over'),
    takeConversation(ctx, seen, me, mode === 'take_over' ? holder : null),
    summaries(ctx.db, [seen.customerId]),
  ]);
  if (!lease) {
    const other = await leaseOfCustomer(ctx.db, seen.customerId, ctx.now);
    throw await refused(ctx, seen, other?.personId ?? null, 'conversations.customer_already_served');
  }
  if (!row) {
    // Somebody was faster between our look and our write. The lease on the customer goes with the rollback.
    const now = await loadConversation(ctx, id, { right: 'claim' });
    throw await refused(ctx, now, holderAt(now, ctx.now), 'conversations.already_claimed');
  }
  if (holder && holder !== me) await releaseCustomer(ctx, row.customerId, holder);
  ctx.emit('conversations.claimed', { ...facts(row), personId: me, fence: row.fence }, row.caseId);
  return { lease: leaseOf(row), conversation: await presentOne(ctx.db, row, names) };
}

export const leaseOf = (row: ConversationRow): Lease => ({ fence: row.fence, until: (row.claimUntil ?? new Date(0)).toISOString() });

export const leaseEnd = (now: Date): Date => new Date(now.getTime() + leaseSeconds * 1_000);

/** Takes or renews the lease on the customer; false when somebody else holds it. `force` takes it over. */
export async function takeCustomer(ctx: Ctx, customerId: string, personId: string, force: boolean): Promise<boolean> {
  const touched = await ctx.db.exec(sql`insert into customer_leases as l (customer_id, person_id, since, until)
    values (${customerId}, ${personId}, ${ctx.now}, ${leaseEnd(ctx.now)})
    on conflict (customer_id) do update set person_id = excluded.person_id, until = excluded.until,
      since = case when l.person_id = excluded.person_id and l.until > ${ctx.now} then l.since else excluded.since end
    where l.person_id = excluded.person_id or l.until <= ${ctx.now} or ${force}`);
  return touched === 1;
}

const claimable = Object.entries(transitions)
  .filter(([, events]) => events.claim)
  .map(([state]) => state);

/** The compare-and-set: succeeds only while the conversation is free, mine already, or still held by exactly whom I take it from. */
async function takeConversation(ctx: Ctx, seen: ConversationRow, me: string, from: string | null): Promise<ConversationRow | undefined> {
  return ctx.db.maybe<ConversationRow>(sql`update conversations c set version = version + 1, state = 'in_progress', fence = fence + 1,
      claimed_at = case when claimed_by = ${me} and claim_until > ${ctx.now} then claimed_at else ${ctx.now} end,
      claimed_by = ${me}, claim_until = ${leaseEnd(ctx.now)}, snoozed_until = null, resolved_at = null
    where c.id = ${seen.id} and c.state = any(${claimable}::text[])
      and (c.claimed_by is null or c.claim_until <= ${ctx.now} or c.claimed_by = ${me} or c.claimed_by = ${from}::uuid)
    returning ${conversationColumns}`);
}

/** The refusal says who has it, since when; and is remembered as an event although this transaction is undone. */
async function refused(
  ctx: Ctx,
  row: ConversationRow,
  holderId: string | null,
  code: 'conversations.already_claimed' | 'conversations.customer_already_served',
) {
  const names = holderId ? await personSummaries(ctx.db, [holderId]) : undefined;
  const since = holderId === row.claimedBy ? row.claimedAt : null;
  ctx.emitEvenIfRefused('conversations.claim_refused', { conversationId: row.id, personId: ctx.actor.id, holderId, reason: code });
  return fail(code, { holderId, holderName: holderId ? (names?.get(holderId)?.name ?? '') : null, since: since?.toISOString() ?? null });
}

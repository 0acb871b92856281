import type { Conversation } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { displayNameOf } from '../../customers/index.ts';
import { personNameOf } from '../../workspace/index.ts';
import { holderAt, leaseSeconds, nextState, transitions } from '../conversation.ts';
import { fail } from '../errors.ts';
import { mayTakeOver } from '../policy.ts';
import { presentConversation } from '../present.ts';
import { loadConversation } from '../queries.ts';
import { type ConversationRow, conversationColumns } from '../rows.ts';
import { facts, releaseCustomer } from '../write.ts';

export interface Lease {
  fence: number;
  until: string;
}

/** A conversation as it is when somebody reaches for it, with the names that the answer needs. */
type Seen = ConversationRow & { holderName: string | null; customerName: string | null };

const look = (ctx: Ctx, db: Db, id: string): Promise<Seen> =>
  loadConversation<Seen>({ ...ctx, db }, id, {
    right: 'claim',
    more: sql`, ${personNameOf(sql`c.claimed_by`)} as "holderName", ${displayNameOf(sql`c.customer_root_id`)} as "customerName"`,
  });

/**
 * Takes a conversation and its customer exclusively. Both are compare-and-set in one statement each, customer first, so of any number of
 * people exactly one gets it; the fence grows with every taking, and whoever held an older one can no longer send.
 * Most who come too late learn so from the first look and begin no transaction.
 */
export async function claimConversation(
  ctx: Ctx,
  { id, mode, reason }: { id: string; mode: 'take' | 'take_over'; reason?: string | undefined },
): Promise<{ lease: Lease; conversation: Conversation }> {
  const seen = await look(ctx, ctx.peek, id);
  const me = ctx.actor.id;
  if (!me) throw core('core.forbidden', { right: 'claim' });
  if (!nextState(seen.state, 'claim')) throw core('core.illegal_transition', { state: seen.state, event: 'claim' });
  const holder = holderAt(seen, ctx.now);
  if (mode === 'take_over') {
    if (holder && holder !== me && !mayTakeOver(ctx.actor, seen) && !reason?.trim()) throw refusedBecauseHeld(ctx, seen);
  } else if (holder && holder !== me) throw refusedBecauseHeld(ctx, seen);

  // Asked at once, done in this order: should the first fail, what the second took goes with the rollback.
  const [lease, row, server] = await Promise.all([
    takeCustomer(ctx, seen.customerId, me, mode === 'take_over'),
    takeConversation(ctx, seen, me, mode === 'take_over' ? holder : null),
    // Needed by those only who come too late, but then at once: the taking has waited for whoever was faster.
    serverOf(ctx, seen.customerId),
  ]);
  // Somebody was faster between our look and our write. What was taken goes with the rollback.
  if (!lease) throw refusedBecauseServed(ctx, seen, server);
  if (!row) throw refusedBecauseHeld(ctx, await look(ctx, ctx.db, id));
  if (holder && holder !== me) await releaseCustomer(ctx, row.customerId, holder);
  ctx.emit('conversations.claimed', { ...facts(row), personId: me, fence: row.fence }, row.caseId);
  return { lease: leaseOf(row), conversation: presentConversation(row, seen.customerName ?? '') };
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

function refusedBecauseHeld(ctx: Ctx, seen: Seen) {
  const holderId = holderAt(seen, ctx.now);
  const holder = holderId === null ? null : { id: holderId, name: seen.holderName ?? '', since: seen.claimedAt };
  return refused(ctx, seen, holder, 'conversations.already_claimed');
}

const serverOf = (ctx: Ctx, customerId: string) =>
  ctx.db.maybe<{
    id: string;
    name: string | null;
    since: Date;
  }>(sql`select l.person_id as id, ${personNameOf(sql`l.person_id`)} as name, l.since
    from customer_leases l where l.customer_id = ${customerId} and l.until > ${ctx.now}`);

function refusedBecauseServed(ctx: Ctx, seen: Seen, server: Awaited<ReturnType<typeof serverOf>>) {
  const holder = server ? { ...server, name: server.name ?? '' } : null;
  return refused(ctx, seen, holder, 'conversations.customer_already_served');
}

/** The refusal says who has it, since when; and is remembered as an event although nothing else comes of this. */
function refused(
  ctx: Ctx,
  seen: Seen,
  holder: { id: string; name: string; since: Date | null } | null,
  code: 'conversations.already_claimed' | 'conversations.customer_already_served',
) {
  const holderId = holder?.id ?? null;
  ctx.emitEvenIfRefused('conversations.claim_refused', { conversationId: seen.id, personId: ctx.actor.id, holderId, reason: code });
  return fail(code, { holderId, holderName: holder?.name ?? null, since: holder?.since?.toISOString() ?? null });
}

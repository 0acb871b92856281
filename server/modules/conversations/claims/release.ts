import type { Conversation } from '../../../../contract/conversations.ts';
import { system } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Sql, sql } from '../../../platform/database/sql.ts';
import { Overtaken } from '../../../platform/database/transaction.ts';
import { refusedStep } from '../changes/refuse-step.ts';
import { nextState } from '../conversation.ts';
import { fail } from '../errors.ts';
import { customerName, presentConversation } from '../present.ts';
import { loadConversation } from '../queries.ts';
import { type ConversationRow, conversationColumns } from '../rows.ts';
import { facts, releaseCustomer, updateConversation } from '../write.ts';

/** Gives a conversation back; what was typed stays as a draft. */
export async function releaseConversation(ctx: Ctx, { id }: { id: string }): Promise<{ conversation: Conversation }> {
  const row = await loadConversation(ctx, id, { right: 'claim', lock: true });
  if (row.claimedBy !== ctx.actor.id) {
    if (!nextState(row.state, 'release'))
      ctx.emitEvenIfRefused('conversations.step_refused', refusedStep(ctx, row.id, row.state, 'release'));
    throw fail('conversations.claim_lost', { holderId: row.claimedBy });
  }
  const [freed, name] = await Promise.all([freeClaim(ctx, row, 'release'), customerName(ctx.db, row)]);
  return { conversation: presentConversation(freed, name) };
}

/** Ends the claim of a row that is locked: state, lease, customer, event. */
export async function freeClaim(ctx: Ctx, row: ConversationRow, event: 'release' | 'lease_expired'): Promise<ConversationRow> {
  const personId = row.claimedBy;
  if (!personId) return row;
  const state = nextState(row.state, event) ?? row.state;
  const [freed] = await Promise.all([
    updateConversation(ctx, row.id, sql`state = ${state}, claimed_by = null, claimed_at = null, claim_until = null`),
    releaseCustomer(ctx, row.customerId, personId),
  ]);
  ctx.emit(
    event === 'release' ? 'conversations.released' : 'conversations.lease_expired',
    { ...facts(freed), personId, fence: row.fence },
    row.caseId,
  );
  return freed;
}

/** Locks a conversation that is to be taken over, and what others hold of its customer, before the lease on the customer is touched. */
export async function lockHeld(ctx: Ctx, { id, customerId }: OfCustomer, personId: string): Promise<ReadonlySet<string>> {
  const rows = await ctx.db.query<{ id: string }>(sql`select c.id from conversations c where c.customer_root_id = ${customerId}
    and (c.id = ${id} or c.claimed_by <> ${personId} and c.claim_until > ${ctx.now}) order by c.id for no key update of c`);
  return new Set(rows.map((row) => row.id));
}

/** Ends what others hold of a customer besides one conversation, and says what: who takes that over has the customer alone from then on. What is not `locked` yet was taken meanwhile. */
export async function freeOthers(
  ctx: Ctx,
  { id, customerId }: OfCustomer,
  personId: string,
  locked: ReadonlySet<string>,
): Promise<string[]> {
  const rows = await ctx.db.query<ConversationRow>(sql`select ${conversationColumns} from conversations c
    where c.customer_root_id = ${customerId} and c.id <> ${id} and c.claimed_by <> ${personId} and c.claim_until > ${ctx.now} order by c.id`);
  if (rows.some((row) => !locked.has(row.id))) throw new Overtaken('A conversation of this customer was taken meanwhile.');
  for (const row of rows) await freeClaim(ctx, row, 'release');
  return rows.map((row) => row.id);
}

type OfCustomer = Pick<ConversationRow, 'id' | 'customerId'>;

export const expiredClaims = (now: Date): Sql =>
  sql`conversations c where c.claimed_by is not null and c.claim_until <= ${now} order by c.claim_until`;

/** Returns up to a hundred conversations whose lease ran out; every worker may do it at the same time. */
export async function releaseExpired(ctx: Ctx): Promise<number> {
  const rows = await ctx.db.query<ConversationRow>(
    sql`select ${conversationColumns} from ${expiredClaims(ctx.now)} limit 100 for no key update of c skip locked`,
  );
  for (const row of rows) await freeClaim({ ...ctx, actor: system }, row, 'lease_expired');
  return rows.length;
}

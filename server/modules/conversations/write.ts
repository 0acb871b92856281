import type { Ctx } from '../../platform/context.ts';
import { type Sql, sql } from '../../platform/database/sql.ts';
import { keepTime } from './clock/due.ts';
import type { ConversationRow } from './rows.ts';
import { conversationColumns } from './rows.ts';

/** Changes named columns of one conversation and gives the row as it then is, its due time with it. Every change grows the version. */
export async function updateConversation(ctx: Ctx, id: string, assignments: Sql): Promise<ConversationRow> {
  const row = await ctx.db.one<ConversationRow>(
    sql`update conversations c set version = version + 1, ${assignments} where c.id = ${id} returning ${conversationColumns}`,
  );
  const [kept = row] = await keepTime(ctx, [row]);
  return kept;
}

/** When one of us answered a conversation first: a query. What was taken back or went to a third party answered nobody. */
export const firstAnswer = (conversation: Sql): Sql => sql`select min(m.at) from messages m where m.conversation_id = ${conversation}
  and m.kind = 'message' and m.direction = 'out' and m.author_kind = 'person' and not 'forward' = any (m.facts) and coalesce(m.delivery->>'state', '') <> 'cancelled'`;

/** What every event of a conversation carries, so that audiences and rooms above need not look it up. */
export const facts = (row: Pick<ConversationRow, 'id' | 'customerId' | 'teamId' | 'caseId' | 'assigneeId'>) => ({
  conversationId: row.id,
  customerId: row.customerId,
  teamId: row.teamId,
  caseId: row.caseId,
  assigneeId: row.assigneeId,
});

/** Ends the lease on a customer unless the person still has another of the customer's conversations: until that one is given back, too, whatever the clock here says. */
export async function releaseCustomer(ctx: Ctx, customerId: string, personId: string): Promise<void> {
  await Promise.all([
    // Whoever holds the lease may be taking another conversation just now: the statement after this one sees what came of it.
    ctx.db.exec(sql`select from customer_leases where customer_id = ${customerId} for update`),
    ctx.db.exec(sql`delete from customer_leases l where l.customer_id = ${customerId} and l.person_id = ${personId}
    and not exists (select from conversations c where c.customer_root_id = ${customerId} and c.claimed_by = ${personId})`),
  ]);
}

import type { Ctx } from '../../../platform/context.ts';
import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';

/** Lets a person read these conversations until then. The caller has asked for and audited the reason. */
export async function grantAccess(ctx: Ctx, conversationIds: readonly string[], personId: string, until: Date): Promise<void> {
  if (conversationIds.length === 0) return;
  await ctx.db.exec(sql`insert into conversation_access as a (conversation_id, person_id, until)
    select id, ${personId}::uuid, ${until}::timestamptz from unnest(${conversationIds}::uuid[]) as id
    on conflict (conversation_id, person_id) do update set until = greatest(a.until, excluded.until)`);
  for (const conversationId of conversationIds) ctx.emit('conversations.access_granted', { conversationId, personId });
}

/**
 * Lets somebody of another team read and take a conversation until then: work that is offered to them to help. It stays in its team; whoever takes it has it as
 * anybody has what they hold, and after that it is the team's again.
 */
export async function letTake(ctx: Ctx, conversationId: string, personId: string, until: Date): Promise<void> {
  await grantAccess(ctx, [conversationId], personId, until);
  await ctx.db.exec(
    sql`update conversation_access set take_until = ${until} where conversation_id = ${conversationId} and person_id = ${personId}`,
  );
}

/** What was offered and not taken is closed to them again; what they may read for another reason stays readable. */
export async function letTakeNoMore(ctx: Ctx, conversationId: string, personId: string): Promise<void> {
  const which = sql`conversation_id = ${conversationId} and person_id = ${personId} and take_until is not null`;
  await ctx.db.exec(sql`delete from conversation_access where ${which} and until <= take_until`);
  await ctx.db.exec(sql`update conversation_access set take_until = null where ${which}`);
}

/** Who may take these though they are not of their team, as of now. */
export const mayTakeNow = (conversation: Sql, now: Date): Sql =>
  sql`array(select a.person_id from conversation_access a where a.conversation_id = ${conversation} and a.take_until > ${now})`;

export const mayTakeOffered = async (db: Db, conversationId: string, personId: string, now: Date): Promise<boolean> =>
  (await db.maybe(
    sql`select from conversation_access where conversation_id = ${conversationId} and person_id = ${personId} and take_until > ${now}`,
  )) !== undefined;

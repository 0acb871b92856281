import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';

/** Lets a person read these conversations until then. The caller has asked for and audited the reason. */
export async function grantAccess(ctx: Ctx, conversationIds: readonly string[], personId: string, until: Date): Promise<void> {
  if (conversationIds.length === 0) return;
  await ctx.db.exec(sql`insert into conversation_access as a (conversation_id, person_id, until)
    select id, ${personId}::uuid, ${until}::timestamptz from unnest(${conversationIds}::uuid[]) as id
    on conflict (conversation_id, person_id) do update set until = greatest(a.until, excluded.until)`);
  for (const conversationId of conversationIds) ctx.emit('conversations.access_granted', { conversationId, personId });
}

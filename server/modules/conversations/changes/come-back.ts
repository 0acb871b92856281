import type { Ctx } from '../../../platform/context.ts';
import { type Sql, sql } from '../../../platform/database/sql.ts';
import { facts, updateConversation } from '../write.ts';

export const endedSnoozes = (now: Date): Sql =>
  sql`conversations c where c.snoozed_until <= ${now} and c.restricted_at is null order by c.snoozed_until`;

/** What was put off and whose time has come, up to a hundred in the order of their times: it is news again. Every worker may do it at the same time. */
export async function comeBack(ctx: Ctx): Promise<number> {
  const due = await ctx.db.query<{ id: string; at: Date }>(
    sql`select c.id, c.snoozed_until as at from ${endedSnoozes(ctx.now)} limit 100 for no key update of c skip locked`,
  );
  for (const { id, at } of due) {
    const row = await updateConversation(ctx, id, sql`snoozed_until = null`);
    ctx.emit('conversations.came_back', { ...facts(row), trueAt: at.toISOString() }, row.caseId);
  }
  return due.length;
}

import type { Ctx } from '../../../platform/context.ts';
import { type Sql, sql } from '../../../platform/database/sql.ts';
import { type ConversationRow, conversationColumns } from '../rows.ts';

/** Somebody is to be told that an answer is near due, or overdue; `at` is when that came true. */
export interface Alarm {
  row: ConversationRow;
  isOverdue: boolean;
  at: Date;
}

export const dueAlarms = (now: Date): Sql =>
  sql`conversations c where c.alarm_at <= ${now} and c.restricted_at is null order by c.alarm_at, c.id`;

/**
 * The alarms whose time has come, in the order of their times, at most so many; each is given once, whoever asks at the same moment.
 * What came true while nothing ran here comes first.
 */
export async function takeAlarms(ctx: Ctx, most: number): Promise<Alarm[]> {
  const rows = await ctx.db.query<
    ConversationRow & { rang: Date }
  >(sql`update conversations c set alarm_at = case when c.due_at > ${ctx.now} then c.due_at end
    from (select c.id, c.alarm_at as rang from ${dueAlarms(ctx.now)} limit ${most} for no key update of c skip locked) due
    where c.id = due.id returning ${conversationColumns}, due.rang`);
  return rows
    .flatMap(({ rang, ...row }) => {
      if (!row.dueAt || !row.warnAt) return [];
      const warned = rang < row.dueAt ? [{ row, isOverdue: false, at: row.warnAt }] : [];
      return row.dueAt <= ctx.now ? [...warned, { row, isOverdue: true, at: row.dueAt }] : warned;
    })
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.row.id < b.row.id ? -1 : 1));
}

import type { ConversationState } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Sql, sql } from '../../../platform/database/sql.ts';
import { type ConversationRow, conversationColumns } from '../rows.ts';
import { addSystemLine } from '../timeline/add-system-line.ts';
import { changeState } from './change-state.ts';

const lines: Partial<Record<ConversationState, { code: string; data: Record<string, string> }>> = {
  waiting_internal: { code: 'conversations.expert_late', data: {} },
  waiting_third_party: { code: 'conversations.third_party_late', data: {} },
};

export const endedWaits = (now: Date): Sql =>
  sql`conversations c where c.state in ('waiting_internal', 'waiting_third_party') and c.wait_until <= ${now} and c.restricted_at is null order by c.wait_until`;

/** Brings back up to a hundred that have waited long enough for an expert or a third party; every worker may do it at the same time. */
export async function endWaits(ctx: Ctx): Promise<number> {
  const rows = await ctx.db.query<ConversationRow>(
    sql`select ${conversationColumns} from ${endedWaits(ctx.now)} limit 100 for no key update of c skip locked`,
  );
  for (const row of rows) {
    await changeState(ctx, row, 'wait_over');
    const line = lines[row.state];
    if (line) await addSystemLine(ctx, row.id, line);
  }
  return rows.length;
}

import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { keepTime } from '../clock/due.ts';
import { type ConversationRow, conversationColumns } from '../rows.ts';
import { facts } from '../write.ts';

/** Puts conversations under a case, or under none. */
export async function linkToCase(ctx: Ctx, conversationIds: readonly string[], caseId: string | null): Promise<void> {
  await linkAllToCases(
    ctx,
    conversationIds.map((id) => ({ conversationId: id, caseId })),
  );
}

/** The same for many pairs in one statement. */
export async function linkAllToCases(ctx: Ctx, links: readonly { conversationId: string; caseId: string | null }[]): Promise<void> {
  if (links.length === 0) return;
  const rows = await ctx.db.query<ConversationRow & { fromCaseId: string | null }>(sql`with old as (
      select c.id, c.case_id, l."caseId" from jsonb_to_recordset(${sql.json(links)}) as l("conversationId" uuid, "caseId" uuid)
      join conversations c on c.id = l."conversationId" order by c.id for no key update of c)
    update conversations c set case_id = old."caseId", version = version + 1 from old
    where c.id = old.id and c.case_id is distinct from old."caseId" returning ${conversationColumns}, old.case_id as "fromCaseId"`);
  await keepTime(ctx, rows);
  for (const row of rows)
    ctx.emit('conversations.linked_to_case', { ...facts(row), fromCaseId: row.fromCaseId, state: row.state }, row.caseId);
}

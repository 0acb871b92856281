import type { RuleFiring } from '../../../../contract/automation.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import type { JobWork } from '../../../platform/jobs/jobs.ts';
import {
  conversationFacts,
  conversationIdsOf,
  loadConversation,
  presentConversations,
  readableConversations,
} from '../../conversations/index.ts';
import { erasureOf } from '../../customers/index.ts';
import { dropFiringsBefore, dropFiringsIn, type FiringRow, findFirings } from './queries.ts';

/** Long enough to find out why something went where it went. */
const keptDays = 90;

export const ruleLog = async (ctx: Ctx, { id }: { id: string }): Promise<{ items: RuleFiring[] }> => ({
  items: await present(ctx, await findFirings(ctx.db, sql`f.rule_id = ${id}`)),
});

export async function conversationLog(ctx: Ctx, { id }: { id: string }): Promise<{ items: RuleFiring[] }> {
  await loadConversation(ctx, id);
  return { items: await present(ctx, await findFirings(ctx.db, sql`f.conversation_id = ${id}`)) };
}

/** Which conversation it was is for those who may read it. */
async function present(ctx: Ctx, firings: readonly FiringRow[]): Promise<RuleFiring[]> {
  const rows = await conversationFacts(ctx.db, [...new Set(firings.map(({ conversationId }) => conversationId))]);
  const readable = await presentConversations(ctx.db, await readableConversations(ctx, [...rows.values()]));
  return firings.map(({ conversationId, at, held, conditions, ...firing }) => {
    const shown = readable.find(({ id }) => id === conversationId);
    return {
      ...firing,
      at: at.toISOString(),
      conversation: shown ? { id: shown.id, subject: shown.subject, customerName: shown.customerName } : null,
      conditions: conditions.filter((_, n) => held.includes(n)),
    };
  });
}

/** Every night. */
export async function sweepLog(work: JobWork): Promise<void> {
  while ((await work.transaction((ctx) => dropFiringsBefore(ctx.db, new Date(ctx.now.getTime() - keptDays * 24 * 3_600_000)))) >= 1_000);
}

/** What rules did with a customer's conversations goes with what was written in them (Art. 17 GDPR). */
export async function eraseLog(ctx: Ctx, customerId: string): Promise<void> {
  const erasure = await erasureOf(ctx.db, customerId);
  if (erasure) await dropFiringsIn(ctx.db, await conversationIdsOf(ctx.db, erasure.customerIds));
}

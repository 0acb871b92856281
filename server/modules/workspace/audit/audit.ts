import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';

/** One line of the audit log. Ids and codes only: `reason` is what the actor wrote, `data` neutral facts. */
export interface AuditEntry {
  /** `<room>.<what was done>`, e.g. `cases.opened_with_reason`. */
  action: string;
  object?: { kind: string; id: string };
  reason?: string;
  data?: Record<string, unknown>;
}

/**
 * Appends to the audit log, in the caller's transaction or, while reading, at once.
 * Holds a lock on the end of the chain until the commit: call it late, and not in the hottest paths.
 */
export async function audit(ctx: Pick<Ctx, 'db' | 'actor' | 'now'>, entry: AuditEntry): Promise<void> {
  await ctx.db.query(sql`select append_audit(row(0, ${ctx.now}, ${ctx.actor.kind}, ${ctx.actor.id}, ${entry.action},
    ${entry.object?.kind ?? null}, ${entry.object?.id ?? null}, ${entry.reason ?? null}, ${entry.data ? sql.json(entry.data) : sql`null`}, '', '')::audit_log)`);
}

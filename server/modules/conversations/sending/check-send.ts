import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { personSummaries } from '../../workspace/index.ts';
import { holderAt, holdsFence } from '../conversation.ts';
import { fail } from '../errors.ts';
import { attachmentsByIds } from '../queries.ts';
import type { AttachmentRow, ConversationRow } from '../rows.ts';

/** Sending needs the newest fence of a live lease. The refusal says who has the conversation now. */
export async function requireFence(ctx: Ctx, row: ConversationRow, fence: number): Promise<void> {
  if (holdsFence(row, { personId: ctx.actor.id, fence }, ctx.now)) return;
  const holder = holderAt(row, ctx.now);
  const names = holder ? await personSummaries(ctx.db, [holder]) : undefined;
  ctx.emitEvenIfRefused('conversations.stale_send_refused', {
    conversationId: row.id,
    personId: ctx.actor.id,
    reason: 'conversations.claim_lost',
  });
  throw fail('conversations.claim_lost', {
    holderId: holder,
    holderName: holder ? (names?.get(holder)?.name ?? '') : null,
    since: holder ? (row.claimedAt?.toISOString() ?? null) : null,
    fence: row.fence,
  });
}

/** Nothing may have come in, and nobody else may have written, since the author last looked. System lines do not count. */
export async function requireFreshView(ctx: Ctx, row: ConversationRow, baseSeq: number): Promise<void> {
  if (row.lastSeq <= baseSeq) return;
  const newer = await ctx.db.query<{
    id: string;
    seq: number;
  }>(sql`select id, seq from messages where conversation_id = ${row.id} and seq > ${baseSeq}
    and kind <> 'system' and (author_id is distinct from ${ctx.actor.id}::uuid or direction = 'in') order by seq limit 20`);
  if (newer.length === 0) return;
  ctx.emitEvenIfRefused('conversations.stale_send_refused', {
    conversationId: row.id,
    personId: ctx.actor.id,
    reason: 'conversations.stale_view',
  });
  throw fail('conversations.stale_view', { lastSeq: row.lastSeq, newMessageIds: newer.map((m) => m.id) });
}

/** Attachments the author uploaded and has not sent yet, clean as far as is known. */
export async function requireAttachments(ctx: Ctx, ids: readonly string[]): Promise<AttachmentRow[]> {
  if (ids.length === 0) return [];
  const rows = await attachmentsByIds(ctx.db, ids);
  const byId = new Map(rows.filter((r) => r.messageId === null && r.uploadedBy === ctx.actor.id).map((r) => [r.id, r]));
  const missing = ids.filter((id) => !byId.has(id));
  if (missing.length > 0) throw fail('conversations.attachment_missing', { attachmentIds: missing });
  const infected = rows.filter((r) => r.scan === 'infected').map((r) => r.id);
  if (infected.length > 0) throw fail('conversations.attachment_infected', { attachmentIds: infected });
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Puts uploaded attachments under the message they go with. */
export async function attach(ctx: Ctx, messageId: string, attachments: readonly AttachmentRow[]): Promise<void> {
  await Promise.all(
    attachments.map((row, n) => ctx.db.exec(sql`update attachments set message_id = ${messageId}, n = ${n} where id = ${row.id}`)),
  );
}

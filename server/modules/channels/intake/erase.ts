import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { removeFiles } from '../../../platform/files/files.ts';
import { erasedPlatformId } from './queries.ts';

/**
 * Erases what arrived: bytes and envelope. The row stays with its hash and that of its platform id, so that a late repetition is not
 * taken for new. Every process drops what it remembers when it hears of it. The caller has checked the right and writes the audit log.
 */
export async function eraseRaw(ctx: Ctx, intakeIds: readonly string[]): Promise<void> {
  await removeFiles(ctx.db, intakeIds);
  await ctx.db.exec(
    sql`update intake set envelope = '{}', state = 'parsed', problem = null, size = 0, concerns = null, withheld_for = null,
      platform_id = case when platform_id like 'erased:%' then platform_id else ${erasedPlatformId(sql`platform_id`)} end
      where id = any(${intakeIds}::uuid[])`,
  );
  for (const intakeId of intakeIds) ctx.emit('channels.raw_erased', { intakeId });
}

/**
 * Deliveries that tell of these messages though none of them came in by one: reports about them, and the same mail come in once more (a copy in
 * the mailbox's folder of sent mail).
 */
export async function rawAbout(
  ctx: Ctx,
  messages: readonly { id: string; accountId: string | null; platformId: string | null }[],
): Promise<string[]> {
  const named = messages.filter((one) => one.accountId !== null && one.platformId !== null);
  const rows = await ctx.db.query<{
    id: string;
  }>(sql`select id from intake where concerns && ${messages.map((one) => one.id)}::uuid[] and concerns is not null
    union select i.id from unnest(${named.map((one) => one.accountId)}::uuid[], ${named.map((one) => one.platformId)}::text[]) as k (account_id, platform_id)
      join intake i on i.account_id = k.account_id and i.platform_id = k.platform_id`);
  return rows.map((row) => row.id);
}

/** What is known of sending these messages, but for states and times; what has not left yet does not. Local copies go. */
export async function eraseDeliveries(ctx: Ctx, messageIds: readonly string[]): Promise<void> {
  await ctx.db.exec(sql`update outbox set reply = null, problem = null, platform_id = null, detour = null, unread_at = null,
      state = case when state in ('held', 'scheduled', 'queued') then 'cancelled' else state end where message_id = any(${messageIds}::uuid[])`);
  await eraseLocal(ctx, messageIds);
}

/** The local copies of messages that were never sent. */
export const eraseLocal = (ctx: Ctx, messageIds: readonly string[]): Promise<number> =>
  ctx.db.exec(sql`delete from local_outbox where message_id = any(${messageIds}::uuid[])`);

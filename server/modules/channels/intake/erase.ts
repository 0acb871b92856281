import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { removeFiles } from '../../../platform/files.ts';

/**
 * Erases what arrived: bytes and envelope. The row stays with its platform id and hash, so that a late repetition is not
 * taken for new. Every process drops what it remembers when it hears of it. The caller has checked the right and writes the audit log.
 */
export async function eraseRaw(ctx: Ctx, intakeIds: readonly string[]): Promise<void> {
  await removeFiles(ctx.db, intakeIds);
  await ctx.db.exec(
    sql`update intake set envelope = '{}', state = 'parsed', problem = null, size = 0 where id = any(${intakeIds}::uuid[])`,
  );
  for (const intakeId of intakeIds) ctx.emit('channels.raw_erased', { intakeId });
}

/** The local copies of messages that were never sent. */
export const eraseLocal = (ctx: Ctx, messageIds: readonly string[]): Promise<number> =>
  ctx.db.exec(sql`delete from local_outbox where message_id = any(${messageIds}::uuid[])`);

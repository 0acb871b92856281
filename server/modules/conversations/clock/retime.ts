import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type ConversationRow, conversationColumns } from '../rows.ts';
import { moveDues } from './due.ts';

/** Computes the due times of up to so many that somebody waits for, by their ids after `after`; only what has moved is written, and grows its version. */
export async function retimeWaits(
  ctx: Ctx,
  after: string | null,
  most: number,
): Promise<{ seen: number; moved: number; lastId: string | null }> {
  const rows = await ctx.db.query<ConversationRow>(sql`select ${conversationColumns} from conversations c
    where c.is_open and c.waiting_since is not null and (${after}::uuid is null or c.id > ${after}) order by c.id limit ${most} for no key update`);
  return { seen: rows.length, moved: (await moveDues(ctx, rows, 1)).moved, lastId: rows.at(-1)?.id ?? null };
}

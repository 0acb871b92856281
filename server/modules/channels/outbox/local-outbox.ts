import type { LocalOutboxItem } from '../../../../contract/channels.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Download } from '../../../platform/module.ts';
import { readCursor, writeCursor } from '../../../platform/http/cursor.ts';
import { download } from '../intake/look-through.ts';
import { presentLocal } from '../present.ts';
import { findLocal, listLocal } from './local.ts';

/** Those of these messages that the actor may read. */
export type Readable = (messageIds: readonly string[]) => Promise<ReadonlySet<string>>;

/** As many are looked through for one page before it is given out shorter than asked. */
const mostLookedThrough = 1_000;

/** What accounts without a service kept, newest first: the room of the messages says which of them may be read. */
export async function localMessages(
  ctx: Ctx,
  input: { accountId?: string | undefined; cursor?: string | undefined; limit: number },
  readable: Readable,
): Promise<{ items: LocalOutboxItem[]; nextCursor: string | null }> {
  const items: LocalOutboxItem[] = [];
  let cursor = input.cursor;
  for (let looked = 0; looked < mostLookedThrough; ) {
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const rows = await listLocal(ctx.db, { accountId: input.accountId, after, limit: 200 });
    const mine = await readable(rows.map((row) => row.message_id));
    for (const row of rows) {
      cursor = writeCursor(row.at, row.id);
      if (!mine.has(row.message_id)) continue;
      items.push(presentLocal(row));
      if (items.length === input.limit) return { items, nextCursor: cursor };
    }
    if (rows.length < 200) return { items, nextCursor: null };
    looked += rows.length;
  }
  return { items, nextCursor: cursor ?? null };
}

/** One of them as it would have left; undefined when there is none that may be read. */
export async function localMessage(ctx: Ctx, id: string, readable: Readable): Promise<Download | undefined> {
  const row = await findLocal(ctx.db, id);
  if (!row || !(await readable([row.message_id])).has(row.message_id)) return undefined;
  return download(row.message_id, row.media_type, row.content);
}

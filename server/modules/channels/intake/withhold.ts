import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { eraseRaw } from './erase.ts';

/** A header longer than this is looked at so far; no mail program writes one. */
const headBytes = 262_144;
const atOnce = 50;

/**
 * Takes what could not be read out of sight when its sender's data is restricted or about to be erased: mails whose envelope or header names one of these
 * addresses as the sender. It lies in no conversation, so nothing else would find it.
 */
export async function withholdUnread(ctx: Ctx, customerId: string, addresses: readonly string[]): Promise<void> {
  const theirs = addresses.map((address) => address.toLowerCase());
  if (theirs.length === 0) return;
  const head = sql`coalesce(f.content, (select p.content from file_pieces p where p.file_id = f.id and p.n = 0))`;
  const rows = await ctx.db.query<{ id: string; sender: string | null; head: Buffer | null }>(sql`
    select i.id, lower(i.envelope->>'from') as sender, h.head from intake i
      left join files f on f.id = i.id and i.media_type = 'message/rfc822'
      cross join lateral (select substring(${head} for ${headBytes}) as head) h
    where i.state in ('failed', 'dismissed') and i.withheld_for is null and (lower(i.envelope->>'from') = any(${theirs}::text[])
      or exists (select from unnest(${theirs}::text[]) as address where position(address in lower(encode(h.head, 'escape'))) > 0))`);
  const found = rows.filter(({ sender, head: bytes }) => theirs.includes(sender ?? '') || (bytes && isFrom(bytes, theirs)));
  await ctx.db.exec(
    sql`update intake set withheld_for = ${customerId} where id = any(${found.map((row) => row.id)}::uuid[]) and state in ('failed', 'dismissed')`,
  );
}

/** Whether the header of a mail names one of these addresses as who wrote it, however broken the rest is. */
export function isFrom(mail: Buffer, addresses: readonly string[]): boolean {
  const text = mail.toString('latin1').toLowerCase();
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const fields = text
    .slice(0, end)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .filter((line) => /^(?:resent-)?(?:from|sender|reply-to|return-path)[ \t]*:/.test(line));
  const named = fields.flatMap((line) => line.slice(line.indexOf(':') + 1).split(/[\s<>,;:"()]+/));
  return named.some((word) => addresses.includes(word));
}

/** The restriction is lifted: what could not be read is to be looked at again. */
export const releaseUnread = (ctx: Ctx, customerId: string): Promise<number> =>
  ctx.db.exec(sql`update intake set withheld_for = null where withheld_for = ${customerId}`);

/** Erases what was withheld under these customers, of letters that must be kept those that arrived before then. Gives how many. */
export async function eraseUnread(ctx: Ctx, customerIds: readonly string[], before: Date | null): Promise<number> {
  const rows = await ctx.db.query<{ id: string }>(sql`select id from intake where withheld_for = any(${customerIds}::uuid[])
    ${before ? sql`and received_at < ${before}` : sql.empty} order by id limit ${atOnce} for no key update`);
  await eraseRaw(
    ctx,
    rows.map((row) => row.id),
  );
  return rows.length;
}

export const hasUnread = async (db: Db, customerIds: readonly string[]): Promise<boolean> =>
  (await db.query(sql`select from intake where withheld_for = any(${customerIds}::uuid[]) limit 1`)).length > 0;

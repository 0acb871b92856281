import { type Db, sql } from '../../../platform/database/sql.ts';
import type { Download } from '../../../platform/module.ts';
import type { Ctx } from '../../../platform/context.ts';
import { attachmentsByIds, type MessageSlice } from '../queries.ts';
import { downloadOf } from '../reading/content.ts';
import { newHere } from '../receiving/participants.ts';
import { type MessageRow, messageColumns } from '../rows.ts';
import { onPage, type Reader } from './reader.ts';

/** Facts of messages that are nobody's business on the customer's side: what a stranger or a forger wrote, and what went to a third party. */
const notTheirs = [newHere, 'auth_failed', 'forward'];

/**
 * What an address wrote, was sent or was copied on, newest first: never notes, never what somebody else wrote to us alone, nothing of machines, nothing that
 * has not left yet. Where messages carry no addresses, it is what stands in a conversation the address takes part in.
 */
export function messagesShownTo(
  db: Db,
  conversationIds: readonly string[],
  reader: Reader,
  { limit, before, id }: Partial<MessageSlice> & { id?: string },
): Promise<MessageRow[]> {
  const own = [...new Set([reader.value, reader.label.toLowerCase()])];
  const names = (list: string) =>
    sql`exists (select from jsonb_array_elements(coalesce(m.envelope->${list}, '[]')) a where lower(a->>'address') = any(${own}::text[]))`;
  const named = sql`(lower(m.envelope->'from'->>'address') = any(${own}::text[]) or ${names('to')} or ${names('cc')} or ${names('bcc')})`;
  const isBare = sql`m.direction = 'out' and coalesce(m.envelope->'to', '[]') = '[]' and coalesce(m.envelope->'cc', '[]') = '[]'
    and coalesce(m.envelope->'bcc', '[]') = '[]' and ${reader.value} = any(c.participants)`;
  return db.query<MessageRow>(sql`select ${messageColumns} from messages m join conversations c on c.id = m.conversation_id
    where m.conversation_id = any(${conversationIds}::uuid[]) and c.restricted_at is null and m.kind = 'message' and m.visibility <> 'internal'
      and m.automatic is null and not m.facts && ${notTheirs}::text[]
      and (m.direction = 'in' or m.delivery is null or m.delivery->>'state' in ('sent', 'delivered'))
      and (${named} or (${isBare}))
      ${id ? sql`and m.id = ${id}` : sql.empty} ${before ? sql`and (m.at, m.id) < (${before.at}, ${before.id}::uuid)` : sql.empty}
    order by m.at desc, m.id desc limit ${limit ?? 1}`);
}

/** The message a file lies in; undefined for one that is in none yet. */
export async function messageOfFile(db: Db, fileId: string): Promise<string | undefined> {
  const [row] = await attachmentsByIds(db, [fileId]);
  return row?.messageId ?? undefined;
}

/** A file to be saved, never shown; the caller has checked that its message may be read. */
export async function fileOnPage(ctx: Ctx, fileId: string): Promise<Download> {
  const [row] = await attachmentsByIds(ctx.db, [fileId]);
  return downloadOf(ctx, row, false);
}

/** How much came by the customer's page since: messages in these conversations, and files of this customer. */
export const countedOnPage = (
  db: Db,
  { conversationIds, customerId, since }: { conversationIds: readonly string[]; customerId: string; since: Date },
): Promise<{ messages: number; files: number }> =>
  db.one(sql`select (select count(*) from messages where conversation_id = any(${conversationIds}::uuid[]) and at > ${since} and ${onPage} = any(facts)) as messages,
    (select count(*) from attachments where uploaded_by = ${customerId} and created_at > ${since}) as files`);

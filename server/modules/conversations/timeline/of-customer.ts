import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import type { MessageRow } from '../rows.ts';

export interface CustomerSlice {
  limit: number;
  before: { at: Date; id: string } | undefined;
  channel?: string | undefined;
  /** In conversations of these cases only. */
  caseIds?: readonly string[] | undefined;
}

/** The beginning of a message or note, and where it stands. */
export interface CustomerMessage {
  id: string;
  at: Date;
  conversationId: string;
  caseId: string | null;
  channel: string;
  subject: string;
  kind: 'message' | 'note';
  direction: MessageRow['direction'];
  visibility: MessageRow['visibility'];
  author: { kind: MessageRow['authorKind']; id: string | null; name: string };
  text: string;
  /** Whether `text` stops before the message does. */
  isCut: boolean;
  files: number;
}

/** So much of a message is shown among others. */
const mostShown = 700;

/**
 * The newest messages and notes of all conversations of these customers, without asking who asks. However much was written, each conversation is asked
 * for its newest only, and those that have one among the newest for no more than the page: what lies behind is not read.
 */
export async function messagesOfCustomers(
  db: Db,
  customerIds: readonly string[],
  { limit, before, channel, caseIds }: CustomerSlice,
): Promise<CustomerMessage[]> {
  const shown = sql`m.kind <> 'system' and m.delivery->>'state' is distinct from 'cancelled'
    ${before ? sql`and (m.at, m.id) < (${before.at}, ${before.id}::uuid)` : sql.empty}`;
  const newest = (conversationId: Sql, most: number) => sql`(select m.id, m.at from messages m
    where m.conversation_id = ${conversationId} and ${shown} order by m.at desc, m.id desc limit ${most})`;
  const rows = await db.query<Omit<CustomerMessage, 'author'> & Pick<MessageRow, 'authorKind' | 'authorId' | 'authorName'>>(sql`
    with talks as materialized (
      select c.id from conversations c cross join lateral ${newest(sql`c.id`, 1)} last
      where c.customer_id = any(${customerIds}::uuid[]) and c.restricted_at is null
        ${channel ? sql`and c.channel = ${channel}` : sql.empty} ${caseIds ? sql`and c.case_id = any(${caseIds}::uuid[])` : sql.empty}
      order by last.at desc, last.id desc limit ${limit}),
    page as materialized (
      select m.id from talks t cross join lateral ${newest(sql`t.id`, limit)} m order by m.at desc, m.id desc limit ${limit})
    select m.id, m.conversation_id as "conversationId", c.channel, c.subject, c.case_id as "caseId", m.kind, m.direction, m.visibility,
      m.author_kind as "authorKind", m.author_id as "authorId", m.author_name as "authorName", left(m.text, ${mostShown}) as text,
      length(m.text) > ${mostShown} as "isCut", m.at,
      (select count(*)::int from attachments a where a.message_id = m.id and not a.inline) as files
    from page p join messages m on m.id = p.id join conversations c on c.id = m.conversation_id order by m.at desc, m.id desc`);
  return rows.map(({ authorKind, authorId, authorName, ...row }) => ({
    ...row,
    author: { kind: authorKind, id: authorId, name: authorName },
  }));
}

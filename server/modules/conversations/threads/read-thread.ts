import type { Service, Thread, ThreadMessage, ThreadTools } from '../../../../contract/channel.ts';
import type { Platform } from '../../../platform/context.ts';
import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import { type DeliveryFacts, deliveriesOf, noThread } from '../../channels/index.ts';
import { isOpen } from '../conversation.ts';
import { attachmentsByIds, filesOf } from '../queries.ts';
import { type AttachmentRow, type ConversationRow, conversationColumns, type MessageRow, messageColumns } from '../rows.ts';
import { attachmentContent } from '../sending/outgoing.ts';

type At = { db: Db; platform: Platform };
type Shown = MessageRow & { isReadByUs: boolean };

const mostMessages = 100;
/** Fewer say nothing of the next one. */
const fewestAnswers = 5;

/** Handed over, as far as anybody knows. What is held back, waits or was taken back has never been there. */
const hasLeft: ReadonlySet<string> = new Set(['sending', 'sent', 'delivered', 'uncertain']);

/** The conversations of a thread, newest first, and those that took them in; what only lies there (Art. 18 GDPR) is none. */
export const conversationsOfThread = (db: Db, accountId: string, threadKey: string): Promise<ConversationRow[]> =>
  db.query<ConversationRow>(sql`select ${conversationColumns} from conversations c
    where c.id in (${idsOf(accountId, threadKey)}) and c.restricted_at is null order by c.created_at desc, c.id desc`);

const idsOf = (accountId: string, threadKey: string): Sql =>
  sql`select unnest(array[t.id, t.merged_into]) from conversations t
    where t.thread_key = ${threadKey} and t.account_id = ${accountId} and t.restricted_at is null`;

/** What the customer's side may see of a thread: messages in and out, nothing internal, nothing that has not left. */
export async function readThread({ db }: At, accountId: string, threadKey: string): Promise<Thread> {
  const conversations = await conversationsOfThread(db, accountId, threadKey);
  if (conversations.length === 0) return noThread;
  const rows = await db.query<Shown>(sql`select ${messageColumns}, m.seq <= c.read_seq as "isReadByUs"
    from messages m join conversations c on c.id = m.conversation_id
    where m.conversation_id = any(${conversations.map(({ id }) => id)}::uuid[]) and m.kind = 'message' and m.visibility <> 'internal'
      and not m.facts @> '{erased}' order by m.at desc, m.id desc limit ${mostMessages}`);
  const ours = rows.filter(({ direction }) => direction === 'out').map(({ id }) => id);
  const hasFiles = conversations.some(({ attachmentCount }) => attachmentCount > 0);
  // Asked at every sentence of everybody: what there cannot be is not looked for.
  const [deliveries, files] = await Promise.all([
    ours.length > 0 ? deliveriesOf(db, ours) : new Map<string, DeliveryFacts>(),
    filesOf(db, hasFiles ? rows.map(({ id }) => id) : []),
  ]);
  const messages = rows.toReversed().flatMap((row) => {
    const delivery = deliveries.get(row.id);
    const isThere = row.direction === 'in' || (delivery !== undefined && (hasLeft.has(delivery.state) || delivery.wentElsewhere));
    return isThere ? [present(row, files.get(row.id) ?? [], delivery?.readAt != null)] : [];
  });
  return { messages, isOpen: conversations.some(({ state }) => isOpen(state)) };
}

const present = (row: Shown, files: readonly AttachmentRow[], isReadByThem: boolean): ThreadMessage => ({
  id: row.id,
  platformId: row.platformId,
  direction: row.direction === 'in' ? 'in' : 'out',
  from: row.envelope.from?.address ?? null,
  to: row.envelope.to.map(({ address }) => address),
  text: row.text,
  author: row.direction === 'out' && row.authorKind === 'person' ? row.authorName : '',
  files: files.map(({ id, filename, mediaType, size, scan }) => ({ id, filename, mediaType, size, isReady: isSafe(scan) })),
  at: row.at,
  isReadByUs: row.isReadByUs,
  isReadByThem,
});

const isSafe = (scan: AttachmentRow['scan']): boolean => scan === 'none' || scan === 'clean';

/** A file of one of the thread's messages, if it may be handed out. */
export async function threadFile(at: At, accountId: string, threadKey: string, fileId: string): ReturnType<ThreadTools['file']> {
  const [row] = await attachmentsByIds(at.db, [fileId]);
  if (!row?.messageId || !isSafe(row.scan)) return undefined;
  const thread = await readThread(at, accountId, threadKey);
  if (!thread.messages.some(({ id }) => id === row.messageId)) return undefined;
  const content = await attachmentContent(at, row);
  return content && { messageId: row.messageId, filename: row.filename, mediaType: row.mediaType, content };
}

/** How long people waited for their first answer lately; those who still wait cannot be counted yet. */
export async function firstAnswers(db: Db, accountId: string, since: Date): Promise<Service['firstAnswers']> {
  const found = await db.one<{ count: number; seconds: number[] | null }>(sql`
    select count(*)::int as count, percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from a.at - c.created_at)::float8) as seconds
    from (select id, created_at from conversations where account_id = ${accountId} and created_at > ${since} and automatic is null
        order by created_at desc limit 200) c
      cross join lateral (select min(m.at) as at from messages m
        where m.conversation_id = c.id and m.kind = 'message' and m.direction = 'out' and m.author_kind = 'person') a
    where a.at > c.created_at`);
  const [p50Seconds, p90Seconds] = found.seconds ?? [];
  return found.count < fewestAnswers || p50Seconds === undefined || p90Seconds === undefined ? null : { p50Seconds, p90Seconds };
}

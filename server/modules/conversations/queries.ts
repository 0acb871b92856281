import type { Right } from '../../../contract/permissions.ts';
import type { Ctx } from '../../platform/context.ts';
import { type Db, sql } from '../../platform/database/sql.ts';
import { fail as core } from '../../platform/errors.ts';
import { mayRead, seesMaskedOnly } from './policy.ts';
import {
  type AttachmentRow,
  attachmentColumns,
  type ConversationRow,
  conversationColumns,
  type DraftRow,
  draftColumns,
  type MessageRow,
  messageColumns,
} from './rows.ts';

export type { AttachmentRow, ConversationRow, DraftRow, MessageRow } from './rows.ts';

export interface LoadOptions {
  right?: Right;
  /** Locks the row until the transaction ends, for what reads and then writes. */
  lock?: boolean;
}

/** One conversation the actor may see through a right; otherwise it does not exist for the actor. */
export async function loadConversation(
  ctx: Pick<Ctx, 'db' | 'actor' | 'now'>,
  id: string,
  { right = 'read_case', lock = false }: LoadOptions = {},
): Promise<ConversationRow> {
  const row = await ctx.db.maybe<ConversationRow & { granted: boolean }>(sql`select ${conversationColumns}, ${granted(ctx)} as granted
    from conversations c where c.id = ${id} ${lock ? sql`for no key update of c` : sql.empty}`);
  if (!row || seesMaskedOnly(ctx.actor) || !mayRead(ctx.actor, row, row.granted, right)) throw core('core.not_found');
  return row;
}

/** Whether the actor gave a reason to read this conversation, and still may. */
const granted = (ctx: Pick<Ctx, 'actor' | 'now'>) =>
  ctx.actor.id && ctx.actor.kind === 'person'
    ? sql`exists (select from conversation_access g where g.conversation_id = c.id and g.person_id = ${ctx.actor.id} and g.until > ${ctx.now})`
    : sql`false`;

/** Which of these conversations the actor reads by a reason given. */
export async function grantedAmong(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  if (!ctx.actor.id || ids.length === 0) return new Set();
  const rows = await ctx.db.query<{ id: string }>(sql`select conversation_id as id from conversation_access
    where person_id = ${ctx.actor.id} and conversation_id = any(${ids}::uuid[]) and until > ${ctx.now}`);
  return new Set(rows.map((r) => r.id));
}

/** What somebody holds of a customer, the latest taken first. */
export const heldOfCustomer = (db: Db, customerId: string, personId: string, now: Date): Promise<ConversationRow[]> =>
  db.query<ConversationRow>(sql`select ${conversationColumns} from conversations c
    where c.customer_root_id = ${customerId} and c.claimed_by = ${personId} and c.claim_until > ${now} order by c.claimed_at desc`);

/** Conversations by id, without asking who asks: for subscribers and the live stream. */
export async function conversationFacts(db: Db, ids: readonly string[]): Promise<Map<string, ConversationRow>> {
  const rows = await db.query<ConversationRow>(sql`select ${conversationColumns} from conversations c where c.id = any(${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Every conversation of a case, merged ones too, oldest first; restricted ones do not exist. */
export const conversationsOfCase = (db: Db, caseId: string): Promise<ConversationRow[]> =>
  db.query<ConversationRow>(
    sql`select ${conversationColumns} from conversations c where c.case_id = ${caseId} and c.restricted_at is null order by c.created_at, c.id`,
  );

/** The same of many cases at once. */
export async function conversationsOfCases(db: Db, caseIds: readonly string[]): Promise<Map<string, ConversationRow[]>> {
  const rows = await db.query<ConversationRow>(sql`select ${conversationColumns} from conversations c
    where c.case_id = any(${caseIds}::uuid[]) and c.restricted_at is null order by c.created_at, c.id`);
  return Map.groupBy(rows, ({ caseId }) => caseId ?? '');
}

/** A conversation with those merged into it, whose messages it shows. */
export async function withMerged(db: Db, id: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`select id from conversations where merged_into = ${id}`);
  return [id, ...rows.map((r) => r.id)];
}

export interface MessageSlice {
  limit: number;
  before?: { at: Date; id: string } | undefined;
}

/** Messages of several conversations in one order of time, newest first. */
export const messagesOfConversations = (db: Db, ids: readonly string[], { limit, before }: MessageSlice): Promise<MessageRow[]> =>
  db.query<MessageRow>(sql`select ${messageColumns} from messages m where m.conversation_id = any(${ids}::uuid[])
    ${before ? sql`and (m.at, m.id) < (${before.at}, ${before.id}::uuid)` : sql.empty} order by m.at desc, m.id desc limit ${limit}`);

/** What rooms above need of messages, by id. */
export async function messageFacts(db: Db, ids: readonly string[]): Promise<Map<string, MessageRow>> {
  const rows = await db.query<MessageRow>(sql`select ${messageColumns} from messages m where m.id = any(${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The answers people gave in a conversation and did not take back. */
export interface Answers {
  conversationId: string;
  firstAt: Date | null;
  lastAt: Date | null;
  lastId: string | null;
  lastBy: string | null;
}

export const answersOf = (db: Db, conversationIds: readonly string[]): Promise<Answers[]> =>
  db.query<Answers>(sql`select asked.id as "conversationId", first.at as "firstAt", last.at as "lastAt", last.id as "lastId", last.author_id as "lastBy"
    from unnest(${conversationIds}::uuid[]) as asked(id)
      left join lateral (select m.at from messages m where m.conversation_id = asked.id and ${isAnswer} order by m.seq limit 1) first on true
      left join lateral (select m.at, m.id, m.author_id from messages m where m.conversation_id = asked.id and ${isAnswer} order by m.seq desc limit 1) last on true`);

const isAnswer = sql`m.kind = 'message' and m.direction = 'out' and m.author_kind = 'person' and m.delivery->>'state' is distinct from 'cancelled'`;

/** One message with its conversation, when the actor may read that. */
export async function loadMessage(ctx: Ctx, id: string, lock = false): Promise<{ message: MessageRow; conversation: ConversationRow }> {
  const message = await ctx.db.maybe<MessageRow>(
    sql`select ${messageColumns} from messages m where m.id = ${id} ${lock ? sql`for no key update` : sql.empty}`,
  );
  if (!message) throw core('core.not_found');
  return { message, conversation: await loadConversation(ctx, message.conversationId) };
}

export const attachmentsOf = (db: Db, messageIds: readonly string[]): Promise<AttachmentRow[]> =>
  db.query<AttachmentRow>(
    sql`select ${attachmentColumns} from attachments a where a.message_id = any(${messageIds}::uuid[]) order by a.message_id, a.n`,
  );

/** The same by their message. */
export const filesOf = async (db: Db, messageIds: readonly string[]): Promise<Map<string, AttachmentRow[]>> =>
  messageIds.length === 0 ? new Map() : Map.groupBy(await attachmentsOf(db, messageIds), ({ messageId }) => messageId ?? '');

export const attachmentsByIds = (db: Db, ids: readonly string[]): Promise<AttachmentRow[]> =>
  db.query<AttachmentRow>(sql`select ${attachmentColumns} from attachments a where a.id = any(${ids}::uuid[])`);

export const draftsOf = (db: Db, conversationId: string, personId: string): Promise<DraftRow[]> =>
  db.query<DraftRow>(
    sql`select ${draftColumns} from drafts d where d.conversation_id = ${conversationId} and d.person_id = ${personId} order by d.kind`,
  );

/** Who serves this customer now, other than through the conversation itself. */
export async function leaseOfCustomer(
  db: Db,
  customerId: string,
  now: Date,
): Promise<{ personId: string; since: Date; until: Date } | undefined> {
  return db.maybe(
    sql`select person_id as "personId", since, until from customer_leases where customer_id = ${customerId} and until > ${now}`,
  );
}

import type { ThreadHints } from '../../../../contract/channel.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { type ConversationRow, conversationColumns } from '../rows.ts';
import { conversationsByCaseNumbers } from './lookups.ts';

/** What the batch's hints find. Keys carry the account, because ids are unique within one only. */
export interface Knowledge {
  messages: Map<string, { conversationId: string; from: string | null }>;
  threads: Map<string, string[]>;
  /** Conversations with answers to a message that has not come (yet). */
  answers: Map<string, string[]>;
  cases: Map<string, string[]>;
  conversationIds: string[];
}

/** Rows as they go into the table, named as its columns. */
export interface NewInbound {
  id: string;
  conversation_id: string;
  seq: number;
  visibility: string;
  direction: string;
  author_kind: string;
  author_id: string | null;
  author_name: string;
  envelope: Record<string, unknown>;
  subject: string | null;
  text: string;
  quoted: string | null;
  signature: string | null;
  has_html: boolean;
  automatic: string | null;
  answers_since: Date | null;
  facts: string[];
  platform_id: string;
  /** What it answers, where that was not known when it came. */
  in_reply_to: string | null;
  intake_id: string;
  intake_index: number;
  at: Date;
}

export interface NewAttachment {
  id: string;
  message_id: string;
  n: number;
  intake_id: string;
  filename: string;
  media_type: string;
  size: number;
  inline: boolean;
  content_id: string | null;
  scan: string;
}

export async function alreadyReceived(db: Db, intakeIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ key: string }>(
    sql`select intake_id || ' ' || intake_index as key from messages where intake_id = any(${intakeIds}::uuid[])`,
  );
  return new Set(rows.map((row) => row.key));
}

export async function loadKnowledge(db: Db, hints: readonly ThreadHints[], accountIds: readonly string[]): Promise<Knowledge> {
  const ids = [...new Set(hints.flatMap((h) => h.platformIds))];
  const keys = [...new Set(hints.flatMap((h) => h.threadKeys))];
  const numbers = [...new Set(hints.flatMap((h) => h.caseNumbers))];
  const tokens = [...new Set(hints.flatMap((h) => h.tokens))];
  const messages: Knowledge['messages'] = new Map();
  const threads: Knowledge['threads'] = new Map();
  const answers: Knowledge['answers'] = new Map();
  const found = new Set<string>(tokens);
  if (ids.length > 0) {
    const waiting = await db.query<{ id: string; accountId: string; conversationId: string }>(sql`select m.in_reply_to as id,
        c.account_id as "accountId", m.conversation_id as "conversationId" from messages m join conversations c on c.id = m.conversation_id
      where m.in_reply_to = any(${ids}::text[]) and c.account_id = any(${[...new Set(accountIds)]}::uuid[]) order by m.at, m.id`);
    for (const row of waiting) {
      const at = `${row.accountId} ${row.id}`;
      answers.set(at, [...(answers.get(at) ?? []), row.conversationId]);
      found.add(row.conversationId);
    }
    const rows = await db.query<{
      platformId: string;
      accountId: string;
      conversationId: string;
      from: string | null;
    }>(sql`select m.platform_id as "platformId",
        c.account_id as "accountId", m.conversation_id as "conversationId", case when m.direction = 'in' then lower(m.envelope->'from'->>'address') end as "from"
      from messages m join conversations c on c.id = m.conversation_id
      where m.platform_id = any(${ids}::text[]) and c.account_id = any(${[...new Set(accountIds)]}::uuid[]) order by m.at desc, m.id desc`);
    for (const row of rows) {
      messages.set(`${row.accountId} ${row.platformId}`, { conversationId: row.conversationId, from: row.from });
      found.add(row.conversationId);
    }
  }
  if (keys.length > 0) {
    const rows = await db.query<{
      key: string;
      accountId: string;
      id: string;
    }>(sql`select thread_key as key, account_id as "accountId", id from conversations
      where thread_key = any(${keys}::text[]) and account_id = any(${[...new Set(accountIds)]}::uuid[]) order by created_at`);
    for (const row of rows) {
      const at = `${row.accountId} ${row.key}`;
      threads.set(at, [...(threads.get(at) ?? []), row.id]);
      found.add(row.id);
    }
  }
  const cases = numbers.length > 0 ? await conversationsByCaseNumbers(db, numbers) : new Map<string, string[]>();
  for (const list of cases.values()) for (const id of list) found.add(id);
  return { messages, threads, answers, cases, conversationIds: [...found] };
}

/** Locks them in the order of their ids, so that two batches can never wait for each other; all they are merged with come along. */
export async function lockConversations(db: Db, ids: readonly string[]): Promise<ConversationRow[]> {
  if (ids.length === 0) return [];
  return db.query<ConversationRow>(sql`select ${conversationColumns} from conversations c
    where c.id in (
      with named as (select unnest(${ids}::uuid[]) as id union select merged_into from conversations where id = any(${ids}::uuid[]) and merged_into is not null)
      select id from named union select m.id from named join conversations m on m.merged_into = named.id and m.merged_into is not null)
    order by c.id for no key update of c`);
}

/** Writes the batch: new conversations, changed ones, messages, attachments; one statement each. */
export async function flushReceived(
  ctx: Ctx,
  rows: readonly ConversationRow[],
  opened: ReadonlySet<string>,
  messages: readonly NewInbound[],
  attachments: readonly NewAttachment[],
): Promise<void> {
  if (messages.length === 0) return;
  const touched = new Set(messages.map((m) => m.conversation_id));
  const columns = rows.filter((row) => touched.has(row.id)).map(asColumns);
  const fresh = columns.filter((row) => opened.has(row.id));
  const changed = columns.filter((row) => !opened.has(row.id));
  if (fresh.length > 0) {
    await ctx.db.exec(sql`insert into conversations (id, version, channel, account_id, visibility, state, subject, preview, customer_id, customer_root_id, team_id,
        last_seq, last_message_at, last_direction, waiting_since, due_at, warn_at, alarm_at, queue_id, automatic, attachment_count, participants, thread_key, resolved_at, first_answer_at, created_at)
      select id, version, channel, account_id, visibility, state, subject, preview, customer_id, customer_root_id, team_id,
        last_seq, last_message_at, last_direction, waiting_since, due_at, warn_at, alarm_at, queue_id, automatic, attachment_count, participants, thread_key, resolved_at, first_answer_at, created_at
      from jsonb_to_recordset(${sql.json(fresh)}) as r(${recordShape})`);
  }
  if (changed.length > 0) {
    await ctx.db.exec(sql`update conversations c set version = r.version, state = r.state, preview = r.preview, last_seq = r.last_seq,
        last_message_at = r.last_message_at, last_direction = r.last_direction, waiting_since = r.waiting_since,
        due_at = r.due_at, warn_at = r.warn_at, alarm_at = r.alarm_at, queue_id = r.queue_id, snoozed_until = r.snoozed_until,
        attachment_count = r.attachment_count, participants = r.participants, resolved_at = r.resolved_at, first_answer_at = r.first_answer_at
      from jsonb_to_recordset(${sql.json(changed)}) as r(${recordShape}) where c.id = r.id`);
  }
  await ctx.db.exec(sql`insert into messages (id, conversation_id, seq, kind, direction, visibility, author_kind, author_id, author_name, envelope, subject,
      text, quoted, signature, has_html, automatic, facts, platform_id, in_reply_to, intake_id, intake_index, answers_since, at, created_at)
    select id, conversation_id, seq, 'message', direction, visibility, author_kind, author_id, author_name, envelope, subject,
      text, quoted, signature, has_html, automatic, facts, platform_id, in_reply_to, intake_id, intake_index, answers_since, at, ${ctx.now}
    from jsonb_to_recordset(${sql.json(messages)}) as r(id uuid, conversation_id uuid, seq int, direction text, visibility text, author_kind text,
      author_id uuid, author_name text, envelope jsonb, subject text, text text, quoted text, signature text, has_html boolean, automatic text, facts text[],
      platform_id text, in_reply_to text, intake_id uuid, intake_index int, answers_since timestamptz, at timestamptz)`);
  if (attachments.length > 0) {
    await ctx.db.exec(sql`insert into attachments (id, message_id, n, intake_id, filename, media_type, size, inline, content_id, scan, created_at)
      select id, message_id, n, intake_id, filename, media_type, size, inline, content_id, scan, ${ctx.now}
      from jsonb_to_recordset(${sql.json(attachments)}) as r(id uuid, message_id uuid, n int, intake_id uuid, filename text, media_type text, size bigint,
        inline boolean, content_id text, scan text)`);
  }
}

const recordShape =
  sql.raw(`id uuid, version int, channel text, account_id uuid, visibility text, state text, subject text, preview text, customer_id uuid,
  customer_root_id uuid, team_id uuid, last_seq int, last_message_at timestamptz, last_direction text, waiting_since timestamptz, due_at timestamptz, warn_at timestamptz, alarm_at timestamptz, queue_id uuid, snoozed_until timestamptz, automatic text,
  attachment_count int, participants text[], thread_key text, resolved_at timestamptz, first_answer_at timestamptz, created_at timestamptz`);

const asColumns = (row: ConversationRow) => ({
  id: row.id,
  version: row.version,
  channel: row.channel,
  account_id: row.accountId,
  visibility: row.visibility,
  state: row.state,
  subject: row.subject,
  preview: row.preview,
  customer_id: row.ownCustomerId,
  customer_root_id: row.customerId,
  team_id: row.teamId,
  last_seq: row.lastSeq,
  last_message_at: row.lastMessageAt,
  last_direction: row.lastDirection,
  waiting_since: row.waitingSince,
  due_at: row.dueAt,
  warn_at: row.warnAt,
  alarm_at: row.alarmAt,
  queue_id: row.queueId,
  snoozed_until: row.snoozedUntil,
  automatic: row.automatic,
  attachment_count: row.attachmentCount,
  participants: row.participants,
  thread_key: row.threadKey,
  resolved_at: row.resolvedAt,
  first_answer_at: row.firstAnswerAt,
  created_at: row.createdAt,
});

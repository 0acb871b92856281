import type { ConversationState } from '../../../contract/conversations.ts';
import type { NextReason } from '../../../contract/routing.ts';
import { type Sql, sql } from '../../platform/database/sql.ts';

/** A conversation as its row says; `priority` is 0 low … 3 urgent. */
export interface ConversationRow {
  id: string;
  version: number;
  channel: string;
  accountId: string | null;
  visibility: 'public' | 'private';
  state: ConversationState;
  subject: string;
  preview: string;
  /** Whom the customer counts as; merges change it. */
  customerId: string;
  /** Whom the writer's identity belongs to itself. */
  ownCustomerId: string;
  caseId: string | null;
  teamId: string | null;
  assigneeId: string | null;
  claimedBy: string | null;
  claimedAt: Date | null;
  claimUntil: Date | null;
  fence: number;
  /** Why *Next* gave it to whoever has it, or had it last; null where they took it in another way. */
  nextReason: NextReason | null;
  priority: number;
  tags: string[];
  lastSeq: number;
  lastMessageAt: Date;
  lastDirection: 'in' | 'out';
  /** Since when the customer waits for an answer, be it ours or somebody's we asked; null when they do not. */
  waitingSince: Date | null;
  /** When the answer that is waited for is due; null where nobody waits, or no service level says. */
  dueAt: Date | null;
  /** When that is near enough for somebody to be told. */
  warnAt: Date | null;
  /** When the next of the two is to be told; null once both are. */
  alarmAt: Date | null;
  /** The queue the customer waits in, or waited in last. */
  queueId: string | null;
  snoozedUntil: Date | null;
  automatic: string | null;
  attachmentCount: number;
  participants: string[];
  threadKey: string | null;
  mergedInto: string | null;
  stateBeforeMerge: ConversationState | null;
  resolvedAt: Date | null;
  /** When one of us answered for the first time. */
  firstAnswerAt: Date | null;
  /** Its customer's data only lies there (Art. 18 GDPR): it exists for nobody but the system. */
  restrictedAt: Date | null;
  createdAt: Date;
}

/** Nobody has had it yet. */
export const untaken = { assigneeId: null, claimedBy: null, claimedAt: null, claimUntil: null, fence: 0, nextReason: null } as const;

/** What leaves the server; lists read no more than this. */
export type ShownConversation = Omit<
  ConversationRow,
  'ownCustomerId' | 'fence' | 'nextReason' | 'participants' | 'threadKey' | 'stateBeforeMerge' | 'resolvedAt' | 'alarmAt' | 'restrictedAt'
>;

export const shownColumns: Sql = sql`c.id, c.version, c.channel, c.account_id as "accountId", c.visibility, c.state, c.subject, c.preview,
  c.customer_root_id as "customerId", c.case_id as "caseId", c.team_id as "teamId", c.assignee_id as "assigneeId", c.claimed_by as "claimedBy",
  c.claimed_at as "claimedAt", c.claim_until as "claimUntil", c.priority, c.tags, c.last_seq as "lastSeq", c.last_message_at as "lastMessageAt",
  c.last_direction as "lastDirection", c.waiting_since as "waitingSince", c.due_at as "dueAt", c.warn_at as "warnAt", c.queue_id as "queueId",
  c.first_answer_at as "firstAnswerAt", c.snoozed_until as "snoozedUntil", c.automatic,
  c.attachment_count as "attachmentCount", c.merged_into as "mergedInto", c.created_at as "createdAt"`;

/** All columns under their names in code; `c` is the table's alias in the query. */
export const conversationColumns: Sql = sql`${shownColumns}, c.customer_id as "ownCustomerId", c.fence, c.participants, c.thread_key as "threadKey",
  c.state_before_merge as "stateBeforeMerge", c.resolved_at as "resolvedAt", c.next_reason as "nextReason", c.alarm_at as "alarmAt", c.restricted_at as "restrictedAt"`;

export interface Envelope {
  from: { name: string; address: string } | null;
  to: { name: string; address: string }[];
  cc: { name: string; address: string }[];
  bcc: { name: string; address: string }[];
  replyTo?: { name: string; address: string }[];
  /** Of the mailing list it came over. */
  lists?: string[];
  /** Of ours: who had not taken part before it. */
  joined?: string[];
}

export interface DeliveryFacts {
  state: 'scheduled' | 'held' | 'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'uncertain' | 'cancelled';
  at: string;
  until: string | null;
  problem: { code: string; text: string } | null;
  readAt?: string;
}

export interface MessageRow {
  id: string;
  version: number;
  conversationId: string;
  seq: number;
  kind: 'message' | 'note' | 'system';
  direction: 'in' | 'out' | 'none';
  visibility: 'public' | 'private' | 'internal';
  authorKind: 'customer' | 'person' | 'third_party' | 'system';
  authorId: string | null;
  authorName: string;
  envelope: Envelope;
  subject: string | null;
  text: string;
  quoted: string | null;
  signature: string | null;
  hasHtml: boolean;
  automatic: string | null;
  facts: string[];
  mentions: string[];
  delivery: DeliveryFacts | null;
  platformId: string | null;
  inReplyTo: string | null;
  draftId: string | null;
  intakeId: string | null;
  intakeIndex: number | null;
  /** Of an answer: since when the customer had waited for it. */
  answersSince: Date | null;
  at: Date;
}

/** Without `html`: it is read only when somebody opens it. */
export const messageColumns: Sql = sql`m.id, m.version, m.conversation_id as "conversationId", m.seq, m.kind, m.direction, m.visibility,
  m.author_kind as "authorKind", m.author_id as "authorId", m.author_name as "authorName", m.envelope, m.subject, m.text, m.quoted, m.signature,
  m.has_html as "hasHtml", m.automatic, m.facts, m.mentions, m.delivery, m.platform_id as "platformId", m.in_reply_to as "inReplyTo",
  m.draft_id as "draftId", m.intake_id as "intakeId", m.intake_index as "intakeIndex", m.answers_since as "answersSince", m.at`;

export interface AttachmentRow {
  id: string;
  messageId: string | null;
  n: number;
  intakeId: string | null;
  fileId: string | null;
  filename: string;
  mediaType: string;
  size: number;
  inline: boolean;
  contentId: string | null;
  scan: 'none' | 'pending' | 'clean' | 'infected';
  uploadedBy: string | null;
}

export const attachmentColumns: Sql = sql`a.id, a.message_id as "messageId", a.n, a.intake_id as "intakeId", a.file_id as "fileId", a.filename,
  a.media_type as "mediaType", a.size, a.inline, a.content_id as "contentId", a.scan, a.uploaded_by as "uploadedBy"`;

export interface DraftRow {
  id: string;
  version: number;
  conversationId: string;
  personId: string;
  kind: 'reply' | 'note' | 'forward';
  text: string;
  html: string | null;
  envelope: Envelope;
  subject: string | null;
  attachmentIds: string[];
  baseSeq: number;
  updatedAt: Date;
}

export const draftColumns: Sql = sql`d.id, d.version, d.conversation_id as "conversationId", d.person_id as "personId", d.kind, d.text, d.html, d.envelope,
  d.subject, d.attachment_ids as "attachmentIds", d.base_seq as "baseSeq", d.updated_at as "updatedAt"`;

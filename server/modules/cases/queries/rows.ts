import type { Brief, Fact, Handover } from '../../../../contract/cases.ts';
import type { ConversationState } from '../../../../contract/conversations.ts';
import { type Sql, sql } from '../../../platform/database/sql.ts';
import type { StatementState } from '../commitments/commitment.ts';
import type { HandoverState } from '../handovers/handover.ts';
import type { CaseState } from '../state/kase.ts';

/** A fact as stored; `moveId` when it came along with a merge. */
export type StoredFact = Fact & { moveId?: string };

export interface Resolution {
  summary: string;
  solvedById: string;
  customerInformedAt: string;
}

export interface CaseRow {
  id: string;
  version: number;
  number: string;
  customerId: string;
  subject: string;
  topicId: string | null;
  state: CaseState;
  ownerId: string | null;
  priority: number;
  tags: string[];
  facts: StoredFact[];
  wish: string | null;
  resolution: Resolution | null;
  origin: 'public' | 'private';
  contactsCount: number;
  handoversCount: number;
  firstAnswerAt: Date | null;
  lastAnswerAt: Date | null;
  lastActivityAt: Date;
  resolvedAt: Date | null;
  closedAt: Date | null;
  mergedInto: string | null;
  /** Its customer's data only lies there (Art. 18 GDPR): it exists for nobody but the system. */
  restrictedAt: Date | null;
  createdAt: Date;
}

export const caseColumns: Sql = sql`k.id, k.version, k.number, k.customer_id as "customerId", k.subject, k.topic_id as "topicId", k.state,
  k.owner_id as "ownerId", k.priority, k.tags, k.facts, k.wish, k.resolution, k.origin, k.contacts_count as "contactsCount",
  k.handovers_count as "handoversCount", k.first_answer_at as "firstAnswerAt", k.last_answer_at as "lastAnswerAt",
  k.last_activity_at as "lastActivityAt", k.resolved_at as "resolvedAt", k.closed_at as "closedAt", k.merged_into as "mergedInto", k.restricted_at as "restrictedAt",
  k.created_at as "createdAt"`;

/** Leaves out what hangs on a restricted case; there are few of those, and an index of their own names them. */
export const notRestricted = (caseId: Sql): Sql =>
  sql`not exists (select from cases restricted where restricted.id = ${caseId} and restricted.restricted_at is not null)`;

export interface LinkRow {
  conversationId: string;
  caseId: string;
  teamId: string | null;
  state: ConversationState;
  stateAt: Date;
  contacts: number;
  firstAnswerAt: Date | null;
  lastAnswerAt: Date | null;
  lastAnswerId: string | null;
  lastAnswerBy: string | null;
  lastHandlerId: string | null;
  handledAt: Date | null;
  activityAt: Date;
  reminders: number;
}

export const linkColumns: Sql = sql`l.conversation_id as "conversationId", l.case_id as "caseId", l.team_id as "teamId", l.state, l.state_at as "stateAt",
  l.contacts, l.first_answer_at as "firstAnswerAt", l.last_answer_at as "lastAnswerAt", l.last_answer_id as "lastAnswerId",
  l.last_answer_by as "lastAnswerBy", l.last_handler_id as "lastHandlerId", l.handled_at as "handledAt", l.activity_at as "activityAt", l.reminders`;

export interface StatementRow {
  id: string;
  version: number;
  caseId: string;
  kind: 'information' | 'commitment' | 'decision';
  text: string;
  dueFrom: Date | null;
  dueTo: Date | null;
  ownerId: string | null;
  state: StatementState;
  saidById: string;
  saidAt: Date;
  channel: string;
  conversationId: string | null;
  messageId: string | null;
  supersedesId: string | null;
  evidence: string | null;
  brokenAt: Date | null;
  carried: boolean;
}

export const statementColumns: Sql = sql`s.id, s.version, s.case_id as "caseId", s.kind, s.text, s.due_from as "dueFrom", s.due_to as "dueTo",
  s.owner_id as "ownerId", s.state, s.said_by as "saidById", s.said_at as "saidAt", s.channel, s.conversation_id as "conversationId",
  s.message_id as "messageId", s.supersedes_id as "supersedesId", s.evidence, s.broken_at as "brokenAt", s.carried`;

export interface HandoverRow {
  id: string;
  version: number;
  caseId: string;
  conversationId: string | null;
  fromId: string;
  toPersonId: string | null;
  toTeamId: string | null;
  brief: Brief;
  mode: Handover['mode'];
  state: HandoverState;
  reason: string | null;
  readAt: Date | null;
  readers: string[];
  acceptedById: string | null;
  expiresAt: Date | null;
  createdAt: Date;
}

export const handoverColumns: Sql = sql`h.id, h.version, h.case_id as "caseId", h.conversation_id as "conversationId", h.from_id as "fromId",
  h.to_person_id as "toPersonId", h.to_team_id as "toTeamId", h.brief, h.mode, h.state, h.reason, h.read_at as "readAt", h.readers,
  h.accepted_by as "acceptedById", h.expires_at as "expiresAt", h.created_at as "createdAt"`;

export interface TopicRow {
  id: string;
  version: number;
  parentId: string | null;
  key: string;
  labelDe: string;
  labelEn: string;
  ownerDepartment: string;
  trainingSuitable: boolean;
  retiredAt: Date | null;
}

export const topicColumns: Sql = sql`t.id, t.version, t.parent_id as "parentId", t.key, t.label_de as "labelDe", t.label_en as "labelEn",
  t.owner_department as "ownerDepartment", t.training_suitable as "trainingSuitable", t.retired_at as "retiredAt"`;

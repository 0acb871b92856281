import { z } from 'zod';
import { conversation, message, priority } from '../conversations.ts';
import { id, instant, page, recordHead } from '../core.ts';
import { customerNote } from '../customers.ts';
import { order } from '../orders.ts';

export const caseState = z.enum(['open', 'waiting', 'resolved', 'closed', 'merged']);

/** A structured fact the customer told or a system knows, so that nobody asks again. */
export const fact = z.object({ key: z.string(), label: z.string(), value: z.string(), source: z.string(), at: instant });
export type Fact = z.infer<typeof fact>;

/** One concern of one customer across all conversations and days. Record kind `case`. `number` is what people say on the phone. */
export const kase = z.object({
  ...recordHead,
  number: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  subject: z.string(),
  topicId: z.string().nullable(),
  state: caseState,
  ownerId: z.string().nullable(),
  priority,
  tags: z.array(z.string()),
  facts: z.array(fact),
  /** What the customer wants, in the customer's words. */
  wish: z.string().nullable(),
  resolution: z.object({ summary: z.string(), solvedById: z.string(), customerInformedAt: instant }).nullable(),
  contactsCount: z.number().int(),
  handoversCount: z.number().int(),
  conversationIds: z.array(z.string()),
  origin: z.enum(['public', 'private']),
  mergedInto: z.string().nullable(),
  createdAt: instant,
  lastActivityAt: instant,
  /** When a person first answered this concern, and last. */
  firstAnswerAt: instant.nullable(),
  lastAnswerAt: instant.nullable(),
});
export type Case = z.infer<typeof kase>;

/**
 * What the customer was told. A commitment (Zusage) has a due time and an owner; it breaks by itself when due time passes.
 * A decision or commitment changes only by a superseding statement that the customer is told. Record kind `statement`.
 */
export const statement = z.object({
  ...recordHead,
  caseId: z.string(),
  kind: z.enum(['information', 'commitment', 'decision']),
  text: z.string(),
  dueFrom: instant.nullable(),
  dueTo: instant.nullable(),
  ownerId: z.string().nullable(),
  state: z.enum(['told', 'open', 'kept', 'broken', 'made_good', 'released', 'superseded']),
  saidById: z.string(),
  saidAt: instant,
  channel: z.string(),
  supersedesId: z.string().nullable(),
  evidence: z.string().nullable(),
  /** The message in which the customer was told, when it was in writing. */
  messageId: z.string().nullable(),
  /** When a commitment broke; stays when it is made good later. */
  brokenAt: instant.nullable(),
});
export type Statement = z.infer<typeof statement>;

/** Everything the next adviser must know; concern, done and wish may not be empty. */
export const brief = z.object({
  who: z.string().trim().min(1),
  /** In the customer's words. */
  concern: z.string().trim().min(1),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  done: z.string().trim().min(1),
  promised: z.string(),
  openQuestion: z.string(),
  wish: z.string().trim().min(1),
});
export type Brief = z.infer<typeof brief>;

/** A hand-over of a case with its brief; the receiver reads, then accepts. Record kind `handover`. */
export const handover = z.object({
  ...recordHead,
  caseId: z.string(),
  conversationId: z.string().nullable(),
  fromId: z.string(),
  to: z.object({ personId: z.string().nullable(), teamId: z.string().nullable() }),
  brief,
  mode: z.enum(['warm', 'cold']),
  state: z.enum(['briefed', 'read', 'accepted', 'customer_confirmed', 'declined', 'timed_out']),
  reason: z.string().nullable(),
  readAt: instant.nullable(),
  acceptedById: z.string().nullable(),
  createdAt: instant,
  /** A warm hand-over goes back to the old adviser at this instant; null waits. */
  expiresAt: instant.nullable(),
});
export type Handover = z.infer<typeof handover>;

/** Topic tree; every topic has an owner department. A retired one stays with its cases and is not chosen any more. Record kind `topic`. */
export const topic = z.object({
  ...recordHead,
  parentId: z.string().nullable(),
  key: z.string(),
  label: z.object({ de: z.string(), en: z.string() }),
  ownerDepartment: z.string(),
  trainingSuitable: z.boolean(),
  retiredAt: instant.nullable(),
});
export type Topic = z.infer<typeof topic>;

/** How the customer was told: in a message that we sent, in the last answer whichever that is, or by voice or letter at an instant. */
export const informed = z.union([
  z.object({ messageId: id }),
  z.object({ lastAnswer: z.literal(true) }),
  z.object({ how: z.enum(['phone', 'in_person', 'letter', 'chat']), at: instant.optional() }),
]);
export type Informed = z.infer<typeof informed>;

/** What the caller may do with a case now; the interface greys out the rest. */
export const caseAbilities = z.object({
  change: z.boolean(),
  tell: z.boolean(),
  handOver: z.boolean(),
  resolve: z.boolean(),
  merge: z.boolean(),
  split: z.boolean(),
});

export const caseDetail = z.object({
  case: kase,
  conversations: z.array(conversation),
  /** Messages of all its conversations in one order of time, newest first. */
  messages: page(message),
  statements: z.array(statement),
  handovers: z.array(handover),
  /** Merges, splits and transfers that were not undone yet, newest first. */
  moves: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['merge', 'split', 'transfer']),
      /** Whether something came into this case; otherwise it left. */
      incoming: z.boolean(),
      otherId: z.string(),
      otherNumber: z.string(),
      byId: z.string(),
      at: instant,
    }),
  ),
  abilities: caseAbilities,
});
export type CaseDetail = z.infer<typeof caseDetail>;
export type CaseMove = CaseDetail['moves'][number];

/** What joining `from` into `into` would do. */
export const caseMergePreview = z.object({
  from: kase,
  into: kase,
  /** What moves over. */
  conversations: z.array(conversation),
  statements: z.array(statement),
  handoversCount: z.number().int(),
  /** What the remaining case lacked and takes over; null: keeps its own. */
  taken: z.object({
    wish: z.string().nullable(),
    topicId: z.string().nullable(),
    ownerId: z.string().nullable(),
    priority: priority.nullable(),
    tags: z.array(z.string()),
    facts: z.array(fact),
  }),
  /** What both know differently: the remaining case keeps its own, undoing brings the other back. `label` names a fact. */
  conflicts: z.array(
    z.object({ field: z.enum(['wish', 'topic', 'owner', 'fact']), label: z.string().nullable(), kept: z.string(), dropped: z.string() }),
  ),
  /** Why the caller may not do it, as an error code; null when allowed. */
  refusal: z.string().nullable(),
});
export type CaseMergePreview = z.infer<typeof caseMergePreview>;

/** A case that exists but that the caller may read only after giving a reason: nothing but its number. */
export const lockedCase = z.object({ id: z.string(), number: z.string() });

/** One line of the list of commitments, with what is needed to know whose it is. */
export const commitmentLine = z.object({
  statement,
  caseNumber: z.string(),
  caseSubject: z.string(),
  customerId: z.string(),
  customerName: z.string(),
});

export type CommitmentLine = z.infer<typeof commitmentLine>;

/** Why a case cannot be resolved, `data.reasons` of `cases.not_resolvable`. */
export const resolutionReason = z.object({
  code: z.enum([
    'customer_not_informed',
    'informing_message_failed',
    'commitment_overdue',
    'commitment_broken',
    'commitment_open',
    'handover_pending',
    'conversation_not_taken',
    'conversation_held_by_other',
  ]),
  ids: z.array(z.string()),
});
export type ResolutionReason = z.infer<typeof resolutionReason>;

/** Proposed brief and what it was made of; `systemLines` are codes that the interface puts into words. */
export const briefProposal = z.object({
  brief: z.object({
    who: z.string(),
    concern: z.string(),
    facts: z.array(z.object({ label: z.string(), value: z.string() })),
    done: z.string(),
    promised: z.string(),
    openQuestion: z.string(),
    wish: z.string(),
  }),
  systemLines: z.array(z.object({ code: z.string(), data: z.record(z.string(), z.string()), at: instant })),
  /** Statement ids still owed. */
  commitmentIds: z.array(z.string()),
});
export type BriefProposal = z.infer<typeof briefProposal>;

interface CaseFacts {
  caseId: string;
  customerId: string;
  /** Teams of its conversations at that moment. */
  teamIds: string[];
  ownerId: string | null;
}
interface StatementFacts extends CaseFacts {
  statementId: string;
  kind: string;
  /** Who owes it; null for what is no commitment. */
  debtorId: string | null;
}
interface HandoverFacts extends CaseFacts {
  handoverId: string;
  conversationId: string | null;
  fromId: string;
  toPersonId: string | null;
  toTeamId: string | null;
}
interface MoveFacts extends CaseFacts {
  moveId: string;
  otherCaseId: string;
  /** What went from one case to the other. */
  statementIds: string[];
  handoverIds: string[];
}

interface WholeCase extends CaseFacts {
  statementIds: string[];
  handoverIds: string[];
  personIds: string[];
}

declare module '../events.ts' {
  interface EventCatalogue {
    'cases.opened': CaseFacts & { conversationId: string };
    /** `leftTeamId`: a team that had a conversation of it and gave it away. */
    'cases.changed': CaseFacts & { what: 'activity' | 'facts' | 'fields' | 'teams'; leftTeamId?: string; topicChanged?: boolean };
    'cases.state_changed': CaseFacts & { fromState: string; toState: string };
    'cases.owner_assigned': CaseFacts & { formerOwnerId: string | null; forced: boolean };
    'cases.resolved': CaseFacts & { byId: string | null };
    'cases.reminder_due': CaseFacts & { conversationId: string; nth: number };
    /** The customer says that they had to tell it again. */
    'cases.retold': CaseFacts & { conversationId: string };
    /** Its customer's data only lies there from now on: whoever had it loses it. Or it is back. `personIds`: who had a part in it. */
    'cases.restricted': WholeCase;
    'cases.restriction_lifted': WholeCase;
    'cases.access_granted': CaseFacts & { personId: string };
    'cases.statement_made': StatementFacts & { supersedesId: string | null };
    'cases.statement_superseded': StatementFacts & { byStatementId: string };
    'cases.commitment_kept': StatementFacts;
    /** It comes due soon; `trueAt`: since when, the event itself may be later, after a time in which nothing ran. */
    'cases.commitment_near_due': StatementFacts & { dueTo: string; trueAt: string };
    'cases.commitment_broken': StatementFacts;
    'cases.commitment_made_good': StatementFacts;
    'cases.commitment_released': StatementFacts;
    'cases.commitment_owner_changed': StatementFacts & { formerDebtorId: string | null };
    'cases.handover_briefed': HandoverFacts;
    'cases.handover_read': HandoverFacts & { personId: string };
    'cases.handover_accepted': HandoverFacts & { personId: string };
    'cases.handover_declined': HandoverFacts & { personId: string };
    'cases.handover_timed_out': HandoverFacts;
    'cases.handover_customer_confirmed': HandoverFacts;
    'cases.merged': MoveFacts;
    'cases.unmerged': MoveFacts;
    'cases.split': MoveFacts;
    /** Conversations came into this case from `otherCaseId`; `leftTeamIds` had a part in that one and have none in this. */
    'cases.transferred': MoveFacts & { leftTeamIds: string[] };
    'cases.topic_changed': { topicId: string };
  }
}

/**
 * For what restricted data may still be read (Art. 18 (2) GDPR). `retention_duty`: letters that commercial or tax law makes the company keep after an
 * erasure (Art. 17 (3)(b)), for those it keeps them for.
 */
export const archivePurpose = z.enum(['consent', 'legal_claims', 'rights_of_another', 'public_interest', 'retention_duty']);
export type ArchivePurpose = z.infer<typeof archivePurpose>;

const archivedMessage = z.object({
  id: z.string(),
  conversationId: z.string(),
  subject: z.string(),
  kind: z.enum(['message', 'note']),
  direction: z.enum(['in', 'out', 'none']),
  /** Whoever wrote it; `personId` when one of the company did. */
  author: z.object({ name: z.string(), personId: z.string().nullable() }),
  to: z.array(z.string()),
  text: z.string(),
  quoted: z.string().nullable(),
  files: z.array(z.string()),
  at: instant,
});
export type ArchivedMessage = z.infer<typeof archivedMessage>;

const archivedCase = z.object({
  id: z.string(),
  number: z.string(),
  subject: z.string(),
  wish: z.string().nullable(),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  statements: z.array(z.object({ id: z.string(), text: z.string(), saidById: z.string(), saidAt: instant, dueTo: instant.nullable() })),
  briefs: z.array(z.object({ id: z.string(), at: instant, brief: brief.partial() })),
});
export type ArchivedCase = z.infer<typeof archivedCase>;

/** What is kept of somebody restricted. Notes, cases and orders come with the first page, messages the newest first. */
export const archivePage = z.object({
  notes: z.array(customerNote),
  cases: z.array(archivedCase),
  orders: z.array(order),
  messages: z.array(archivedMessage),
  nextCursor: z.string().nullable(),
});
export type ArchivePage = z.infer<typeof archivePage>;

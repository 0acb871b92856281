import { z } from 'zod';
import { instant, recordHead } from './core.ts';
import { priority } from './conversations.ts';

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
});
export type Handover = z.infer<typeof handover>;

/** Topic tree; every topic has an owner department. Record kind `topic`. */
export const topic = z.object({
  ...recordHead,
  parentId: z.string().nullable(),
  key: z.string(),
  label: z.object({ de: z.string(), en: z.string() }),
  ownerDepartment: z.string(),
  trainingSuitable: z.boolean(),
});

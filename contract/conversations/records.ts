import { z } from 'zod';
import { instant, recordHead } from '../core.ts';

/** States of a conversation; `server/modules/conversations/conversation.ts` holds the allowed transitions. */
export const conversationState = z.enum([
  'new',
  'queued',
  'in_progress',
  'waiting_customer',
  'waiting_internal',
  'waiting_third_party',
  'handover',
  'resolved',
  'closed',
  'spam',
  'merged',
]);
export type ConversationState = z.infer<typeof conversationState>;

/** In which order a list stands: what is due first, who waits longest, newest or oldest message, priority and then newest. */
export const listSort = z.enum(['due', 'waiting_longest', 'newest', 'oldest', 'priority']);

/** Which wait a due time ends: for the first answer of all, or for the next one. */
export const answerClock = z.enum(['first_answer', 'next_answer']);
export type AnswerClock = z.infer<typeof answerClock>;

export const priority = z.enum(['low', 'normal', 'high', 'urgent']);

/** Mail that no human wrote, as found by the channel; such a message is never answered automatically. */
export const automaticKind = z.enum([
  'auto_reply',
  'out_of_office',
  'bounce',
  'feedback_report',
  'delivery_status',
  'read_receipt',
  'mailing_list',
  'bulk',
  'loop',
]);

/** One thread on one channel identity, as a row of a list. Record kind `conversation`. */
export const conversation = z.object({
  ...recordHead,
  channel: z.string(),
  accountId: z.string().nullable(),
  visibility: z.enum(['public', 'private']),
  state: conversationState,
  subject: z.string(),
  /** First 160 characters of the newest message that is not a note. */
  preview: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  caseId: z.string().nullable(),
  teamId: z.string().nullable(),
  assigneeId: z.string().nullable(),
  /** Who is on it now; null when free or when the lease ran out. */
  claim: z.object({ personId: z.string(), since: instant, until: instant }).nullable(),
  priority,
  tags: z.array(z.string()),
  lastSeq: z.number().int(),
  lastMessageAt: instant,
  lastDirection: z.enum(['in', 'out']),
  /** Since when the customer waits for an answer, also while somebody else is asked; null when they do not. */
  waitingSince: instant.nullable(),
  /** When the answer they wait for is due, and from when on that is near; null where no service level says. */
  due: z.object({ clock: answerClock, at: instant, nearAt: instant }).nullable(),
  /** The queue they wait in, or waited in last. */
  queueId: z.string().nullable(),
  snoozedUntil: instant.nullable(),
  automatic: automaticKind.nullable(),
  attachmentCount: z.number().int(),
  mergedInto: z.string().nullable(),
  createdAt: instant,
});
export type Conversation = z.infer<typeof conversation>;

export const address = z.object({ name: z.string(), address: z.string() });
export type Address = z.infer<typeof address>;

export const attachment = z.object({
  id: z.string(),
  filename: z.string(),
  mediaType: z.string(),
  size: z.number().int(),
  inline: z.boolean(),
  contentId: z.string().nullable(),
  /** `pending` until the virus hook answered, `infected` ones cannot be downloaded. */
  scan: z.enum(['none', 'pending', 'clean', 'infected']),
});
export type Attachment = z.infer<typeof attachment>;

export const delivery = z.object({
  /** `uncertain`: perhaps sent; with a `problem` until somebody has decided whether it is sent again. */
  state: z.enum(['scheduled', 'held', 'queued', 'sending', 'sent', 'delivered', 'failed', 'uncertain', 'cancelled']),
  at: instant,
  /** `held`: until when the send can be undone; `scheduled`: when it goes out. */
  until: instant.nullable(),
  /** Permanent failure or last temporary one, in words for the adviser. */
  problem: z.object({ code: z.string(), text: z.string() }).nullable(),
  /** When the customer had it before them, where the channel tells; left out while it does not. */
  readAt: instant.optional(),
});

/** Signal `conversations.customer_writing`, to the watchers of a conversation; forgotten after eight seconds. */
export const customerWritingSignal = z.object({ conversationId: z.string(), is: z.boolean() });

/** One message, note or system line of a conversation. Record kind `message`. `seq` is gapless per conversation, from 1. */
export const message = z.object({
  ...recordHead,
  conversationId: z.string(),
  seq: z.number().int(),
  kind: z.enum(['message', 'note', 'system']),
  direction: z.enum(['in', 'out', 'none']),
  visibility: z.enum(['public', 'private', 'internal']),
  author: z.object({ kind: z.enum(['customer', 'person', 'third_party', 'system']), id: z.string().nullable(), name: z.string() }),
  from: address.nullable(),
  to: z.array(address),
  cc: z.array(address),
  bcc: z.array(address),
  /** Where answers are wanted, when it is not `from`; proposed only where it is known. */
  replyTo: z.array(address).optional(),
  subject: z.string().nullable(),
  /** The new text, quotes and signature cut off. */
  text: z.string(),
  quoted: z.string().nullable(),
  signature: z.string().nullable(),
  /** Whether `GET /messages/:id/html` has a sanitised HTML form. */
  hasHtml: z.boolean(),
  attachments: z.array(attachment),
  automatic: automaticKind.nullable(),
  /** Signed, encrypted, calendar, defects: short codes the interface explains. */
  facts: z.array(z.string()),
  delivery: delivery.nullable(),
  mentions: z.array(z.string()),
  hasRaw: z.boolean(),
  at: instant,
});
export type Message = z.infer<typeof message>;

/** How a note that names somebody begins, as a list shows it. */
export const mention = z.object({ authorName: z.string(), text: z.string() });
export type Mention = z.infer<typeof mention>;

/** What an adviser is writing, kept on the server so that nothing typed is lost. One per conversation, person and kind. Record kind `draft`, heard only by its author. */
export const draft = z.object({
  ...recordHead,
  conversationId: z.string(),
  kind: z.enum(['reply', 'note', 'forward']),
  text: z.string(),
  html: z.string().nullable(),
  to: z.array(address),
  cc: z.array(address),
  bcc: z.array(address),
  subject: z.string().nullable(),
  attachmentIds: z.array(z.string()),
  /** The files of `attachmentIds`, so that a reopened draft shows them. */
  attachments: z.array(attachment),
  /** The conversation's `lastSeq` that the author had seen. */
  baseSeq: z.number().int(),
  updatedAt: instant,
});
export type Draft = z.infer<typeof draft>;

/** What the caller may do with one conversation now; the interface greys out the rest. */
export const abilities = z.object({
  claim: z.boolean(),
  takeOver: z.boolean(),
  reply: z.boolean(),
  note: z.boolean(),
  assign: z.boolean(),
  resolve: z.boolean(),
  merge: z.boolean(),
  /** A conflict of interest is noted for the caller: somebody else is to get it. */
  forOthers: z.boolean(),
});

/** Somebody who must not get a conversation, nor any other of its case. Never shown to the customer, nor to whom it concerns. */
export const conflictOfInterest = z.object({ personId: z.string(), reason: z.string(), setById: z.string(), setAt: instant });
export type ConflictOfInterest = z.infer<typeof conflictOfInterest>;

/** Signal `conversations.presence`: who looks at and who writes in a conversation, sent to its watchers. */
export const presenceSignal = z.object({
  conversationId: z.string(),
  viewers: z.array(z.object({ personId: z.string(), name: z.string(), writing: z.enum(['reply', 'note']).nullable(), since: instant })),
});

/** Saved view: a filter people can read. Record kind `view`. */
export const viewFilter = z.object({
  states: z.array(conversationState).optional(),
  assignee: z.enum(['me', 'nobody', 'anybody']).optional(),
  teamIds: z.array(z.string()).optional(),
  /** In which the customer waits, or waited last. */
  queueIds: z.array(z.string()).optional(),
  channels: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
  priorities: z.array(priority).optional(),
  snoozed: z.boolean().optional(),
  claimed: z.boolean().optional(),
  /** Whose customer waits for us longer than this. */
  waitingHours: z.number().int().min(1).max(8_760).optional(),
});
export type ViewFilter = z.infer<typeof viewFilter>;
export const view = z.object({
  ...recordHead,
  name: z.string(),
  /** Null when it is shared: with a team, or with the whole company. */
  ownerId: z.string().nullable(),
  teamId: z.string().nullable(),
  filter: viewFilter,
  sort: listSort,
  position: z.number().int(),
});
export type View = z.infer<typeof view>;

/** Views every company starts with; their ids are their keys. */
export const builtInViews = ['mine', 'unassigned', 'open', 'waiting', 'snoozed', 'mentions', 'resolved', 'spam'] as const;

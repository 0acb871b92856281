import { z } from 'zod';
import {
  abilities,
  address,
  attachment,
  conflictOfInterest,
  conversation,
  draft,
  listSort,
  mention,
  message,
  priority,
  view,
  viewFilter,
} from './conversations/records.ts';
import { done, endpoint, instant, line, page, paging } from './core.ts';
import { searchFilters } from './search.ts';
import { longestText } from './writing/rich-text.ts';

export * from './conversations/records.ts';

declare module './events.ts' {
  interface EventCatalogue {
    'conversations.opened': {
      conversationId: string;
      customerId: string;
      teamId: string | null;
      channel: string;
      accountId: string | null;
      relatedId: string | null;
      /** Its sender may be forged: it goes on with no case by itself, whatever it refers to. */
      isApart?: boolean;
    };
    'conversations.message_received': MessageEvent & { automatic: string | null; reopened: boolean; by: Writer };
    'conversations.message_sent': MessageEvent & { personId: string | null; then: 'wait' | 'keep' | 'resolve' };
    'conversations.note_added': MessageEvent & { personId: string | null; mentionIds: string[] };
    'conversations.system_line_added': MessageEvent;
    'conversations.claimed': ClaimEvent;
    'conversations.released': ClaimEvent;
    'conversations.lease_expired': ClaimEvent;
    'conversations.claim_refused': { conversationId: string; personId: string | null; holderId: string | null; reason: string };
    'conversations.stale_send_refused': { conversationId: string; personId: string | null; reason: string };
    'conversations.step_refused': { conversationId: string; personId: string | null; state: string; step: string };
    /** `asks`, of one that waits for the customer now: whether they were asked anything since their last message. Left out where nobody looked. */
    'conversations.state_changed': ConversationEventData & { fromState: string; toState: string; asks?: boolean };
    'conversations.assigned': ConversationEventData & { personId: string | null; fromPersonId: string | null; fromTeamId: string | null };
    /** `tagsAdded`: tags are among it that were not there before. */
    'conversations.changed': ConversationEventData & { what: string; tagsAdded?: boolean };
    /** What was put off is back at its time; `trueAt`: when that was, the event itself may be later, after a time in which nothing ran. */
    'conversations.came_back': ConversationEventData & { trueAt: string };
    /** `state`: in which it came. */
    'conversations.linked_to_case': ConversationEventData & { fromCaseId: string | null; state?: string };
    'conversations.attachment_scanned': MessageEvent & { verdict: 'clean' | 'infected' };
    'conversations.delivery_changed': MessageEvent & { state: string };
    'conversations.draft_changed': { draftId: string; conversationId: string; personId: string };
    'conversations.merged': ConversationEventData & { intoId: string };
    'conversations.unmerged': ConversationEventData & { intoId: string };
    'conversations.split': ConversationEventData & { newConversationId: string };
    'conversations.split_undone': ConversationEventData & { newConversationId: string };
    // Its customer's data only lies there from now on, and whose it was loses it; `leftPersonIds`: whom it was assigned or open to.
    'conversations.restricted': ConversationEventData & { leftTeamId: string | null; leftPersonIds: string[] };
    'conversations.restriction_lifted': ConversationEventData;
    'conversations.access_granted': { conversationId: string; personId: string };
    'conversations.view_changed': { viewId: string; ownerId: string | null; teamId: string | null };
  }
}

interface ConversationEventData {
  conversationId: string;
  customerId: string;
  teamId: string | null;
  caseId: string | null;
  assigneeId: string | null;
}
interface MessageEvent extends ConversationEventData {
  messageId: string;
  seq: number;
}

/** Whose mail came in. `us`: written elsewhere (the mailbox's own program, an archive); `stranger`: let in by a token alone, or perhaps forged. */
type Writer = 'customer' | 'stranger' | 'us';
interface ClaimEvent extends ConversationEventData {
  personId: string;
  fence: number;
}

const conversationId = { id: z.uuid() };
const addresses = z.array(z.object({ name: z.string().max(200).default(''), address: z.string().trim().min(3).max(320) })).max(500);
const content = {
  text: z.string().max(longestText),
  html: z.string().max(1_000_000).nullable().default(null),
  to: addresses.default([]),
  cc: addresses.default([]),
  bcc: addresses.default([]),
  subject: z.string().max(500).nullable().default(null),
  attachmentIds: z.array(z.uuid()).max(50).default([]),
};

/** What a claim gives: every send must carry `fence`; `until` slides with each heartbeat. */
export const lease = z.object({ fence: z.number().int(), until: instant });

export type Abilities = z.infer<typeof abilities>;

export const conversationDetail = z.object({
  conversation,
  messages: z.array(message),
  /** Cursor for older messages, null when all are here. */
  olderCursor: z.string().nullable(),
  abilities,
  drafts: z.array(draft),
  /** My own lease when I hold the claim. */
  lease: lease.nullable(),
  /** Somebody who serves this customer now in another conversation; which one, where the caller may read it. */
  customerHeldBy: z
    .object({ personId: z.string(), since: instant, conversation: z.object({ id: z.string(), subject: z.string() }).nullable() })
    .nullable(),
  /** Recipients the channel proposes for a reply, and for a reply to all. */
  proposals: z.object({
    reply: z.object({ to: z.array(address), cc: z.array(address) }),
    replyAll: z.object({ to: z.array(address), cc: z.array(address) }),
  }),
});
export type ConversationDetail = z.infer<typeof conversationDetail>;

export const conversationEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/conversations',
    summary: 'Conversations the caller may see, by a view or by filters, a page at a time.',
    access: 'read_case',
    input: z.object({
      ...paging,
      /** A built-in view's key or a saved view's id. */
      view: z.string().max(60).default('open'),
      teamId: z.uuid().optional(),
      sort: listSort.optional(),
    }),
    /** `mentions`: in the view of mentions, the newest note that names the caller, by conversation. */
    output: page(conversation).extend({ mentions: z.record(z.string(), mention).optional() }),
  }),
  counters: endpoint({
    method: 'GET',
    path: '/conversations/counters',
    summary:
      'How many conversations each view and each team (`team:<id>`) of the caller holds; what all see alike is counted once for all.',
    access: 'read_case',
    input: z.object({}),
    /** A view whose number only the archive could tell has none. `atLeast`: views that hold more than are counted. */
    output: z.object({ counters: z.record(z.string(), z.number().int()), atLeast: z.array(z.string()) }),
  }),
  beginnings: endpoint({
    method: 'GET',
    path: '/conversations/beginnings',
    summary: 'Whether the company has received and answered anything yet; for whoever sets it up, without a word of it.',
    access: 'manage_channels',
    input: z.object({}),
    output: z.object({ received: z.boolean(), answered: z.boolean() }),
  }),
  open: endpoint({
    method: 'GET',
    path: '/conversations/:id',
    summary: 'One conversation with its newest messages, the caller’s drafts and abilities.',
    access: 'read_case',
    input: z.object(conversationId),
    output: conversationDetail,
  }),
  openAccess: endpoint({
    method: 'POST',
    path: '/conversations/:id/access',
    summary: 'Reads a conversation of others for eight hours, after a written reason, which is audited.',
    access: 'read_case',
    input: z.object({ ...conversationId, reason: z.string().trim().min(10).max(500) }),
    output: z.object({ until: instant }),
  }),
  messages: endpoint({
    method: 'GET',
    path: '/conversations/:id/messages',
    summary: 'Messages of a conversation, newest first.',
    access: 'read_case',
    input: z.object({ ...conversationId, ...paging }),
    output: page(message),
  }),
  start: endpoint({
    method: 'POST',
    path: '/conversations',
    summary: 'Writes first: opens a conversation with an outgoing message.',
    access: 'write_private_reply',
    creates: true,
    input: z.object({
      ...content,
      draftId: z.uuid(),
      accountId: z.uuid(),
      customerId: z.uuid().optional(),
      sendAt: instant.nullable().default(null),
      undoSeconds: z.number().int().min(0).max(60).default(10),
    }),
    output: z.object({ conversation, message }),
    errors: [
      'conversations.no_recipient',
      'conversations.recipient_invalid',
      'conversations.channel_cannot_start',
      'conversations.text_too_long',
    ],
  }),
  claim: endpoint({
    method: 'POST',
    path: '/conversations/:id/claim',
    summary: 'Takes the conversation and its customer exclusively, for five minutes from the last heartbeat.',
    access: 'claim',
    input: z.object({
      ...conversationId,
      /** `take` a free one, `take_over` from somebody with consent or as lead, after saying why. */
      mode: z.enum(['take', 'take_over']).default('take'),
      reason: z.string().max(500).optional(),
    }),
    output: z.object({ lease, conversation }),
    errors: [
      'conversations.already_claimed',
      'conversations.customer_already_served',
      'conversations.conflict_of_interest',
      'core.illegal_transition',
    ],
  }),
  conflicts: endpoint({
    method: 'GET',
    path: '/conversations/:id/conflicts',
    summary: 'Who must not get this conversation, and why: for those who lead its team, without what concerns themselves.',
    access: 'claim',
    input: z.object(conversationId),
    output: z.object({ items: z.array(conflictOfInterest) }),
    errors: ['core.forbidden'],
  }),
  setConflict: endpoint({
    method: 'PUT',
    path: '/conversations/:id/conflicts/:personId',
    summary:
      'Says that somebody must not get this conversation, nor any other of its case; if they have it, it is free at once. For those who lead its team.',
    access: 'claim',
    input: z.object({ ...conversationId, personId: z.uuid(), reason: line(300) }),
    output: z.object({ items: z.array(conflictOfInterest) }),
    errors: ['conversations.person_unknown', 'core.forbidden'],
  }),
  dropConflict: endpoint({
    method: 'DELETE',
    path: '/conversations/:id/conflicts/:personId',
    summary: 'Lets somebody get this conversation again; not oneself.',
    access: 'claim',
    input: z.object({ ...conversationId, personId: z.uuid() }),
    output: z.object({ items: z.array(conflictOfInterest) }),
    errors: ['core.forbidden'],
  }),
  takeNext: endpoint({
    method: 'POST',
    path: '/conversations/next',
    summary:
      'Takes the first conversation of a view, in its order, that is free and whose customer no colleague is serving. Of those who ask at the same moment each gets another one.',
    access: 'claim',
    once: true,
    input: z.object({
      /** A built-in view's key or a saved view's id. What is assigned to somebody is given to nobody else. */
      view: z.string().max(60).default('unassigned'),
      teamId: z.uuid().optional(),
      sort: listSort.optional(),
    }),
    output: z.object({ lease, conversation }),
    errors: ['conversations.nothing_free', 'conversations.nothing_but_resting', 'conversations.nothing_for_your_skills'],
  }),
  heartbeat: endpoint({
    method: 'PUT',
    path: '/conversations/:id/claim',
    summary: 'Renews the lease.',
    access: 'claim',
    input: z.object({ ...conversationId, fence: z.number().int() }),
    output: z.object({ lease }),
    errors: ['conversations.claim_lost'],
  }),
  release: endpoint({
    method: 'DELETE',
    path: '/conversations/:id/claim',
    summary: 'Gives the conversation back; the draft is kept.',
    access: 'claim',
    input: z.object(conversationId),
    output: z.object({ conversation }),
  }),
  reply: endpoint({
    method: 'POST',
    path: '/conversations/:id/messages',
    summary: 'Answers the customer. Refused when the claim is lost or something newer arrived; the draft stays.',
    access: 'write_private_reply',
    creates: true,
    input: z.object({
      ...conversationId,
      ...content,
      /** Made by the browser; the message is created at most once per draft id, and bears it as its own id where that begins with its time (version 7). */
      draftId: z.uuid(),
      fence: z.number().int(),
      /** The last `seq` the author had seen. */
      baseSeq: z.number().int(),
      then: z.enum(['wait', 'keep']).default('wait'),
      /** What the customer is asked for, where the text says so without a question. Kept in the timeline. */
      asksFor: line(200).optional(),
      sendAt: instant.nullable().default(null),
      undoSeconds: z.number().int().min(0).max(60).default(10),
    }),
    output: z.object({ message, conversation }),
    errors: [
      'conversations.claim_lost',
      'conversations.stale_view',
      'conversations.no_recipient',
      'conversations.recipient_invalid',
      'conversations.attachment_missing',
      'conversations.attachment_infected',
      'conversations.empty_message',
      'conversations.text_too_long',
    ],
  }),
  undoSend: endpoint({
    method: 'DELETE',
    path: '/conversations/:id/messages/:messageId/delivery',
    summary:
      'Takes a send back while it is held or scheduled; its text becomes a draft again, and the caller holds the conversation again if nobody else does.',
    access: 'write_private_reply',
    input: z.object({ ...conversationId, messageId: z.uuid() }),
    output: z.object({ message, draft, lease: lease.nullable() }),
    errors: ['conversations.already_sent'],
  }),
  decideDelivery: endpoint({
    method: 'POST',
    path: '/conversations/:id/messages/:messageId/delivery',
    summary: 'Decides about a message that failed or was perhaps sent: it is sent again, or left as it is.',
    access: 'write_private_reply',
    input: z.object({ ...conversationId, messageId: z.uuid(), decision: z.enum(['send_again', 'leave']) }),
    output: z.object({ message }),
    errors: ['conversations.nothing_to_decide'],
  }),
  forward: endpoint({
    method: 'POST',
    path: '/conversations/:id/forwards',
    summary: 'Sends the conversation’s messages to a third party, who is not the customer.',
    access: 'write_private_reply',
    creates: true,
    input: z.object({
      ...conversationId,
      ...content,
      draftId: z.uuid(),
      fence: z.number().int(),
      messageIds: z.array(z.uuid()).min(1).max(50),
      undoSeconds: z.number().int().min(0).max(60).default(10),
    }),
    output: z.object({ message, conversation }),
    errors: ['conversations.claim_lost', 'conversations.no_recipient', 'conversations.recipient_invalid'],
  }),
  note: endpoint({
    method: 'POST',
    path: '/conversations/:id/notes',
    summary: 'Writes an internal note. Notes have no recipients and no way out of the house.',
    access: 'internal_note',
    creates: true,
    input: z.object({
      ...conversationId,
      noteId: z.uuid(),
      text: z.string().trim().min(1).max(50_000),
      mentions: z.array(z.uuid()).max(20).default([]),
      attachmentIds: z.array(z.uuid()).max(50).default([]),
    }),
    output: z.object({ message }),
  }),
  saveDraft: endpoint({
    method: 'PUT',
    path: '/conversations/:id/drafts/:kind',
    summary:
      'Keeps what the caller is writing. `version` 0 for a new one; an older version than the stored one is refused with both texts.',
    access: 'internal_note',
    input: z.object({
      ...conversationId,
      ...content,
      kind: z.enum(['reply', 'note', 'forward']),
      baseSeq: z.number().int(),
      version: z.number().int().default(0),
    }),
    output: z.object({ draft }),
    errors: ['conversations.draft_newer', 'conversations.text_too_long'],
  }),
  dropDraft: endpoint({
    method: 'DELETE',
    path: '/conversations/:id/drafts/:kind',
    summary: 'Throws a draft away.',
    access: 'internal_note',
    input: z.object({ ...conversationId, kind: z.enum(['reply', 'note', 'forward']) }),
    output: done,
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/conversations/:id',
    summary: 'Changes assignee, team, priority, tags, subject or snooze; only what is named.',
    access: 'claim',
    input: z.object({ ...conversationId, ...changes() }),
    output: z.object({ conversation }),
    errors: ['conversations.assignee_cannot_read'],
  }),
  step: endpoint({
    method: 'POST',
    path: '/conversations/:id/steps',
    summary: 'Takes a step of the state machine that needs nothing more: waiting for an expert or third party, their answer, spam.',
    access: 'claim',
    input: z.object({
      ...conversationId,
      step: z.enum(['ask_expert', 'expert_answered', 'need_third_party', 'third_party_answered', 'classify_spam', 'not_spam']),
    }),
    output: z.object({ conversation }),
    errors: ['core.illegal_transition'],
  }),
  merge: endpoint({
    method: 'POST',
    path: '/conversations/:id/merge',
    summary: 'Joins this conversation into another of the same customer; later messages go there.',
    access: 'claim',
    input: z.object({ ...conversationId, intoId: z.uuid() }),
    output: z.object({ conversation }),
    errors: ['conversations.other_customer', 'core.illegal_transition'],
  }),
  unmerge: endpoint({
    method: 'DELETE',
    path: '/conversations/:id/merge',
    summary: 'Undoes a merge exactly.',
    access: 'claim',
    input: z.object(conversationId),
    output: z.object({ conversation }),
  }),
  split: endpoint({
    method: 'POST',
    path: '/conversations/:id/splits',
    summary: 'Copies messages into a conversation of their own, e.g. a second concern in one mail.',
    access: 'claim',
    creates: true,
    input: z.object({ ...conversationId, messageIds: z.array(z.uuid()).min(1).max(200), subject: z.string().trim().min(1).max(500) }),
    output: z.object({ splitId: z.string(), conversation }),
  }),
  undoSplit: endpoint({
    method: 'DELETE',
    path: '/conversations/:id/splits/:splitId',
    summary: 'Undoes a split as long as nothing was written in the new conversation.',
    access: 'claim',
    input: z.object({ ...conversationId, splitId: z.uuid() }),
    output: done,
    errors: ['conversations.split_in_use'],
  }),
  bulk: endpoint({
    method: 'POST',
    path: '/conversations/bulk',
    summary: 'The same change for many; each succeeds or fails by itself.',
    access: 'claim',
    input: z.object({ ids: z.array(z.uuid()).min(1).max(200), ...changes(), step: z.enum(['classify_spam', 'not_spam']).optional() }),
    output: z.object({ results: z.array(z.object({ id: z.string(), code: z.string().nullable() })) }),
  }),
  html: endpoint({
    method: 'GET',
    path: '/messages/:id/html',
    summary: 'The message’s HTML, sanitised, as a page that can run nothing. Remote pictures only with images=1.',
    access: 'read_case',
    download: true,
    input: z.object({ ...conversationId, images: z.enum(['0', '1']).default('0') }),
    output: z.object({}),
  }),
  raw: endpoint({
    method: 'GET',
    path: '/messages/:id/raw',
    summary: 'The message exactly as it arrived or left.',
    access: 'read_case',
    download: true,
    input: z.object(conversationId),
    output: z.object({}),
  }),
  attachment: endpoint({
    method: 'GET',
    path: '/attachments/:id',
    summary: 'One attachment.',
    access: 'read_case',
    download: true,
    input: z.object({ ...conversationId, inline: z.enum(['0', '1']).default('0') }),
    output: z.object({}),
    errors: ['conversations.attachment_infected'],
  }),
  upload: endpoint({
    method: 'POST',
    path: '/attachments',
    summary: 'Uploads a file for a draft; unused ones are removed after a week.',
    access: 'internal_note',
    creates: true,
    upload: true,
    bodyLimit: 40 * 1024 * 1024,
    input: z.object({
      filename: z.string().min(1).max(255),
      mediaType: z.string().max(120).default('application/octet-stream'),
      content: z.custom<Uint8Array>((v) => v instanceof Uint8Array),
    }),
    output: z.object({ attachment }),
  }),
  views: endpoint({
    method: 'GET',
    path: '/views',
    summary: 'Built-in views and the saved ones of the caller and the company.',
    access: 'read_case',
    input: z.object({}),
    output: z.object({ items: z.array(view) }),
  }),
  saveView: endpoint({
    method: 'PUT',
    path: '/views/:id',
    summary: 'Makes or changes a saved view of the caller, of a team they lead, or of the company with the right to manage tags.',
    access: 'read_case',
    input: z.object({
      id: z.uuid(),
      name: z.string().trim().min(1).max(80),
      filter: viewFilter,
      sort: view.shape.sort.default('due'),
      position: z.number().int().default(0),
      shared: z.boolean().default(false),
      teamId: z.uuid().nullable().default(null),
    }),
    output: z.object({ view }),
  }),
  dropView: endpoint({
    method: 'DELETE',
    path: '/views/:id',
    summary: 'Removes a saved view.',
    access: 'read_case',
    input: z.object(conversationId),
    output: done,
  }),
  search: endpoint({
    method: 'GET',
    path: '/messages',
    summary: 'Search over the messages and notes the caller may read; `contract/search.ts` says how it is written.',
    access: 'read_case',
    input: z.object({ ...paging, q: z.string().trim().min(2).max(300), order: z.enum(['best', 'newest']).default('best') }),
    output: page(
      z.object({
        message,
        conversation,
        /** Where in the text it was found: what matches stands between double square brackets. */
        excerpt: z.string(),
        /** Of the conversation, marked likewise. */
        subject: z.string(),
        /** How many more messages of this conversation answer; each conversation comes once when the best come first. */
        more: z.number().int(),
      }),
    ).extend({
      /** How it is sorted: `newest` also when the words are in too many messages to weigh them. */
      order: z.enum(['best', 'newest']),
      /** Nothing had all of the words: these have some of them. */
      loosened: z.boolean(),
      /** Words that hardly anybody wrote, so that what is here holds others like them. */
      resembling: z.array(z.string()),
      /** Filters that were left out, because their value means nothing. */
      wrong: z.array(z.object({ filter: z.enum(searchFilters), value: z.string() })),
    }),
  }),
};

function changes() {
  return {
    assigneeId: z.uuid().nullable().optional(),
    teamId: z.uuid().optional(),
    priority: priority.optional(),
    tags: z.array(z.string().trim().min(1).max(50)).max(30).optional(),
    subject: z.string().trim().min(1).max(500).optional(),
    snoozedUntil: instant.nullable().optional(),
  };
}

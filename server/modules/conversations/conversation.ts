import type { ConversationState } from '../../../contract/conversations.ts';

/**
 * What can happen to a conversation. Specification 4.3.1, with two widenings: an adviser may also take a waiting or resolved
 * conversation (`claim`), because people write a second time before the customer answers; and what waits in the queue may have been answered
 * elsewhere (`answered_elsewhere`), in the mailbox's own program or in an archive.
 */
export const conversationEvents = [
  'classify_human',
  'classify_spam',
  'not_spam',
  'claim',
  'lease_expired',
  'release',
  'send_and_wait',
  'answered_elsewhere',
  'ask_expert',
  'expert_answered',
  'need_third_party',
  'third_party_answered',
  'wait_over',
  'hand_over',
  'hand_over_accepted',
  'hand_over_declined',
  'resolve',
  'customer_message',
  'silence',
  'close',
  'merge',
  'unmerge',
] as const;
export type ConversationEvent = (typeof conversationEvents)[number];

type Target = ConversationState | 'previous';

const open = ['new', 'queued', 'in_progress', 'waiting_customer', 'waiting_internal', 'waiting_third_party', 'handover'] as const;

/** Every allowed step; whatever is not here is refused with `core.illegal_transition`. */
export const transitions: Record<ConversationState, Partial<Record<ConversationEvent, Target>>> = {
  new: { classify_human: 'queued', classify_spam: 'spam', merge: 'merged' },
  queued: {
    claim: 'in_progress',
    answered_elsewhere: 'waiting_customer',
    classify_spam: 'spam',
    customer_message: 'queued',
    merge: 'merged',
  },
  in_progress: {
    claim: 'in_progress',
    lease_expired: 'queued',
    release: 'queued',
    send_and_wait: 'waiting_customer',
    ask_expert: 'waiting_internal',
    need_third_party: 'waiting_third_party',
    hand_over: 'handover',
    resolve: 'resolved',
    customer_message: 'in_progress',
    classify_spam: 'spam',
    merge: 'merged',
  },
  waiting_customer: { claim: 'in_progress', customer_message: 'queued', silence: 'resolved', merge: 'merged' },
  waiting_internal: { claim: 'in_progress', expert_answered: 'queued', wait_over: 'queued', customer_message: 'queued', merge: 'merged' },
  waiting_third_party: {
    claim: 'in_progress',
    third_party_answered: 'queued',
    wait_over: 'queued',
    customer_message: 'queued',
    merge: 'merged',
  },
  handover: { hand_over_accepted: 'in_progress', hand_over_declined: 'in_progress', customer_message: 'handover', merge: 'merged' },
  resolved: { claim: 'in_progress', customer_message: 'queued', close: 'closed' },
  closed: {},
  spam: { not_spam: 'queued', customer_message: 'spam' },
  merged: { unmerge: 'previous' },
};

/** The state after an event, or undefined when the step is not allowed. `previous` is the state before a merge. */
export function nextState(
  state: ConversationState,
  event: ConversationEvent,
  previous: ConversationState | null = null,
): ConversationState | undefined {
  const target = transitions[state][event];
  return target === 'previous' ? (previous ?? undefined) : target;
}

/** Whether it rests on our answer: it is ours again when the customer writes, or when it turns out that the answer did not get there. */
export const isAnswered = (state: ConversationState): boolean => state === 'waiting_customer' || state === 'resolved';

export const isOpen = (state: ConversationState): boolean => (open as readonly string[]).includes(state);

/** A lease counts until its time, whatever the row says: a sweeper that is late must not lock anybody out. */
export function holderAt(claim: { claimedBy: string | null; claimUntil: Date | null }, now: Date): string | null {
  return claim.claimedBy && claim.claimUntil && claim.claimUntil > now ? claim.claimedBy : null;
}

/** Whether somebody may still send by what they were given: the newest fence of a claim that is theirs and counts. */
export const holdsFence = (
  claim: { claimedBy: string | null; claimUntil: Date | null; fence: number },
  sender: { personId: string | null; fence: number },
  now: Date,
): boolean => claim.claimedBy === sender.personId && claim.fence === sender.fence && holderAt(claim, now) !== null;

/** Whether somebody else works on a conversation, or serves its customer elsewhere. */
export const isContested = (me: string, holder: string | null, server: string | null): boolean =>
  [holder, server].some((other) => other !== null && other !== me);

/** Sliding lease: five minutes, renewed every thirty seconds by the browser that works (specification 0.4). */
export const leaseSeconds = 300;
/** How long it waits for others before it comes back by itself, by the clock on the wall: an expert has four hours (specification 4.3.1). */
export const waitSeconds: Partial<Record<ConversationState, number>> = { waiting_internal: 4 * 3_600, waiting_third_party: 3 * 86_400 };
/** How long a customer's answer reopens a resolved conversation before it makes a new one. */
export const reopenDays = 30;

/** A closed conversation stays closed, and one resolved long ago: the customer's message opens a new one beside it. */
export function mayContinue(row: { state: ConversationState; resolvedAt: Date | null }, at: Date, isHistory: boolean): boolean {
  if (row.state === 'merged' || (row.state === 'closed' && !isHistory)) return false;
  return (
    (row.state !== 'resolved' && row.state !== 'closed') ||
    row.resolvedAt === null ||
    at.getTime() - row.resolvedAt.getTime() <= reopenDays * 86_400_000
  );
}

const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export const priorityName = (level: number) => priorities[level] ?? 'normal';
export const priorityLevel = (name: (typeof priorities)[number]) => priorities.indexOf(name);

/** Automatic mail that must neither reopen nor queue anything; a bounce must, because somebody has to act. */
export const isQuiet = (automatic: string | null): boolean =>
  automatic === 'auto_reply' ||
  automatic === 'out_of_office' ||
  automatic === 'delivery_status' ||
  automatic === 'read_receipt' ||
  automatic === 'loop';

/** First line of what somebody would read in a list. */
export const previewOf = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 160);

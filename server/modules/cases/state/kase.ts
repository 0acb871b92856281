import type { Case } from '../../../../contract/cases.ts';
import type { ConversationState } from '../../../../contract/conversations.ts';

export type CaseState = Case['state'];

/** Named defaults of the specification (0.4) and of 4.3.1. */
export const ownerForcedAtContacts = 3;
export const handoverMaxPerCase = 1;
export const accessHours = 8;
export const closeAfterDays = 30;
/** A customer who does not answer is reminded after three and seven days; after fourteen the matter rests. */
export const silenceDays = [3, 7, 14] as const;
export const dayMilliseconds = 86_400_000;

/** What a case knows of one of its conversations. */
export interface Link {
  conversationId: string;
  state: ConversationState;
  contacts: number;
  firstAnswerAt: Date | null;
  lastAnswerAt: Date | null;
  lastAnswerId: string | null;
  lastAnswerBy: string | null;
  lastHandlerId: string | null;
  handledAt: Date | null;
  activityAt: Date;
}

/** The part of a case that follows from its conversations and from what we owe. */
export interface Standing {
  state: CaseState;
  ownerId: string | null;
  contactsCount: number;
  handoversCount: number;
  firstAnswerAt: Date | null;
  lastAnswerAt: Date | null;
  lastActivityAt: Date;
  resolvedAt: Date | null;
  closedAt: Date | null;
}

const oursNow: readonly ConversationState[] = ['new', 'queued', 'in_progress', 'handover'];
const waiting: readonly ConversationState[] = ['waiting_customer', 'waiting_internal', 'waiting_third_party'];

/**
 * The state of a case is never set, it follows: from its conversations, from what we still owe (`owed`: a commitment broken, or open and
 * not carried over the resolution), and from having been closed. While something is owed, no case is resolved.
 */
export function stateOf(states: readonly ConversationState[], owed: boolean, isClosed: boolean): Exclude<CaseState, 'merged'> {
  if (states.some((s) => oursNow.includes(s))) return 'open';
  if (owed || states.some((s) => waiting.includes(s))) return 'waiting';
  return isClosed ? 'closed' : 'resolved';
}

/** A case nobody owns gets one by force at the third contact or after the first hand-over: whoever had it in hand last. */
export const needsOwner = (contactsCount: number, handoversCount: number): boolean =>
  contactsCount >= ownerForcedAtContacts || handoversCount >= handoverMaxPerCase;

/** Computes the standing anew; the same links give the same answer, so a merge taken back leaves no trace in it. */
export function settle(now: Date, before: Standing, links: readonly Link[], owed: boolean): Standing {
  if (before.state === 'merged' || links.length === 0) return before;
  const contactsCount = links.reduce((sum, l) => sum + l.contacts, 0);
  const state = stateOf(
    links.map((l) => l.state),
    owed,
    before.closedAt !== null,
  );
  const isDone = state === 'resolved' || state === 'closed';
  return {
    state,
    ownerId: before.ownerId ?? (needsOwner(contactsCount, before.handoversCount) ? lastHandler(links) : null),
    contactsCount,
    handoversCount: before.handoversCount,
    firstAnswerAt: earliest(links.map((l) => l.firstAnswerAt)),
    lastAnswerAt: latest(links.map((l) => l.lastAnswerAt)),
    lastActivityAt: latest(links.map((l) => l.activityAt)) ?? before.lastActivityAt,
    resolvedAt: isDone ? (before.resolvedAt ?? now) : null,
    closedAt: isDone ? before.closedAt : null,
  };
}

/** The answer that counts as having told the customer, when nobody said explicitly how. */
export function lastAnswer(links: readonly Link[]): { id: string; byId: string; at: Date } | undefined {
  const best = links
    .filter((l) => l.lastAnswerId && l.lastAnswerBy && l.lastAnswerAt)
    .toSorted((a, b) => time(b.lastAnswerAt) - time(a.lastAnswerAt))[0];
  return best?.lastAnswerId && best.lastAnswerBy && best.lastAnswerAt
    ? { id: best.lastAnswerId, byId: best.lastAnswerBy, at: best.lastAnswerAt }
    : undefined;
}

export function lastHandler(links: readonly Link[]): string | null {
  return links.filter((l) => l.lastHandlerId).toSorted((a, b) => time(b.handledAt) - time(a.handledAt))[0]?.lastHandlerId ?? null;
}

/** When to look next at a customer's silence that began at `since`; `reminders` have been sent. */
export const silenceLook = (since: Date, reminders: number): Date =>
  new Date(since.getTime() + (silenceDays[reminders] ?? silenceDays[2]) * dayMilliseconds);

const time = (at: Date | null): number => at?.getTime() ?? 0;
const latest = (dates: readonly (Date | null)[]): Date | null => dates.reduce((a, b) => (time(b) > time(a) ? b : a), null);
const earliest = (dates: readonly (Date | null)[]): Date | null => dates.reduce((a, b) => (b && (!a || b < a) ? b : a), null);

import type { ConversationState } from '../../contract/conversations.ts';
import type { ConversationEvent } from '../../server/modules/conversations/conversation.ts';

/** The rules that decide, as the product has them; a test changes one and expects the exploration to notice. */
export interface Rules {
  nextState(state: ConversationState, event: ConversationEvent): ConversationState | undefined;
  holderAt(claim: { claimedBy: string | null; claimUntil: Date | null }, now: Date): string | null;
  holdsFence(
    claim: { claimedBy: string | null; claimUntil: Date | null; fence: number },
    sender: { personId: string | null; fence: number },
    now: Date,
  ): boolean;
  isContested(me: string, holder: string | null, server: string | null): boolean;
  /** What the statement compares that takes a conversation, or the lease on a customer: whoever has it, until when, and what was seen when. */
  mayWrite(had: { by: string | null; until: number }, wish: { by: string; at: number; from: string | null }): boolean;
  /** Until when somebody has what they have already, when they get it again. */
  lasting(had: number, until: number): number;
}

/** What an exploration leaves out; runs may be as long as they like. */
export interface Bounds {
  /** Requests on their way at the same moment. */
  requests: number;
  /** Units of time that a process may need between looking and writing. A lease lasts `lease` of them. */
  slowest: number;
  lease: number;
}

export const people = ['A', 'B', 'C'] as const;
export type PersonId = (typeof people)[number];
export interface Conversation {
  state: ConversationState;
  claimedBy: PersonId | null;
  until: number;
  fence: number;
  /** Messages so far, and whether the customer waits for an answer to one. */
  seq: number;
  waits: boolean;
  handover: { from: PersonId; to: PersonId } | null;
}

/**
 * A request on its way, or a process in the middle of one: it arrives whenever it does, or never. What a browser sends by what it knew long ago is the same as
 * what it sent then and arrives now.
 */
export type Request =
  | {
      kind: 'claim';
      by: PersonId;
      at: number;
      takesOver: boolean;
      /** What was seen, and when. */
      now: number;
      holder: PersonId | null;
      server: PersonId | null;
      /** The conversation has changed since: its version is another one. */
      overtaken: boolean;
    }
  | { kind: 'send' | 'beat'; by: PersonId; at: number; fence: number; seq: number };

/** One customer with a conversation on each of two channels, three advisers, and what is under way between them. */
export interface World {
  now: number;
  lease: number;
  conversations: [Conversation, Conversation];
  /** Who serves the customer. */
  server: { by: PersonId; until: number } | null;
  requests: Request[];
  /** What was typed, each text named by the claim it was written under: what is kept, what was sent, and all. */
  drafts: string[];
  sent: string[];
  typed: string[];
}

const fresh = (): Conversation => ({ state: 'queued', claimedBy: null, until: 0, fence: 0, seq: 1, waits: true, handover: null });

/** The customer has written on both channels, and nobody has seen it yet. */
export const beginning = ({ lease }: Bounds): World => ({
  now: 0,
  lease,
  conversations: [fresh(), fresh()],
  server: null,
  requests: [],
  drafts: [],
  sent: [],
  typed: [],
});

export const atTime = (units: number): Date => new Date(units);

/** A conversation's claim as the product's rules take it. */
export const claimOf = ({ claimedBy, until, fence }: Conversation) => ({ claimedBy, claimUntil: claimedBy ? atTime(until) : null, fence });

/** The name of what somebody wrote under a claim. */
export const draftOf = ({ at, fence }: { at: number; fence: number }, by: PersonId): string => `${by}${at}.${fence}`;

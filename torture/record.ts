import type { Beat } from './machine.ts';

/**
 * What those around the installation saw and were told: customers, advisers and the mail server on the other side. It is written down outside of the
 * processes that are killed, so it is what the database is held against. Times are milliseconds of this machine's clock.
 */
export interface Record {
  mails: MailSent[];
  /** Every mail the receiving server took from us. */
  taken: MailTaken[];
  answers: Answer[];
  leases: LeaseTold[];
  listenings: Listening[];
  times: Times;
}

/** What was done to the time, and when nobody could be expected to do anything. */
export interface Times {
  /** From this instant on all clocks are so many milliseconds ahead of this machine's. */
  ahead: { at: number; by: number }[];
  /** A process went by another time than all others. */
  wrong: Stretch[];
  /** All of the processes, or what they need, was taken away. */
  away: Stretch[];
  /** Which share of the time somebody who wanted to work here could (`machine.ts`). */
  beats: Beat[];
}

export interface Stretch {
  from: number;
  to: number;
}

/** A mail of a customer, delivered until a door said 250; `acknowledged` counts how often one did. */
export interface MailSent {
  messageId: string;
  acknowledged: number;
  /** When the first door said so. */
  at?: number;
}

export interface MailTaken {
  /** The id of the draft that stands in its text. */
  draftId: string;
  messageId: string;
  /** Where it asks replies to go. */
  replyTo: string;
}

/** An answer of an adviser. `lost`: at least one attempt got no reply, so nobody can know whether it was accepted. */
export interface Answer {
  draftId: string;
  conversationId: string;
  personId: string;
  fence: number;
  outcome: 'accepted' | 'refused' | 'unknown';
  lost: boolean;
}

export interface LeaseTold {
  conversationId: string;
  personId: string;
  fence: number;
  /** Until when, in milliseconds of the clock of the process that gave it. */
  until: number;
}

/** One uninterrupted piece of somebody's stream: every event after `from` up to `to` must have come, once. Cursors as the stream names them. */
export interface Listening {
  personId: string;
  from: string;
  to: string;
  heard: HeardEvent[];
  /** Frames whose number was not the one after the last. */
  gaps: number;
}

export interface HeardEvent {
  type: string;
  at: string;
  subject: { [key: string]: string };
}

/** What stands on an adviser's screen of one conversation. */
export interface Shown {
  version: number;
  state: string;
  subject: string;
  lastSeq: number;
  claimedBy: string | null;
  assigneeId: string | null;
  caseId: string | null;
}

export const emptyRecord = (): Record => ({
  mails: [],
  taken: [],
  answers: [],
  leases: [],
  listenings: [],
  times: { ahead: [], wrong: [], away: [], beats: [] },
});

import type { z } from 'zod';
import type { Address, automaticKind } from '../conversations.ts';
import type { IdentityKind } from '../customers.ts';

// What travels through a channel, in and out; see `channel.ts` for who makes and takes it.

/** `code` is translated through the channel's strings as `problem.<code>`; `text` is the service's own words, cut at 500 characters. */
export interface ChannelProblem {
  code: string;
  text?: string;
}

// ---------------------------------------------------------------------------------------------- inbound

/** What lies in the intake. */
export interface RawIntake {
  id: string;
  platformId: string | null;
  content: Uint8Array;
  mediaType: string;
  envelope: Record<string, unknown>;
  receivedAt: Date;
}

/** One raw delivery holds none, one or many of these; their order is kept, so `index` names them for ever: parse must be repeatable. */
export type InboundItem = InboundMessage | InboundReceipt | InboundEdit | InboundDeletion | InboundProfile | InboundIgnored;

export interface Sender {
  kind: IdentityKind;
  /** As `identity.normalise` gives it: mail address, E.164, or `<channel>:<account id>` for handles. */
  value: string;
  /** As written. */
  label: string;
  /** Display name, '' when there is none. Anybody may claim any. */
  name: string;
  /** The address is proved by whoever signed the person in: from here on it recognises the customer. Left out: claimed. */
  isProved?: boolean;
}

export interface InboundMessage {
  kind: 'message';
  /** The platform's id of this message, by which later ones refer to it; a hash of the content when it has none. Unique per account. */
  platformId: string;
  /** Null when nobody can be told (empty From). */
  from: Sender | null;
  /** Written by ourselves elsewhere (the platform's own app, the mailbox's Sent folder). */
  isOurs: boolean;
  to: Address[];
  cc: Address[];
  replyTo: Address[];
  /** Where the mailing list it came over takes messages, as `identity.normalise` gives it. An answer goes to the author, and there only when somebody enters it. */
  listAddresses: string[];
  /** Other addresses that the sender names as the own, on whatever channel; unproved. What comes from there is no stranger's. Left out: none. */
  reachableAt?: Address[];
  subject: string | null;
  /** The new text, \n line ends, quotes and signature cut off. */
  text: string;
  quoted: string | null;
  signature: string | null;
  /** Untouched and unsafe until sanitised. */
  html: string | null;
  attachments: InboundAttachment[];
  /** When it was written, as the sender says; may be wrong. */
  at: Date;
  receivedAt: Date;
  automatic: AutomaticKind | null;
  /** Nothing automatic may be sent to it (loops, bounces, lists). */
  neverAnswer: boolean;
  /** BCP 47, when the message says or the channel knows. */
  language: string | null;
  /** Short codes the interface explains: `signed`, `encrypted`, `calendar`, `id_reused`, `auth_failed` … */
  facts: string[];
  visibility: 'public' | 'private';
  /** Whether the platform vouches for the sender: DKIM/DMARC aligned, logged in. `pass` is no proof of the person, `fail` is a warning. */
  authentic: 'pass' | 'fail' | 'unknown';
  threading: ThreadHints;
  /** What the channel's own `thread` needs beside; never stored. */
  own?: unknown;
}

export type AutomaticKind = z.infer<typeof automaticKind>;

export interface InboundAttachment {
  filename: string;
  mediaType: string;
  /** Bytes; null: fetch with `media(reference)`. */
  content: Uint8Array | null;
  reference: string | null;
  contentId: string | null;
  /** Shown within the text, not in the list of files. */
  inline: boolean;
}

/** A report about a message we sent. The channels room finds the message by `platformId` and reports `channels.delivered` and so on. */
export interface InboundReceipt {
  kind: 'receipt';
  /** Of our message, as `platformIdFor` or `send` gave it. */
  platformId: string;
  state: 'delivered' | 'failed' | 'delayed' | 'read';
  /** Whom it concerns when the message had several recipients. */
  recipient: string | null;
  problem: (ChannelProblem & { permanence: 'temporary' | 'permanent' }) | null;
  at: Date;
}

export interface InboundEdit {
  kind: 'edit';
  platformId: string;
  text: string;
  html: string | null;
  at: Date;
}

export interface InboundDeletion {
  kind: 'deletion';
  platformId: string;
  at: Date;
}

/** Somebody changed name or handle. */
export interface InboundProfile {
  kind: 'profile';
  of: Sender;
  at: Date;
}

/** Understood and of no interest, or an event unknown to us: kept raw, shown nowhere. */
export interface InboundIgnored {
  kind: 'ignored';
  reason: string;
}

// ---------------------------------------------------------------------------------------------- threading

/** What `conversations` looks up before it asks `thread`, for a whole batch at once. */
export interface ThreadHints {
  /** Platform ids of messages this one refers to, and its own. */
  platformIds: string[];
  /** Ids of the thread itself (chat id, Outlook's thread root). Stored with the conversation when it is opened, so later ones find it. */
  threadKeys: string[];
  /** Case numbers written in subject or text: a hint, never a proof. */
  caseNumbers: string[];
  /** Conversations named by a token of ours whose signature is valid. */
  tokens: string[];
}

/** What is known, loaded beforehand by the hints of the batch; nothing here does I/O. Conversations that were merged appear as their target. */
export interface ThreadKnowledge {
  /** A message known on this account, in or out. `from`: the sender's normalised identity value, null when it was ours or is unknown. */
  message(platformId: string): { conversationId: string; from: string | null } | null;
  threadKey(key: string): string[];
  caseNumber(number: string): string[];
  /** The conversation a token names, null when it is gone. */
  token(conversationId: string): string | null;
  /** Identity values of everybody who wrote or was written to in the conversation, and the customer's verified identities. */
  participants(conversationId: string): Iterable<string>;
}

export type ThreadDecision =
  /** The very same message again: keep the first. */
  | { kind: 'duplicate'; conversationId: string; reason: string; evidence: string[] }
  /** Belongs to the conversation. `parent`: platform id answered. `isStranger`: let in by a token alone. `alsoRelated`: offered for merging. */
  | {
      kind: 'reply';
      conversationId: string;
      reason: string;
      parent: string | null;
      isStranger: boolean;
      alsoRelated: string[];
      evidence: string[];
    }
  /** Opens a conversation; `relatedTo` is offered to the adviser and never shown to the sender. */
  | { kind: 'new'; relatedTo: string | null; reason: string; evidence: string[] };

// ---------------------------------------------------------------------------------------------- outbound

export interface OutgoingAttachment {
  filename: string;
  mediaType: string;
  size: number;
  inline: boolean;
  contentId: string | null;
  read(): Promise<Uint8Array>;
}

/** One message to send, as `conversations` gives it. */
export interface Outgoing {
  /** Our message's id: the idempotency key towards the platform, the same at every attempt. */
  messageId: string;
  conversationId: string;
  visibility: 'public' | 'private';
  to: Address[];
  cc: Address[];
  bcc: Address[];
  subject: string | null;
  /** \n line ends, with signature and quote as they should leave. */
  text: string;
  /** Sanitised; null when only text leaves. */
  html: string | null;
  attachments: OutgoingAttachment[];
  /** Platform id of the message answered, and of the thread before it, oldest first. */
  inReplyTo: string | null;
  references: string[];
  /** The thread's own key on the platform, where it has one. */
  threadKey: string | null;
  /** Written by no person: marked as such, so that others do not answer automatically. */
  automatic: boolean;
  /** BCP 47. */
  language: string | null;
  at: Date;
}

/** The message in the form it leaves. Rendering the same `Outgoing` again gives the same bytes but for attachments' boundaries. */
export interface Rendered {
  /** Null when the platform gives it. */
  platformId: string | null;
  content: Uint8Array;
  mediaType: string;
  /** Addresses it goes to, BCC too. */
  recipients: string[];
  own?: unknown;
}

export type SendResult =
  | {
      /** `delivered` only when the platform says so. */
      state: 'sent' | 'delivered';
      platformId: string | null;
      /** The service's answer, for the delivery details; at most 500 characters. */
      reply?: string;
      /** Should nobody have read it by then, `unread` is asked what becomes of it. */
      unreadAfterSeconds?: number;
      /** Recipients refused while others were taken. */
      refused?: { recipient: string; code: string; text: string }[];
    }
  | {
      state: 'failed';
      /**
       * `temporary`: try again (back-off 1 min to 4 h, for 3 days) · `permanent`: never · `reauthorise`: the account's access ended, its messages
       * wait until it is renewed · `unknown`: it may have been sent; asked through `lookup`, else sent again under the same platform id.
       */
      permanence: 'temporary' | 'permanent' | 'reauthorise' | 'unknown';
      code: string;
      text: string;
      retryAfterSeconds?: number;
    };

import type { ZodObject } from 'zod';
import type { Entrance, HandOut, ThreadTools, Unread } from './channel/entrance.ts';
import type {
  ChannelProblem,
  InboundItem,
  InboundMessage,
  Outgoing,
  RawIntake,
  Rendered,
  SendResult,
  ThreadDecision,
  ThreadKnowledge,
} from './channel/messages.ts';
import type { IdentityKind } from './customers.ts';

export type * from './channel/entrance.ts';
export type * from './channel/messages.ts';

/**
 * The channel contract: what one folder `channels/<name>/` provides. `channel.ts` exports `channel: ChannelDescriptor` (read by both sides),
 * `server/index.ts` exports `server: ServerChannel`. The rooms ask capabilities, never ids. Optional parts that a channel does not have are
 * left out. A channel throws only for faults of its own; everything foreseen is an answer.
 * How mail is parsed, threaded and sent through it: `channels/email`; the smallest complete one: `channels/echo`.
 */

// ---------------------------------------------------------------------------------------------- descriptor

export interface Words {
  de: string;
  en: string;
}

export interface ChannelDescriptor<S extends ZodObject = ZodObject> {
  /** The folder's name; stored as the accounts' `kind`. */
  id: string;
  label: Words;
  /** Colour of icon and badge, `#rrggbb`, at least 3:1 against white and against our dark background. */
  colour: `#${string}`;
  /** `conversation`: threads of messages; `call`: live voice; `public`: posts that everybody reads. */
  kind: 'conversation' | 'call' | 'public';
  /**
   * Settings of one account. Secret fields carry `.meta({ secret: true, goesTo: […] })`: sealed in the database, never sent to a browser.
   * `goesTo` names the settings that decide where and as whom the secret is used (host, port, encryption, user; empty: it never leaves). When
   * one of them changes, a stored secret must be entered again, else whoever may change an account could have it sent to a server of their
   * own. Left out: every other setting. For the form a field may carry `shownWhen: { <setting>: [values] }` (all must hold; `'*'`: anything
   * entered) and `advanced: true` (folded away at first); what was changed is shown whatever they say. Labels and hints of the fields stand in the strings files as `settings.<field>.label` and
   * `settings.<field>.hint`.
   */
  settings: S;
  /**
   * Every code by which it tells of a problem: of a connection, of a message, in a test or a report. Each has a sentence in the strings files,
   * `problem.<code>`, that says what happened, what was kept and what to do; people read it, with the service's own words behind it.
   */
  problems: readonly string[];
  /** Keys of the strings files, one per step of setting an account up. */
  setUpSteps: readonly string[];
  capabilities: Capabilities;
  /** When limits and behaviour were last checked against the real service, `YYYY-MM-DD`. */
  checkedOn: string;
}

/** What a channel can do. Limits are data with a review date (`checkedOn`); exceeding one is offered as a split, never cut silently. */
export interface Capabilities {
  visibility: 'private' | 'public' | 'both';
  /** How much one message holds; `counts`: code points, UTF-16 units, graphemes, bytes, or the channel's own `measure`. Null: no limit. */
  text: { limit: number; counts: 'points' | 'units' | 'graphemes' | 'bytes' | 'own' } | null;
  markup: 'plain' | 'html' | 'markdown';
  attachments: { maxBytes: number; maxCount: number | null; mediaTypes: readonly string[] | 'any' } | false;
  threads: boolean;
  edit: boolean;
  delete: boolean;
  hide: boolean;
  reactions: boolean;
  typing: boolean;
  readReceipts: boolean;
  /** Whether the platform reports delivery; without it `sent` is the last good state. */
  deliveryReceipts: boolean;
  /** Whether we may write first. */
  canStart: boolean;
  /** Hours after the customer's last message in which we may write; null: always. */
  replyWindowHours: number | null;
  /** Whether a public post can be answered privately. */
  privateReply: boolean;
  /** Messages a minute and account the service takes; null: no limit known. */
  ratePerMinute: number | null;
  /** To, CC and BCC can be chosen. */
  recipients: boolean;
  subject: boolean;
  /**
   * An answer can carry a link to the customer's own page, and what is sent to the customer's address is read only by who reads there: so a code sent to it
   * shows that somebody does.
   */
  customerLink: boolean;
  /** Sending may be held back for the adviser's undo time. */
  undoSend: boolean;
  /**
   * The service takes a message of the same id only once, so sending it again after an attempt without an answer doubles nothing. Where it does not, and
   * cannot be asked (`lookup`) either, such a message is shown as perhaps sent, and a person decides.
   */
  repeatable: boolean;
}

// ---------------------------------------------------------------------------------------------- account and tools

/** An account as the channel sees it: settings checked and opened. Plain data, a snapshot. */
export interface ChannelAccount<S = Record<string, unknown>> {
  id: string;
  name: string;
  /** The address others write to (mail address, handle, number), normalised by `identity.normalise`. */
  address: string;
  teamId: string | null;
  signature: string | null;
  settings: S;
  /** The channel's own cursor, as last stored. Null at first. At most some kilobytes. */
  state: unknown;
}

/** Ids, codes and counts only. */
export interface ChannelLog {
  debug(facts: Record<string, unknown>, text: string): void;
  info(facts: Record<string, unknown>, text: string): void;
  warn(facts: Record<string, unknown>, text: string): void;
  error(facts: Record<string, unknown>, text: string): void;
}

/** What arrived, exactly as it arrived. */
export interface NewRaw {
  accountId: string;
  /**
   * The platform's id of this delivery, unique per account; null when it gives none (then only the content's hash tells repetitions apart).
   * The same id with the same content is a duplicate; with other content it is kept too, marked `id_reused`.
   */
  platformId: string | null;
  content: Uint8Array;
  /** E.g. `message/rfc822`, `application/json`. */
  mediaType: string;
  receivedAt: Date;
  /** What the transport told beside the content, such as the SMTP envelope. JSON, small. */
  envelope?: Record<string, unknown>;
  /**
   * Bytes that a repetition has in common when `content` differs from delivery to delivery (SMTP adds Received lines); its hash is compared
   * instead of the content's.
   */
  sameness?: Uint8Array;
}

export interface StoredRaw {
  /** The intake's id; of the first one when `duplicate`. */
  id: string;
  duplicate: boolean;
}

/** A call of a web address that an account's settings name. */
export interface WebCall {
  method: 'GET' | 'POST' | 'HEAD';
  url: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** 15 seconds when left out; `signal` ends it earlier. */
  timeoutMilliseconds?: number;
  signal?: AbortSignal;
}

export type WebAnswer =
  /** `body`: its first 64 KB as text; names of headers in small letters. */
  | { status: number; headers: Readonly<Record<string, string | string[] | undefined>>; body: string }
  /** `address_not_allowed`: it lies in the own network, and the company's settings do not allow that. `connected`: the other side may have the request. */
  | { failure: 'address_not_allowed' | 'timeout' | 'unreachable'; connected: boolean };

/** What the channels room gives to a channel. */
export interface ChannelTools {
  clock: { now(): Date };
  log: ChannelLog;
  /** Facts of the installation; `publicUrl` without slash at the end. */
  installation: {
    publicUrl: string;
    smtpHost: string;
    smtpPort: number;
    /** Certificate and key (PEM) the mail receiver offers STARTTLS with; without them it offers none. */
    smtpCertificate?: { certificate: string; key: string };
    /** Server that sends for accounts without one of their own, as `smtp://user:password@host:port`. */
    smtpUrl?: string;
  };
  /** A 32-byte key of this installation for one purpose, e.g. `reply-token`; the same for ever. */
  key(purpose: string): Uint8Array;
  /** Active accounts of this channel that have one of these addresses, by normalised address. From memory; at most a second old. */
  accountsByAddress(addresses: readonly string[]): Promise<Map<string, ChannelAccount>>;
  /** An active account as it is now, with its present state; undefined when removed or switched off. */
  account(id: string): Promise<ChannelAccount | undefined>;
  /**
   * Stores what arrived and, in the same transaction, an account's new cursor. Returns after the commit: only then acknowledge to the sender.
   * Rejects when nothing was stored (database away): then do not acknowledge, the sender repeats.
   */
  storeRaw(items: readonly NewRaw[], cursor?: { accountId: string; state: unknown }): Promise<StoredRaw[]>;
  /** Stores the cursor alone. */
  saveState(accountId: string, state: unknown): Promise<void>;
  /** Keeps what would have been sent, for accounts without a server to send through; the administrator reads it under /outbox/local. */
  keepLocally(item: LocalItem): Promise<void>;
  /**
   * Calls a web address; what goes wrong on the way is an answer. A channel calls what the settings name by this only: people enter addresses, and each the name leads to is checked
   * where the connection is made. Redirects are not followed.
   */
  call(request: WebCall): Promise<WebAnswer>;
  /** Tells how a connection fares; `problem` null means well. Shown on the health page. */
  report(accountId: string, problem: ChannelProblem | null, facts?: { delaySeconds?: number }): void;
  /** For channels with an entrance. */
  threads: ThreadTools;
}

export interface LocalItem {
  accountId: string;
  messageId: string;
  platformId: string | null;
  /** Form in which it would have left, e.g. the whole mail. */
  content: Uint8Array;
  mediaType: string;
  to: readonly string[];
  subject: string | null;
}

// ---------------------------------------------------------------------------------------------- webhook

/** A call of `POST` or `GET /api/v1/channels/accounts/:id/hook`, with the body's bytes as they came. */
export interface HookRequest {
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string | undefined>>;
  query: Readonly<Record<string, string>>;
  body: Uint8Array;
}

export type HookAnswer =
  /** Genuine: `items` are stored raw, then `reply` is sent (200 and an empty object when left out). */
  | { genuine: true; items: Omit<NewRaw, 'accountId' | 'receivedAt'>[]; reply?: { mediaType: string; content: string } }
  /** Bad signature, too old: answered with 403 and counted, nothing stored. */
  | { genuine: false; code: string };

// ---------------------------------------------------------------------------------------------- the server half

/**
 * Writes down that from here on the service may have the message (mail: before the last byte). A process that dies before it certainly sent nothing. Rejects
 * when the attempt may not go on, because another sender has the message by now: then hand nothing over.
 */
export type Begin = () => Promise<void>;

export interface Connection {
  /** Ends it; resolves when nothing of it runs any more. */
  stop(): Promise<void>;
  /** Rejects when the connection broke for good: it is made again after a pause. Left out: the channel reconnects by itself. */
  broken?: Promise<never>;
}

export interface TestStep {
  /** Key of the strings files, `test.<name>`. */
  name: string;
  ok: boolean;
  problem?: ChannelProblem;
}

export interface ServerChannel<S = Record<string, unknown>> {
  descriptor: ChannelDescriptor;

  identity: {
    kind: IdentityKind;
    /** The one form by which an address is compared; null when it is none. Pure. */
    normalise(address: string): string | null;
    /** Further addresses of an account, normalised (mail aliases); `accountsByAddress` finds it by them too. Pure. */
    others?(account: Omit<ChannelAccount<S>, 'state'>): string[];
    /** Whom a variant of an address leads to (mail: without its "+tag"), both normalised. Left out: addresses have no variants. Pure. */
    mailbox?(value: string): string;
    /**
     * How far an address on an inbound message may be trusted: `claimed` (mail, caller id), `platform` (the service signed the person in). Where it differs
     * from message to message, `Sender.isProved` says so.
     */
    trust: 'claimed' | 'platform';
  };

  /** Verifies a webhook call. Before anything is stored; must not throw for hostile input. */
  hook?(request: HookRequest, account: ChannelAccount<S>, tools: ChannelTools): Promise<HookAnswer>;
  /** Reads what lies in the intake. Repeatable: same bytes, same items. Throws when it cannot be read: the intake is shown as failed. */
  parse(raw: RawIntake, account: ChannelAccount<S>, tools: ChannelTools): Promise<InboundItem[]>;
  /**
   * Names a message kept as a file (a saved mail) as the channel's own doors would, so that it counts once however it came. Left out: nobody keeps such
   * files. Pure.
   */
  archived?(content: Uint8Array): Pick<NewRaw, 'platformId' | 'mediaType' | 'sameness'>;
  /**
   * Cuts a message's HTML where the quoted history begins, so that the reader can fold it; `text` is its new text, of which nothing may be hidden. `quoted`
   * is empty where nothing is to be folded. Left out: nothing ever is. Pure; the pieces are balanced only after sanitising.
   */
  splitHtml?(html: string, text: string): { fresh: string; quoted: string };
  /** Bytes of an attachment that came as a reference. */
  media?(reference: string, account: ChannelAccount<S>, tools: ChannelTools): Promise<Uint8Array>;
  /** Where a message belongs. Pure. Left out: by reference, then thread key, participants only (`server/modules/channels/intake/thread.ts`). */
  thread?(message: InboundMessage, known: ThreadKnowledge): ThreadDecision;

  /** The id the platform will know our message by, when we choose it ourselves (mail's Message-ID); null when it gives it. Pure. */
  platformIdFor?(outgoing: { messageId: string; conversationId: string }, account: ChannelAccount<S>, tools: ChannelTools): string | null;
  /** Length of a text as the platform counts it, for `text.counts: 'own'`. Pure. */
  measure?(text: string): number;
  render(outgoing: Outgoing, account: ChannelAccount<S>, tools: ChannelTools): Promise<Rendered>;
  /** Hands it over. Never throws for what the service answers; a throw counts as `unknown` once `begin` was called. At most 60 s, then `signal` aborts. */
  send(
    rendered: Rendered,
    outgoing: Outgoing,
    account: ChannelAccount<S>,
    tools: ChannelTools,
    signal: AbortSignal,
    begin: Begin,
  ): Promise<SendResult>;
  /** `send` calls `begin` itself, as late as it can. Left out: an attempt counts as begun from the moment `send` is called. */
  beginsItself?: true;
  /** Whether a message of unknown outcome arrived: its result, or null when it certainly did not. Left out: it cannot be asked. */
  lookup?(outgoing: Outgoing, account: ChannelAccount<S>, tools: ChannelTools): Promise<SendResult | null>;

  /** Looks again at a message that nobody has read yet, at the time that `send` asked for (`unreadAfterSeconds`). */
  unread?(outgoing: Outgoing, account: ChannelAccount<S>, tools: ChannelTools): Promise<Unread>;

  /** How customers reach us from pages, apps and devices of their own. Left out: they come by a service. */
  entrance?: Entrance<S>;
  /** What the account's administrator puts elsewhere. Pure. */
  handOuts?(account: Omit<ChannelAccount<S>, 'state'>, installation: ChannelTools['installation']): HandOut[];

  /** Holds a connection for one account (IMAP). One process at a time holds it. Restarted when the account changes. */
  connect?(account: ChannelAccount<S>, tools: ChannelTools): Promise<Connection>;
  /** Asks once for what is new, then again after the seconds returned. For services without webhook or connection. */
  poll?(account: ChannelAccount<S>, tools: ChannelTools): Promise<{ againInSeconds: number }>;
  /** Opens the one door of the channel (SMTP). On every worker process; runs while the channel exists, whatever its accounts. */
  listen?(tools: ChannelTools): Promise<Connection & { address: string }>;
  /** Tries settings before they are saved: connects, signs in, sends nothing. */
  test(account: Omit<ChannelAccount<S>, 'state'>, tools: ChannelTools): Promise<{ ok: boolean; steps: TestStep[] }>;
}

/** An account of the sample company, for channels that can be tried without a vendor; `channels/<name>/sample.ts`. */
export interface SampleAccount {
  name: string;
  address: string;
  settings: Record<string, unknown>;
}

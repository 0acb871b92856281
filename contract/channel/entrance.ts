import type { ChannelAccount, ChannelTools } from '../channel.ts';
import type { IdentityKind } from '../customers.ts';

// How customers reach a channel without a service in between: from a page, an app, a device of their own. See `ServerChannel.entrance`.

/**
 * The public side of a channel. Everything here is called by strangers: the room checks where a call comes from, how many there are and how large, the
 * channel who it is. What is said is stored as from any other door (`tools.storeRaw`), and read back as one thread (`tools.threads`).
 */
export interface Entrance<S = Record<string, unknown>> {
  /**
   * Origins whose pages may call (`https://www.shop.example`); our own always may. A call or line from any other, or from none, is refused before the
   * channel hears of it. Pure.
   */
  origins(account: ChannelAccount<S>): readonly string[];
  /** `GET …/entrance/<name>`: a page that anybody may open, in the language their browser likes best. Undefined: there is none of that name. */
  page?(asked: { name: string; language: 'de' | 'en' }, account: ChannelAccount<S>, tools: ChannelTools): Promise<EntrancePage | undefined>;
  /**
   * `POST …/entrance/<name>`. Must not throw for hostile input. Simple requests in the sense of CORS are enough: no cookie is sent or set, so nothing is
   * gained by another page's call but what its caller knows anyway.
   */
  call(call: EntranceCall, account: ChannelAccount<S>, tools: ChannelTools): Promise<EntranceAnswer>;
  /** A line that stays open (WebSocket at `…/entrance`); gives what hears of it. Left out: there are none. */
  connect?(line: Line, account: ChannelAccount<S>, tools: ChannelTools): LineEars;
}

export interface EntrancePage {
  /** HTML. */
  content: string;
  /** Its content security policy, in full. */
  policy: string;
}

export interface EntranceCall {
  name: string;
  /** Of the page that calls; allowed already. */
  origin: string;
  body: Uint8Array;
  /** Names the network the call comes from, for counting; never stored. */
  network: string;
}

export type EntranceAnswer =
  /** `content`: JSON or bytes. */
  | { content: string | Uint8Array; mediaType: string }
  /** Refused: 400 for what cannot be understood, 403 for whoever may not, 404, 413, 429. `code` is the channel's own, for its own client. */
  | { status: 400 | 403 | 404 | 413 | 429; code: string };

/** An open line to one page. Frames are texts of at most 16 KB, at most twenty a second: whoever says more is cut off. */
export interface Line {
  readonly origin: string;
  send(text: string): void;
  close(): void;
  /** From here on whoever is at the other end counts as being there, and hears of the thread; once. */
  join(threadKey: string, heard: (news: ThreadNews) => void): void;
}

export interface LineEars {
  said(text: string): void;
  /** The line is gone, whoever ended it. */
  ended(): void;
}

/** `changed`: the thread reads otherwise than before, look again. `writing`: one of us is answering, or stopped. */
export type ThreadNews = { kind: 'changed' } | { kind: 'writing'; is: boolean };

// ---------------------------------------------------------------------------------------------- threads

/** One message of a thread as the outside may see it: no notes, nothing that waits to be sent, nothing taken back. */
export interface ThreadMessage {
  id: string;
  /** As `InboundMessage.platformId` named it, or `platformIdFor`; null when it has none. */
  platformId: string | null;
  direction: 'in' | 'out';
  /** Where it came from, as written (`Sender.label`); null when it is ours. */
  from: string | null;
  /** Whom it was addressed to, as written. */
  to: readonly string[];
  text: string;
  /** Who of us wrote it; '' for what no person wrote. */
  author: string;
  files: readonly { id: string; filename: string; mediaType: string; size: number; isReady: boolean }[];
  at: Date;
  /** Of a customer's: somebody of us has it before them, or had. */
  isReadByUs: boolean;
  /** Of ours: the customer's side has reported that it was read. */
  isReadByThem: boolean;
}

export interface Thread {
  /** The newest hundred, oldest first, over all conversations of this thread, also those it was merged into: show each only to whom it was addressed. */
  messages: readonly ThreadMessage[];
  /** Whether anybody of us takes care of it or still will; false when it is resolved or there is none. */
  isOpen: boolean;
}

/** What can be said of the wait, from what really happened. */
export interface Service {
  /** Somebody of the account's team is signed in and has not said to be away. */
  isStaffed: boolean;
  /** Half of the newest first answers came within `p50Seconds`, nine in ten within `p90Seconds`; null when there were fewer than five in two weeks. */
  firstAnswers: { p50Seconds: number; p90Seconds: number } | null;
}

/** What the room knows of threads, for channels that show them to the customer. Of a restricted or erased customer there is nothing. */
export interface ThreadTools {
  read(accountId: string, threadKey: string): Promise<Thread>;
  /** A file of one of its messages; undefined when there is none, or it may not be handed out. `platformId` of its message comes along. */
  file(
    accountId: string,
    threadKey: string,
    fileId: string,
  ): Promise<{ messageId: string; filename: string; mediaType: string; content: Uint8Array } | undefined>;
  service(accountId: string): Promise<Service>;
  /** What the channel keeps of a thread, some kilobytes of JSON; null at first. Goes when the thread is erased. */
  note(accountId: string, threadKey: string): Promise<unknown>;
  /** Changes it; nobody else changes it meanwhile. Returns what `change` gave. `undefined`: it stays as it is. */
  keep<N>(accountId: string, threadKey: string, change: (before: unknown) => N | undefined): Promise<N | undefined>;
  /** Whether a line to it is open, in any process; true up to half a minute after one broke. */
  isHere(accountId: string, threadKey: string): Promise<boolean>;
  /** Tells every open line of it. */
  changed(accountId: string, threadKey: string): void;
  /** The customer is writing, or stopped: shown to whoever has the conversation open. Forgotten after eight seconds. */
  writing(accountId: string, threadKey: string, is: boolean): void;
  /**
   * Sends a letter about the thread to an address on another channel, once per `letterId` (a UUID) and from an account of ours that can: it stands in the
   * conversation, marked as automatic, and what is answered to it comes back there. False when no account reaches such an address, or there is no thread.
   */
  writeTo(
    accountId: string,
    threadKey: string,
    letter: {
      letterId: string;
      kind: IdentityKind;
      to: { name: string; address: string };
      subject: string;
      text: string;
      language: string | null;
    },
  ): Promise<boolean>;
}

/** What becomes of a message that nobody has read at the time `send` asked to be reminded. */
export type Unread =
  | { then: 'wait'; seconds: number }
  /** It stays where it is. */
  | { then: 'leave' }
  /** Whoever it is for is gone and left another address: it goes there, through an account of ours that can, and under that channel's rules. */
  | { then: 'elsewhere'; kind: IdentityKind; to: { name: string; address: string }; subject: string };

/** What administrators put into their page or app, or open to try it; shown where the account is set up. */
export interface HandOut {
  /** Key of the strings files, `handOut.<name>`. */
  name: string;
  /** To be copied … */
  text?: string;
  /** … or followed; below our own address. */
  path?: string;
}

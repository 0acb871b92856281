import type { Endpoint, ParsedInputOf, ReplyOf } from '../../contract/core.ts';
import type { EventType } from '../../contract/events.ts';
import type { Actor } from './actor.ts';
import type { Ctx, Platform } from './context.ts';
import type { Db } from './database/sql.ts';
import type { ErrorCatalogue } from './errors.ts';
import type { Event } from './events/event.ts';
import type { Subscriber } from './events/subscribers.ts';
import type { Keyed } from './http/idempotency.ts';
import { knownFieldsOnly } from './http/known-fields.ts';
import { pathParameters } from './http/schema.ts';
import type { Written } from './http/written.ts';
import type { Job } from './jobs/jobs.ts';
import type { Tick } from './jobs/ticks.ts';
import type { LineDoor } from './realtime/lines.ts';

/** Bytes instead of JSON, for endpoints with `download`. `file` names a stored file, `content` is small enough to hold. */
export interface Download {
  filename: string;
  mediaType: string;
  content: Uint8Array | NodeJS.ReadableStream;
  size?: number;
  /** Show in the page instead of saving; only for kinds that cannot run. */
  inline?: boolean;
  /** A page of sanitised HTML: framed by our own page, still without script; `remoteImages` lets it load pictures from elsewhere. */
  page?: { remoteImages: boolean };
  /** In place of the usual ones. */
  headers?: Readonly<Record<string, string>>;
}

export interface RequestFacts {
  ip: string;
  userAgent: string;
  /** By lower-case name; for callers that sign their requests. */
  headers: Readonly<Record<string, string | undefined>>;
  /** Raw cookie header and setters, for sign-in only. */
  cookies: Readonly<Record<string, string | undefined>>;
  setHeader(name: string, value: string): void;
  setCookie(name: string, value: string, options: { maxAgeSeconds?: number; httpOnly?: boolean }): void;
  requestId: string;
  /** Of a request that is done once: for handlers that open their own transactions, all others need not look at it. */
  key?: Keyed | undefined;
}

/** One line of a room's routes.ts. Everything but GET runs in a transaction unless `bare`. */
export interface Route {
  endpoint: Endpoint;
  handle(ctx: Ctx, input: never, request: RequestFacts): Promise<unknown>;
  /** The handler opens its own transactions: for slow work that must not hold one. */
  bare?: boolean;
  /** Asked before the body is received, for doors that strangers may knock at; throws to refuse. */
  knock?(platform: Platform, parameters: Readonly<Record<string, string | undefined>>, request: Knocking): Promise<void>;
}

/** What is known of a request before its body; the answer carries the headers set, a refusal too. */
export type Knocking = Pick<RequestFacts, 'headers' | 'setHeader'>;

/** `route(conversationEndpoints.claim, (ctx, input) => claimConversation(ctx, input))` */
export function route<E extends Pick<Endpoint, 'method' | 'path' | '_t'>>(
  endpoint: E,
  handle: (ctx: Ctx, input: ParsedInputOf<E>, request: RequestFacts) => Promise<ReplyOf<E> | Download | Written>,
  options: Pick<Route, 'bare' | 'knock'> = {},
): Route {
  return { endpoint: refusingUnknown(endpoint as unknown as Endpoint), handle: handle as Route['handle'], ...options };
}

/** The fields of a body and the parameters of a query are those of the contract; what a webhook sends is the service's matter. */
const refusingUnknown = (endpoint: Endpoint): Endpoint =>
  endpoint.rawBody ? endpoint : { ...endpoint, input: knownFieldsOnly(endpoint.input, pathParameters(endpoint)) };

/** Who hears an event, and which records travel with it. Pure: everything it needs is in the event's data. */
export interface Audience {
  /** Streams, e.g. `team:<id>`, `conversation:<id>`, `person:<id>`, `workspace`. */
  streams: string[];
  /** Records as they are now; loaded once per batch by their kind's loader. */
  records?: { kind: string; id: string }[];
  /** Streams whose listeners may no longer see these records, unless they hear one of `streams` too. */
  leaving?: string[];
}

export type Audiences = Partial<{ [T in EventType]: (event: Event<T>) => Audience }>;

export interface LoadedRecord {
  version: number;
  data: Record<string, unknown>;
  /** The streams whose listeners may see the record as it is now, without which an older event would bring it to those who lost it. Left out where nothing moves. */
  streams?: readonly string[];
}

/** Loads records of one kind for the stream: everything in `data` may be seen by whoever hears the stream. */
export interface RecordKind {
  load(db: Db, ids: readonly string[], now: Date): Promise<Map<string, LoadedRecord>>;
  /** The form for listeners who may see masked data only; without it they get nothing of this kind. */
  mask?(data: Record<string, unknown>): Record<string, unknown>;
}

/** One socket's owner as signals see it. */
export interface Listener {
  readonly actor: Actor;
  readonly socketId: string;
}

/** What a room hangs into the house; read by main.ts only. */
export interface Module {
  name: string;
  routes?: readonly Route[];
  subscribers?: readonly Subscriber[];
  jobs?: readonly Job[];
  ticks?: readonly Tick[];
  errors?: ErrorCatalogue;
  audiences?: Audiences;
  records?: Record<string, RecordKind>;
  /** Streams this person hears from the start. */
  streams?(actor: Actor): string[];
  /** Whether and as which stream a person may watch one thing; undefined refuses. */
  watch?: Record<string, (ctx: Ctx, id: string) => Promise<string | undefined>>;
  /** Signals the browser may send, by topic. */
  signals?: Record<string, (platform: Platform, from: Listener, data: Record<string, unknown>) => void>;
  /** What other processes of this installation tell this one (`platform.tellProcesses`), by topic; `from` names the process. Must not throw. */
  told?: Record<string, (platform: Platform, from: string, data: Record<string, unknown>) => void>;
  /** Doors for sockets of people who are not signed in. */
  lines?: readonly LineDoor[];
  /** Called when a socket begins and ends watching something; `watching` is the stream. */
  watched?(platform: Platform, listener: Listener, kind: string, id: string, began: boolean): void;
  /** Every few seconds, and when somebody comes or goes: who has a socket open in this process, and for how many milliseconds none of theirs gave a sign of life. */
  connected?(platform: Platform, silences: ReadonlyMap<string, number>): Promise<void>;
  /** Persons whose rights this event changes; their sockets are checked again before anything later reaches them. */
  rightsChanged?(event: Event): string[];
  /** Every batch of events, in every process, before sockets get it: for dropping what this process remembers. Must not throw. */
  heard?(platform: Platform, events: readonly Event[]): void;
  /** Of these concerns (`correlationId`), those of which this room still reads what was told, however long ago: their events stay. */
  needsEvents?(db: Db, concerns: readonly string[]): Promise<string[]>;
  /** By person, what stands for them in events of long ago (`forgetWho`): an id that says where they worked, and nobody. */
  pseudonyms?(db: Db): Promise<ReadonlyMap<string, string>>;
  /** Long-lived work of this process (mail receiver, IMAP connections). Returns how to stop it. */
  start?(platform: Platform): Promise<() => Promise<void>>;
  /** Facts for the health page and /metrics. */
  health?(ctx: Ctx): Promise<HealthLine[]>;
}

export interface HealthLine {
  name: string;
  ok: boolean;
  /** Code the interface translates, e.g. `channels.account_unreachable`. */
  code?: string;
  data?: Record<string, unknown>;
}

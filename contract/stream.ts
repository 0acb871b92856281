import { z } from 'zod';

/**
 * The live stream, a WebSocket at /api/v1/stream. Everything is JSON text.
 *
 * Joining state and stream without a gap: connect, wait for `ready` (it names the cursor), then read state over HTTP and apply every later frame;
 * records are idempotent by version, so overlap is harmless. After a break connect with `?cursor=<last seen>`: missed frames are replayed;
 * `reload` says that the cursor is too old (pruned) or rights changed, and state must be read again.
 * Frames of one connection are numbered from 1 without gaps; a gap means: reconnect with the last cursor.
 */

/** The socket's close code when somebody opened more of them than one person may; its page stays without until somebody looks at it again. */
export const closedForNewer = 4008;

/** The socket's close code when whoever opened it is signed in no more: coming back is of no use before signing in again. */
export const closedSignedOut = 4001;

/** The socket's close code when another web process has far fewer of them: its page comes again at once, and a load balancer takes it there. */
export const closedForBalance = 4012;

export const recordEnvelope = z.object({
  /** Record kind, e.g. `conversation`; the web store's handler is found by it. */
  kind: z.string(),
  id: z.string(),
  version: z.number().int(),
  /** Present unless `gone`. Its shape is the record schema of that kind's contract. */
  data: z.record(z.string(), z.unknown()).optional(),
  /** The thing no longer exists or is no longer readable for this listener. */
  gone: z.literal(true).optional(),
});
export type RecordEnvelope = z.infer<typeof recordEnvelope>;

export const streamEvent = z.object({
  /** `<domain>.<what_happened>` */
  type: z.string(),
  at: z.string(),
  actorId: z.string().nullable(),
  /** Ids only, e.g. { conversationId, caseId }. */
  subject: z.record(z.string(), z.string()),
});
export type StreamEvent = z.infer<typeof streamEvent>;

export const serverFrame = z.discriminatedUnion('op', [
  z.object({ op: z.literal('ready'), n: z.literal(0), cursor: z.string(), serverTime: z.string() }),
  z.object({
    op: z.literal('events'),
    n: z.number().int(),
    cursor: z.string(),
    events: z.array(streamEvent),
    records: z.array(recordEnvelope),
  }),
  /** Who is where, who is writing: not stored, not replayed. `data` per topic, see the domain's contract. */
  z.object({ op: z.literal('signal'), topic: z.string(), data: z.record(z.string(), z.unknown()) }),
  z.object({ op: z.literal('reload'), reason: z.enum(['cursor_too_old', 'rights_changed', 'too_slow']) }),
  /** Whether the server cannot see at the moment what happens, because its database is away: what is on screen may be old until it can. */
  z.object({ op: z.literal('blind'), is: z.boolean() }),
  z.object({ op: z.literal('refused'), what: z.string(), code: z.string() }),
  z.object({ op: z.literal('pong') }),
]);
export type ServerFrame = z.infer<typeof serverFrame>;

export const clientFrame = z.discriminatedUnion('op', [
  /** Listen to one thing that is open on screen, e.g. { kind: 'conversation', id }. Refused when the caller may not read it. */
  z.object({ op: z.literal('watch'), kind: z.string().max(40), id: z.uuid() }),
  z.object({ op: z.literal('unwatch'), kind: z.string().max(40), id: z.uuid() }),
  /** A short-lived signal such as typing; the domain decides who hears it. */
  z.object({ op: z.literal('signal'), topic: z.string().max(60), data: z.record(z.string(), z.unknown()) }),
  z.object({ op: z.literal('ping') }),
]);
export type ClientFrame = z.infer<typeof clientFrame>;

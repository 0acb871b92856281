import type { EventCatalogue, EventType } from '../../contract/events.ts';
import type { Actor } from './actor.ts';
import type { Clock } from './clock.ts';
import { commit, statementOf } from './concurrency/writes.ts';
import type { Config } from './config/config.ts';
import type { Secrets } from './config/secrets.ts';
import type { Change, Changed } from './database/change.ts';
import type { Database } from './database/database.ts';
import { sideBySide } from './database/packets.ts';
import { type Db, dbOf } from './database/sql.ts';
import { asksForRetry, inTransaction } from './database/transaction.ts';
import type { NewEvent } from './events/event.ts';
import { noteRefusals } from './events/refusals.ts';
import { newId } from './ids.ts';
import type { EnqueueOptions, Jobs } from './jobs/jobs.ts';
import type { Log } from './log.ts';
import type { HealthLine } from './module.ts';

/** What lives as long as the process and knows no domain. */
export interface Platform {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly database: Database;
  readonly secrets: Secrets;
  readonly jobs: Jobs;
  /** Every event the rooms of this house tell of. */
  readonly eventTypes: readonly string[];
  /** What every room says of its health; a room that cannot answer is a line that is not ok. */
  health(ctx: Ctx): Promise<HealthLine[]>;
  /** Wakes the event tail of this process, and of the others, after a commit that wrote events. */
  poke(): void;
  /** Sends a short-lived signal to the sockets listening to a stream, on every process. Not stored. */
  signal(stream: string, topic: string, data: Record<string, unknown>): void;
  /** The same to the sockets of this process alone. */
  signalHere(stream: string, topic: string, data: Record<string, unknown>): void;
  /** Tells the other processes of this installation something, each room its own topics (`Module.told`). May get lost; not stored, a few kilobytes. */
  tellProcesses(topic: string, data: Record<string, unknown>): void;
}

/** The unit of work: who, when, on which transaction. Rooms get it and pass it on; it is plain data with verbs. */
export interface Ctx {
  readonly platform: Platform;
  readonly actor: Actor;
  readonly db: Db;
  /** For a first look at a row or two that decides whether there is anything to do: outside the transaction, which begins with the first statement on `db`. */
  readonly peek: Db;
  /**
   * Reads for a report, which may be a little old: of a replica where there is one that is fit, in a read-only transaction of its own. Nothing that decides
   * what somebody may see or do is asked there. Only outside `transaction`, which would stand still meanwhile.
   */
  report<T>(read: (db: Db) => Promise<T>): Promise<Reported<T>>;
  readonly log: Log;
  /** The start of this unit of work; one instant for everything in it. */
  readonly now: Date;
  /** What caused this: the event id or request id that every emitted event names. */
  readonly causationId: string | null;
  /** The same unit of work for somebody else: what is emitted names them, and what caused it. */
  as(actor: Actor, causationId: string): Ctx;
  /** Records that something happened; written in this transaction, delivered after its commit. Only inside `transaction`. */
  emit<T extends EventType>(type: T, data: EventCatalogue[T], correlationId?: string | null): void;
  /** Records a refusal: written soon after this transaction was undone, and not otherwise (`noteRefusals`). */
  emitEvenIfRefused<T extends EventType>(type: T, data: EventCatalogue[T], correlationId?: string | null): void;
  /**
   * A change of exactly one row, for what was seen with `peek`: written with the events when `work` has ended, without a word from the database in
   * between. Should it find no such row, somebody was faster: everything is undone and the work begins again with a new look.
   */
  changeOne<Row>(change: Change<Row>, row: Row): void;
  /** Adds a job in this transaction. */
  enqueue(job: string, data: Record<string, unknown>, options?: EnqueueOptions): Promise<void>;
  /** Runs after a successful commit; for waking loops, never for effects that must not be lost. */
  afterCommit(effect: () => void): void;
}

export interface Reported<T> {
  value: T;
  /** As of when, where that is worth saying; null: as of now. */
  asOf: Date | null;
}

/** Nobody who reads a report minds less. */
const unmindedMilliseconds = 2_000;

async function reported<T>(platform: Platform, now: Date, read: (db: Db) => Promise<T>): Promise<Reported<T>> {
  const { value, behind } = await platform.database.reports.read(read);
  return { value, asOf: behind < unmindedMilliseconds ? null : new Date(now.getTime() - behind) };
}

/** A context without transaction, for reading. Its `emit` and `enqueue` throw. */
export function reading(platform: Platform, actor: Actor, more: { causationId?: string | null; log?: () => Log } = {}): Ctx {
  const refuse = (): never => {
    throw new Error('changes, events and jobs need a transaction');
  };
  const db = dbOf(sideBySide(platform.database.pool));
  const now = platform.clock.now();
  return {
    platform,
    actor,
    db,
    peek: platform.database.looks,
    report: (read) => reported(platform, now, read),
    // Made when somebody has something to say: most units of work have not.
    get log() {
      return more.log?.() ?? platform.log;
    },
    now,
    causationId: more.causationId ?? null,
    as: refuse,
    emit: refuse,
    emitEvenIfRefused: refuse,
    changeOne: refuse,
    enqueue: refuse,
    afterCommit: refuse,
  };
}

/**
 * Runs `work` in one transaction: rows, events and jobs commit together or not at all.
 * Serialisation failures and deadlocks are repeated, so `work` must have no effect outside the database except through `afterCommit`.
 */
export async function transaction<T>(
  platform: Platform,
  actor: Actor,
  work: (ctx: Ctx) => Promise<T>,
  more: { causationId?: string | null; log?: () => Log; now?: Date } = {},
): Promise<T> {
  let effects: (() => void)[] = [];
  let events: NewEvent[] = [];
  let refusals: NewEvent[] = [];
  let changes: Changed[] = [];
  const attempt = async (db: Db): Promise<T> => {
    effects = [];
    events = [];
    refusals = [];
    changes = [];
    const now = more.now ?? platform.clock.now();
    const asWhom = (by: Actor, causationId: string | null): Ctx => {
      const event = (type: string, data: unknown, correlationId: string | null): NewEvent => ({
        id: newId(now.getTime()),
        type,
        at: now,
        actorKind: by.kind,
        actorId: by.id,
        causationId,
        correlationId,
        data,
      });
      return {
        platform,
        actor: by,
        db,
        peek: platform.database.looks,
        report: () => Promise.reject(new Error('a report is read outside a transaction')),
        get log() {
          return more.log?.() ?? platform.log;
        },
        now,
        causationId,
        as: asWhom,
        emit: (type, data, correlationId = null) => void events.push(event(type, data, correlationId)),
        emitEvenIfRefused: (type, data, correlationId = null) => void refusals.push(event(type, data, correlationId)),
        changeOne: (change, row) => void changes.push({ change, row } as Changed),
        enqueue: (job, data, options) => platform.jobs.enqueue(db, job, data, options),
        afterCommit: (effect) => void effects.push(effect),
      };
    };
    return work(asWhom(actor, more.causationId ?? null));
  };
  const { pool } = platform.database;
  const last = { statement: () => statementOf([{ changes, events }]), alone: () => commit(pool, { changes, events }) };
  const result = await inTransaction(pool, attempt, { retry: true, last }).catch((error: unknown) => {
    if (refusals.length > 0 && !asksForRetry(error)) noteRefusals(platform, refusals);
    throw error;
  });
  if (events.length > 0) platform.poke();
  for (const effect of effects) effect();
  return result;
}

import type { EventCatalogue, EventType } from '../../../contract/events.ts';
import { type Db, type Sql, sql } from '../database/sql.ts';

/** An event before it is written. */
export interface NewEvent {
  id: string;
  type: string;
  at: Date;
  actorKind: string;
  actorId: string | null;
  causationId: string | null;
  correlationId: string | null;
  data: unknown;
}

/** Where an event stands in the order of delivery. Compare with `isAfter`. */
export interface Position {
  xid: bigint;
  seq: bigint;
}

/** An event as its readers see it. */
export interface Event<T extends EventType = EventType> {
  position: Position;
  id: string;
  type: T;
  at: Date;
  actorKind: string;
  actorId: string | null;
  /** What caused it, where something did: the id of an event, of a request, or of what an automation did. */
  causationId: string | null;
  correlationId: string | null;
  data: EventCatalogue[T];
}

interface EventRow {
  xid: string;
  seq: string;
  id: string;
  type: EventType;
  at: Date;
  actor_kind: string;
  actor_id: string | null;
  causation_id: string | null;
  correlation_id: string | null;
  data: never;
}

export const isAfter = (a: Position, b: Position): boolean => a.xid > b.xid || (a.xid === b.xid && a.seq > b.seq);

/** A position as an opaque text for browsers, and back; undefined when it cannot be read. */
export const cursorOf = (p: Position): string => `${p.xid.toString(36)}.${p.seq.toString(36)}`;
export function readCursor(text: string): Position | undefined {
  const found = /^([0-9a-z]{1,13})\.([0-9a-z]{1,13})$/.exec(text);
  const place = found && { xid: fromBase36(found[1] ?? ''), seq: fromBase36(found[2] ?? '') };
  // Larger than the database can count: nobody was given that.
  return place && place.xid < 2n ** 63n && place.seq < 2n ** 63n ? place : undefined;
}

function fromBase36(text: string): bigint {
  let value = 0n;
  for (const digit of text) value = value * 36n + BigInt(Number.parseInt(digit, 36));
  return value;
}

/** The statement that writes events in the order given. */
export function writtenEvents(events: readonly NewEvent[]): Sql {
  const rows = events.map((e) => ({
    id: e.id,
    type: e.type,
    at: e.at,
    actor_kind: e.actorKind,
    actor_id: e.actorId,
    causation_id: e.causationId,
    correlation_id: e.correlationId,
    data: e.data,
  }));
  return sql`insert into events (id, type, at, actor_kind, actor_id, causation_id, correlation_id, data)
    select id, type, at, actor_kind, actor_id, causation_id, correlation_id, data
    from rows from (jsonb_to_recordset(${sql.json(rows)}) as (id uuid, type text, at timestamptz, actor_kind text, actor_id uuid,
      causation_id text, correlation_id uuid, data jsonb)) with ordinality order by ordinality`;
}

// The texts hide the columns of the same name from a bare `order by xid`, which would then sort 1000 before 999: orders name the table.
const columns = sql`events.xid::text as xid, events.seq::text as seq, events.id, type, at, actor_kind, actor_id, causation_id, correlation_id, data`;

/** The first transaction whose events may still be overtaken: as the statement's snapshot knows it, or as the database's horizon does (`bound`). */
const firstOpen = (bound: bigint): Sql => sql`greatest(pg_snapshot_xmin(pg_current_snapshot()), ${sql.unseen(bound.toString(), 'xid8')})`;

/** Hidden from the planner: to find types that are rarely heard, reading the whole log would look cheaper to it than reading on from a place. */
const ofTypes = (types: readonly string[] | undefined): Sql =>
  types ? sql`and type = any(${sql.unseen(types, 'text[]')}::text[])` : sql.empty;

/** Events after a position, in order, none of which can be overtaken by a transaction still running. `bound` is the database's `horizon.bound()`. */
export async function readEvents(db: Db, bound: bigint, after: Position, limit: number, types?: readonly string[]): Promise<Event[]> {
  const rows = await db.query<EventRow>(sql`select ${columns} from events
    where (xid, seq) > (${sql.unseen(after.xid.toString(), 'xid8')}, ${sql.unseen(after.seq.toString(), 'bigint')})
      and xid < ${firstOpen(bound)}
    ${ofTypes(types)} order by events.xid, events.seq limit ${sql.unseen(limit, 'bigint')}`);
  return rows.map(toEvent);
}

/** What was told of some concerns (the events' `correlationId`), oldest first. */
export async function readLogs(db: Db, correlationIds: readonly string[], types: readonly string[]): Promise<Map<string, Event[]>> {
  const rows = await db.query<EventRow>(sql`select ${columns} from events
    where correlation_id = any(${correlationIds}::uuid[]) and type = any(${types}::text[]) order by events.seq`);
  return Map.groupBy(rows.map(toEvent), ({ correlationId }) => correlationId ?? '');
}

/**
 * A subscriber's cursor, locked, and the events after it, in one statement and so of one snapshot; undefined when another process holds the cursor.
 * The `bound` given is the database's horizon, the one found the oldest transaction that still ran.
 */
export async function takeWaiting(
  db: Db,
  bound: bigint,
  subscriber: string,
  types: readonly string[] | undefined,
  limit: number,
): Promise<{ cursor: Position; bound: bigint; events: Event[] } | undefined> {
  const rows = await db.query<{ cursorXid: string; cursorSeq: string; bound: string } & (EventRow | { id: null })>(sql`
    with cursor as materialized (select xid, seq, ${firstOpen(bound)} as bound from event_cursors
      where subscriber = ${subscriber} for update skip locked)
    select cursor.xid::text as "cursorXid", cursor.seq::text as "cursorSeq", cursor.bound::text, found.* from cursor left join lateral (
      select ${columns} from events where (events.xid, events.seq) > (cursor.xid, cursor.seq) and events.xid < cursor.bound
        ${ofTypes(types)} order by events.xid, events.seq limit ${sql.unseen(limit, 'bigint')}) found on true`);
  const [first] = rows;
  if (!first) return undefined;
  return {
    cursor: { xid: BigInt(first.cursorXid), seq: BigInt(first.cursorSeq) },
    bound: BigInt(first.bound),
    events: rows.flatMap((row) => (row.id === null ? [] : toEvent(row))),
  };
}

/** Whether a running transaction holds back events after a position. */
export async function eventsHeldBack(db: Db, after: Position): Promise<boolean> {
  const { held } = await db.one<{ held: boolean }>(sql`select exists (select from events
    where (xid, seq) > (${after.xid.toString()}::xid8, ${after.seq.toString()}::bigint)) as held`);
  return held;
}

/** Whether any event is too new to be read yet, because an older transaction still runs. */
export async function anyHeldBack(db: Db, bound: bigint): Promise<boolean> {
  // The newest one tells; the planner would read the whole table to find out whether there is any.
  const row = await db.maybe<{ held: boolean }>(
    sql`select xid >= ${firstOpen(bound)} as held from events order by events.xid desc, events.seq desc limit 1`,
  );
  return row?.held ?? false;
}

/** One event by its id, for redelivery. */
export async function findEvent(db: Db, id: string, seq: string): Promise<Event | undefined> {
  const row = await db.maybe<EventRow>(sql`select ${columns} from events where seq = ${seq}::bigint and id = ${id}`);
  return row && toEvent(row);
}

/** The place before every event of transactions that are running or to come. */
export async function presentPosition(db: Db): Promise<Position> {
  const { xid } = await db.one<{ xid: string }>(sql`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`);
  return { xid: BigInt(xid), seq: 0n };
}

/** Where the last event up to a place stands. */
export async function lastPositionUpTo(db: Db, { xid, seq }: Position): Promise<Position | undefined> {
  const last = await db.maybe<{ xid: string; seq: string }>(
    sql`select xid::text, seq::text from events where (events.xid, events.seq) <= (${xid.toString()}::xid8, ${seq.toString()}::bigint)
      order by events.xid desc, events.seq desc limit 1`,
  );
  return last && { xid: BigInt(last.xid), seq: BigInt(last.seq) };
}

/** Whether events after this place have been taken out of the table already (`removeEvents`). */
export async function isPruned(db: Db, position: Position): Promise<boolean> {
  const row = await db.maybe<{ missed: boolean }>(
    sql`select (xid, seq) > (${position.xid.toString()}::xid8, ${position.seq.toString()}::bigint) as missed from events_pruned`,
  );
  return row?.missed ?? false;
}

function toEvent(row: EventRow): Event {
  return {
    position: { xid: BigInt(row.xid), seq: BigInt(row.seq) },
    id: row.id,
    type: row.type,
    at: row.at,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    causationId: row.causation_id,
    correlationId: row.correlation_id,
    data: row.data,
  };
}

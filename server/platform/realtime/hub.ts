import type { RecordEnvelope, StreamEvent } from '../../../contract/stream.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { type Db, dbOf } from '../database/sql.ts';
import type { Event, Position } from '../events/event.ts';
import { cursorOf, isAfter } from '../events/event.ts';
import type { Audience, Module, RecordKind } from '../module.ts';

/** A listener as the hub sees it. `streams` may carry the suffix `:masked`, for those who may see masked data only. */
export interface Socket {
  readonly id: string;
  readonly personId: string | null;
  readonly streams: Set<string>;
  /** It hears what comes after this place; undefined while it still reads what it missed. */
  hearsAfter: Position | undefined;
  frameNumber: number;
  /** Text, or the bytes of one. */
  send(text: string | Buffer): void;
  /** Bytes not yet taken by the network. */
  readonly buffered: number;
  close(): void;
}

/**
 * Hands batches of events to sockets: each stream's part is built and serialised once, whatever the number of its listeners;
 * each listener gets the parts of its streams joined in one frame.
 */
export interface Hub {
  add(socket: Socket): void;
  remove(socket: Socket): void;
  subscribe(socket: Socket, stream: string): void;
  unsubscribe(socket: Socket, stream: string): void;
  deliver(events: Event[]): Promise<void>;
  /** To each of these sockets the parts of these events that it may hear, for catching up. */
  replay(sockets: readonly Socket[], events: Event[], upTo: Position): Promise<void>;
  signal(stream: string, topic: string, data: Record<string, unknown>): void;
  socketsOf(personId: string): Socket[];
  readonly size: number;
}

/** A listener this far behind gets no more: it is told to reload. 4 MiB. */
const tooMuchBuffered = 4 * 1024 * 1024;

const maskedSuffix = ':masked';

interface Part {
  events: string[];
  records: Map<string, string>;
}

export function createHub(database: Database, modules: readonly Module[], clock: Clock): Hub {
  const db = dbOf(database.pool);
  const listeners = new Map<string, Set<Socket>>();
  const sockets = new Set<Socket>();
  const byPerson = new Map<string, Set<Socket>>();
  const audiences = new Map<string, (event: Event) => Audience>();
  const kinds = new Map<string, RecordKind>();
  for (const module of modules) {
    for (const [type, audience] of Object.entries(module.audiences ?? {})) audiences.set(type, audience as (event: Event) => Audience);
    for (const [kind, loader] of Object.entries(module.records ?? {})) kinds.set(kind, loader);
  }

  const build = (events: Event[], wanted: (stream: string) => boolean) => buildParts(db, audiences, kinds, events, wanted, clock.now());

  const send = (socket: Socket, body: Buffer) => {
    if (socket.buffered > tooMuchBuffered) {
      socket.send(JSON.stringify({ op: 'reload', reason: 'too_slow' }));
      socket.close();
      return;
    }
    socket.frameNumber += 1;
    socket.send(Buffer.concat([Buffer.from(`{"op":"events","n":${socket.frameNumber},`), body]));
  };

  /** Gives each socket the parts of its streams in one frame. Most hear what others hear too; what differs between their frames is the number alone. */
  const hand = (parts: ReadonlyMap<string, Part>, upTo: Position, listening: (stream: string) => Iterable<Socket>): void => {
    const cursor = cursorOf(upTo);
    const heard = new Map<Socket, Part[]>();
    for (const [stream, part] of parts) for (const socket of listening(stream)) take(heard, socket, () => []).push(part);
    const order = new Map([...parts.values()].map((part, index) => [part, index]));
    const bodies = new Map<string, Buffer>();
    for (const [socket, mine] of heard)
      send(
        socket,
        take(bodies, mine.map((part) => order.get(part)).join(), () => bodyOf(mine, cursor)),
      );
  };

  return {
    add(socket) {
      sockets.add(socket);
      if (socket.personId) grow(byPerson, socket.personId, socket);
      for (const stream of socket.streams) grow(listeners, stream, socket);
    },
    remove(socket) {
      sockets.delete(socket);
      if (socket.personId) shrink(byPerson, socket.personId, socket);
      for (const stream of socket.streams) shrink(listeners, stream, socket);
    },
    subscribe(socket, stream) {
      socket.streams.add(stream);
      grow(listeners, stream, socket);
    },
    unsubscribe(socket, stream) {
      socket.streams.delete(stream);
      shrink(listeners, stream, socket);
    },
    async deliver(events) {
      const last = events.at(-1);
      if (!last || sockets.size === 0) return;
      const parts = await build(events, (stream) => listeners.has(stream));
      hand(parts, last.position, (stream) =>
        // Whoever read up to this batch's end while it was being built has it already.
        [...(listeners.get(stream) ?? [])].filter(({ hearsAfter }) => hearsAfter && isAfter(last.position, hearsAfter)),
      );
    },
    async replay(sockets, events, upTo) {
      const heard = new Set(sockets.flatMap(({ streams }) => [...streams]));
      const parts = await build(events, (stream) => heard.has(stream));
      hand(parts, upTo, (stream) => sockets.filter(({ streams }) => streams.has(stream)));
    },
    signal(stream, topic, data) {
      const heard = new Set([...(listeners.get(stream) ?? []), ...(listeners.get(stream + maskedSuffix) ?? [])]);
      if (heard.size === 0) return;
      const text = JSON.stringify({ op: 'signal', topic, data });
      // A signal is worth nothing later: whoever is behind does without.
      for (const socket of heard) if (socket.buffered < tooMuchBuffered / 8) socket.send(text);
    },
    socketsOf: (personId) => [...(byPerson.get(personId) ?? [])],
    get size() {
      return sockets.size;
    },
  };
}

/**
 * For each stream that somebody hears: its events and records, serialised. A masked stream gets masked records or none, and no stream gets a record
 * that is none of its own today, however old the event.
 */
async function buildParts(
  db: Db,
  audiences: Map<string, (event: Event) => Audience>,
  kinds: Map<string, RecordKind>,
  events: Event[],
  wanted: (stream: string) => boolean,
  now: Date,
): Promise<Map<string, Part>> {
  const needed = new Map<string, Set<string>>();
  const plan = new Map<string, { events: string[]; records: Set<string>; gone: Set<string> }>();
  for (const event of events) {
    const audience = audiences.get(event.type)?.(event);
    if (!audience) continue;
    let text: string | undefined;
    const variants = (streams: readonly string[]) => streams.flatMap((s) => [s, s + maskedSuffix]).filter(wanted);
    for (const stream of variants(audience.streams)) {
      text ??= JSON.stringify(presentEvent(event));
      const entry = take(plan, stream, () => ({ events: [], records: new Set<string>(), gone: new Set<string>() }));
      entry.events.push(text);
      for (const { kind, id } of audience.records ?? []) {
        entry.records.add(`${kind} ${id}`);
        entry.gone.delete(`${kind} ${id}`);
        take(needed, kind, () => new Set<string>()).add(id);
      }
    }
    for (const stream of variants(audience.leaving ?? [])) {
      const entry = take(plan, stream, () => ({ events: [], records: new Set<string>(), gone: new Set<string>() }));
      for (const { kind, id } of audience.records ?? []) {
        entry.gone.add(`${kind} ${id}`);
        if (!audience.streams.includes(baseOf(stream))) entry.records.delete(`${kind} ${id}`);
        take(needed, kind, () => new Set<string>()).add(id);
      }
    }
  }

  const open = new Map<string, string>();
  const masked = new Map<string, string>();
  const heardBy = new Map<string, ReadonlySet<string>>();
  await Promise.all(
    [...needed].map(async ([kind, ids]) => {
      const loader = kinds.get(kind);
      if (!loader) throw new Error(`No room presents records of kind ${kind}`);
      const found = await loader.load(db, [...ids], now);
      for (const id of ids) {
        const record = found.get(id);
        const key = `${kind} ${id}`;
        if (!record) {
          open.set(key, envelope(kind, id));
          masked.set(key, envelope(kind, id));
          continue;
        }
        if (record.streams) heardBy.set(key, new Set(record.streams));
        open.set(key, envelope(kind, id, record.version, record.data));
        if (loader.mask) masked.set(key, envelope(kind, id, record.version, loader.mask(record.data)));
      }
    }),
  );

  const parts = new Map<string, Part>();
  for (const [stream, { events: texts, records, gone }] of plan) {
    const source = stream.endsWith(maskedSuffix) ? masked : open;
    const chosen = new Map<string, string>();
    for (const key of records) {
      const text = source.get(key);
      // The event is old, the record is as it is now: whoever heard of it then may have no part in it any more.
      if (text && (heardBy.get(key)?.has(baseOf(stream)) ?? true)) chosen.set(key, text);
    }
    for (const key of gone) {
      // And whoever lost it then may have it back.
      const back = heardBy.get(key)?.has(baseOf(stream)) ? source.get(key) : undefined;
      if (back) chosen.set(key, back);
      const [kind = '', id = ''] = key.split(' ');
      if (!chosen.has(key)) chosen.set(key, envelope(kind, id));
    }
    parts.set(stream, { events: texts, records: chosen });
  }
  return parts;
}

const baseOf = (stream: string): string => (stream.endsWith(maskedSuffix) ? stream.slice(0, -maskedSuffix.length) : stream);

/** A record that is gone carries version 0: it is taken away whatever version the listener has. */
function envelope(kind: string, id: string, version = 0, data?: Record<string, unknown>): string {
  const record: RecordEnvelope = data ? { kind, id, version, data } : { kind, id, version, gone: true };
  return JSON.stringify(record);
}

function presentEvent(event: Event): StreamEvent {
  const subject: Record<string, string> = {};
  for (const [key, value] of Object.entries(event.data as Record<string, unknown>)) {
    if (key.endsWith('Id') && typeof value === 'string') subject[key] = value;
  }
  return { type: event.type, at: event.at.toISOString(), actorId: event.actorId, subject };
}

/** A frame but for its beginning, as bytes. */
function bodyOf(parts: readonly Part[], cursor: string): Buffer {
  const [only] = parts;
  const { events, records } = parts.length === 1 && only ? only : join(parts);
  return Buffer.from(`"cursor":"${cursor}","events":[${events.join(',')}],"records":[${[...records.values()].join(',')}]}`);
}

/** A record that is present in one of a listener's streams is not gone for that listener. */
function join(parts: readonly Part[]): Part {
  const events = new Set<string>();
  const records = new Map<string, string>();
  for (const part of parts) {
    for (const event of part.events) events.add(event);
    for (const [key, text] of part.records) if (!records.has(key) || records.get(key)?.endsWith('"gone":true}')) records.set(key, text);
  }
  return { events: [...events], records };
}

function take<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let found = map.get(key);
  if (found === undefined) {
    found = make();
    map.set(key, found);
  }
  return found;
}

function grow(map: Map<string, Set<Socket>>, key: string, socket: Socket): void {
  take(map, key, () => new Set<Socket>()).add(socket);
}

function shrink(map: Map<string, Set<Socket>>, key: string, socket: Socket): void {
  const set = map.get(key);
  if (!set) return;
  set.delete(socket);
  if (set.size === 0) map.delete(key);
}

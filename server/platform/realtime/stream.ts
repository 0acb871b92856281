import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { clientFrame, closedForBalance, closedForNewer, closedSignedOut } from '../../../contract/stream.ts';
import type { Actor } from '../actor.ts';
import { type Platform, reading } from '../context.ts';
import { cursorOf, type Event, readCursor } from '../events/event.ts';
import type { Tail } from '../events/tail.ts';
import { newId } from '../ids.ts';
import type { Audience, Listener, Module } from '../module.ts';
import { createBalance } from './balance.ts';
import { createCatchUp } from './catch-up.ts';
import { closeSockets } from './close-sockets.ts';
import type { Hub, Socket } from './hub.ts';

/** So that others soon know whose browser is gone. */
const pingEveryMilliseconds = 5_000;
/** A socket may hang for a while and go on; after this it is closed. */
const deadAfterMilliseconds = 50_000;
const largestClientFrame = 16 * 1024;
/** Rights also end by the clock (a session, a token, a reason given for some hours), and no event tells of that. */
const lookAgainMilliseconds = 5 * 60_000;
/** More frames waiting than any page of ours sends; whoever sends more wants to keep us busy. */
const mostWaitingFrames = 500;
/** More tabs than anybody has; the oldest is closed for the newest. In each process. */
const mostSockets = 50;
/** Somebody's pages tell a few times a second that they write; more than this in a second is dropped. */
const mostSignals = 20;
/** Things one socket may watch at once. */
const mostWatched = 200;

export interface StreamServer {
  /** Takes over an HTTP upgrade of a signed-in person. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, actor: Actor, cursor: string | undefined): void;
  /** Tells a page that nobody is signed in: a browser keeps from it with which status a handshake was refused. */
  turnAway(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Looks again at what these persons may hear; awaited before later events are delivered. */
  refresh(personIds: readonly string[]): Promise<void>;
  /** Looks again whether those who watch something with one of these ids still may; awaited like `refresh`. */
  recheck(ids: ReadonlySet<string>): Promise<void>;
  /** Says once a second how many sockets are here, and sends some of them to the other processes while those have far fewer. */
  shareWith(tell: (sockets: number) => void): void;
  /** How many sockets another process has. */
  toldOf(from: string, sockets: number): void;
  /** Tells every page whether anything new can be seen here. */
  blind(is: boolean): void;
  stop(): Promise<void>;
}

interface Connection {
  ws: WebSocket;
  socket: Socket;
  listener: { actor: Actor; socketId: string };
  watching: Map<string, string>;
  /** The last sign of life, by `performance.now()`. */
  heardAt: number;
  checkedAt: number;
  /** Signals of the second that began then. */
  signals: { since: number; count: number };
  /** Frames are obeyed one after the other: who unwatches after watching watches nothing, however long the look takes. */
  turn: Promise<void>;
  waiting: number;
}

/** The WebSocket side of the live stream; protocol in `contract/stream.ts`. `authenticateAgain` gives the actor as it is now, or undefined when signed out. */
export function createStreamServer(
  platform: Platform,
  hub: Hub,
  tail: () => Tail,
  modules: readonly Module[],
  authenticateAgain: (actor: Actor) => Promise<Actor | undefined>,
): StreamServer {
  const catchUp = createCatchUp(platform, hub, tail);
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: largestClientFrame });
  const connections = new Set<Connection>();
  let isBlind = false;
  const balance = createBalance();
  let sharing: NodeJS.Timeout | undefined;
  const streamsOf = (actor: Actor) => modules.flatMap((m) => m.streams?.(actor) ?? []);
  const watchable = new Map(modules.flatMap((m) => Object.entries(m.watch ?? {})));
  const signals = new Map(modules.flatMap((m) => Object.entries(m.signals ?? {})));

  const heartbeat = setInterval(() => {
    for (const connection of connections) {
      if (performance.now() - connection.heardAt > deadAfterMilliseconds) {
        connection.ws.terminate();
        continue;
      }
      connection.ws.ping();
      if (performance.now() - connection.checkedAt < lookAgainMilliseconds) continue;
      hearAnew(connection).catch((error: unknown) => platform.log.warn({ err: error }, 'rights of a socket could not be looked at'));
    }
    void tellConnected();
  }, pingEveryMilliseconds);

  /** Who is connected here, by the socket of each that was heard last. */
  const silences = (): Map<string, number> => {
    const now = performance.now();
    const silent = new Map<string, number>();
    for (const { listener, heardAt } of connections) {
      const { kind, id } = listener.actor;
      if (kind === 'person' && id) silent.set(id, Math.min(silent.get(id) ?? Infinity, now - heardAt));
    }
    return silent;
  };

  let telling: Promise<void> | undefined;
  /** Once for however many come and go in the same moment. */
  const tellConnected = (): Promise<void> => {
    telling ??= setTimeout(50).then(async () => {
      telling = undefined;
      for (const module of modules) await module.connected?.(platform, silences());
    });
    return telling.catch((error: unknown) => platform.log.warn({ err: error }, 'who is connected could not be noted'));
  };

  const mayWatch = async (actor: Actor, kind: string, id: string) =>
    watchable
      .get(kind)?.(reading(platform, actor), id)
      .catch(() => undefined);

  const refuse = (connection: Connection, kind: string, id: string) =>
    connection.ws.send(JSON.stringify({ op: 'refused', what: `${kind} ${id}`, code: 'core.not_found' }));

  const watch = async (connection: Connection, kind: string, id: string) => {
    let actor: Actor;
    let stream: string | undefined;
    do {
      actor = connection.listener.actor;
      stream = connection.watching.size < mostWatched ? await mayWatch(actor, kind, id) : undefined;
      // Rights that changed during the look count anew.
    } while (actor !== connection.listener.actor);
    if (connection.ws.readyState !== connection.ws.OPEN) return;
    if (!stream) return refuse(connection, kind, id);
    connection.watching.set(`${kind} ${id}`, stream);
    hub.subscribe(connection.socket, stream);
    tellWatched(connection.listener, kind, id, true);
  };

  const unwatch = (connection: Connection, kind: string, id: string) => {
    const stream = connection.watching.get(`${kind} ${id}`);
    if (!stream) return;
    connection.watching.delete(`${kind} ${id}`);
    if (![...connection.watching.values()].includes(stream) && !streamsOf(connection.listener.actor).includes(stream))
      hub.unsubscribe(connection.socket, stream);
    tellWatched(connection.listener, kind, id, false);
  };

  const tellWatched = (listener: Listener, kind: string, id: string, began: boolean) => {
    for (const module of modules) module.watched?.(platform, listener, kind, id, began);
  };

  const receive = async (connection: Connection, text: string) => {
    let frame: ReturnType<typeof clientFrame.safeParse>;
    try {
      frame = clientFrame.safeParse(JSON.parse(text));
    } catch {
      frame = clientFrame.safeParse(null);
    }
    if (!frame.success) {
      connection.ws.send(JSON.stringify({ op: 'refused', what: 'frame', code: 'core.invalid_input' }));
      return;
    }
    const message = frame.data;
    if (message.op === 'ping') connection.ws.send('{"op":"pong"}');
    else if (message.op === 'watch') await watch(connection, message.kind, message.id);
    else if (message.op === 'unwatch') unwatch(connection, message.kind, message.id);
    else if (maySignal(connection)) signals.get(message.topic)?.(platform, connection.listener, message.data);
  };

  const maySignal = ({ signals: told }: Connection): boolean => {
    const at = performance.now();
    if (at - told.since >= 1_000) Object.assign(told, { since: at, count: 0 });
    told.count += 1;
    return told.count <= mostSignals;
  };

  /** What a socket watches ends, for the hub and for those who show who is there. */
  const endWatching = (connection: Connection) => {
    for (const key of connection.watching.keys()) {
      const [kind = '', id = ''] = key.split(' ');
      connection.watching.delete(key);
      tellWatched(connection.listener, kind, id, false);
    }
  };

  /** Sends a socket away: from now on it hears nothing, however long the farewell takes. */
  const dismiss = (connection: Connection, code: number, reason: string) => {
    connection.ws.close(code, reason);
    hub.remove(connection.socket);
    endWatching(connection);
  };

  /** Who is there now and what they may hear; closes the socket of somebody who may not be here any more. */
  const hearAnew = async (connection: Connection): Promise<boolean> => {
    const actor = await authenticateAgain(connection.listener.actor);
    if (!actor) {
      dismiss(connection, closedSignedOut, 'signed out');
      return false;
    }
    // Closed while we asked: the hub has forgotten it and must not learn of it again.
    if (connection.ws.readyState !== connection.ws.OPEN) return false;
    connection.listener.actor = actor;
    connection.checkedAt = performance.now();
    const wanted = new Set(streamsOf(actor));
    for (const [key, stream] of connection.watching) {
      const [kind = '', id = ''] = key.split(' ');
      if (await mayWatch(actor, kind, id)) wanted.add(stream);
      else if (connection.watching.delete(key)) tellWatched(connection.listener, kind, id, false);
    }
    const had = [...connection.socket.streams];
    for (const stream of had) if (!wanted.has(stream)) hub.unsubscribe(connection.socket, stream);
    for (const stream of wanted) if (!had.includes(stream)) hub.subscribe(connection.socket, stream);
    return true;
  };

  /** Closes the oldest sockets of somebody who has too many. Their pages do not come back by themselves, or they would push each other out for ever. */
  const makeRoom = (actor: Actor) => {
    if (!actor.id || hub.socketsOf(actor.id).length <= mostSockets) return;
    const open = [...connections].filter(({ ws, listener }) => listener.actor.id === actor.id && ws.readyState === ws.OPEN);
    for (const connection of open.slice(0, Math.max(0, open.length - mostSockets)))
      dismiss(connection, closedForNewer, 'too many connections');
  };

  const begin = async (ws: WebSocket, actor: Actor, cursorText: string | undefined) => {
    const socketId = newId();
    const socket: Socket = {
      id: socketId,
      personId: actor.id,
      streams: new Set(streamsOf(actor)),
      hearsAfter: undefined,
      frameNumber: 0,
      send: (text) => ws.send(text, { binary: false }),
      get buffered() {
        return ws.bufferedAmount;
      },
      close: () => ws.close(4000, 'reload'),
    };
    const connection: Connection = {
      ws,
      socket,
      listener: { actor, socketId },
      watching: new Map(),
      heardAt: performance.now(),
      checkedAt: performance.now(),
      signals: { since: 0, count: 0 },
      turn: Promise.resolve(),
      waiting: 0,
    };
    connections.add(connection);
    void tellConnected();
    ws.on('pong', () => {
      connection.heardAt = performance.now();
    });
    ws.on('error', () => {});
    ws.on('message', (data) => {
      // Whoever is being sent away is not listened to any more, however long the farewell takes.
      if (ws.readyState !== ws.OPEN) return;
      connection.heardAt = performance.now();
      connection.waiting += 1;
      if (connection.waiting > mostWaitingFrames) return ws.close(1008, 'too many frames');
      connection.turn = connection.turn
        .then(() => receive(connection, (data as Buffer).toString()))
        .catch((error: unknown) => platform.log.warn({ err: error }, 'a frame could not be obeyed'))
        .finally(() => (connection.waiting -= 1));
    });
    ws.on('close', () => {
      connections.delete(connection);
      void tellConnected();
      hub.remove(socket);
      endWatching(connection);
    });
    hub.add(socket);
    makeRoom(actor);
    // Rights may have changed between signing in and this line, when no refresh knew of this socket yet.
    if (!(await hearAnew(connection))) return;

    const asked = cursorText ? readCursor(cursorText) : undefined;
    const now = tail().position();
    ws.send(
      JSON.stringify({
        op: 'ready',
        n: 0,
        cursor: cursorText && asked ? cursorText : cursorOf(now),
        serverTime: platform.clock.now().toISOString(),
      }),
    );
    if (isBlind) ws.send(JSON.stringify({ op: 'blind', is: true }));
    if (!asked) {
      if (cursorText) ws.send(JSON.stringify({ op: 'reload', reason: 'cursor_too_old' }));
      socket.hearsAfter = now;
      return;
    }
    await catchUp({ socket, from: asked });
  };

  return {
    upgrade(request, socket, head, actor, cursor) {
      server.handleUpgrade(request, socket, head, (ws) => {
        begin(ws, actor, cursor).catch((error: unknown) => {
          platform.log.warn({ err: error }, 'live stream could not begin');
          ws.close(1011, 'try again');
        });
      });
    },
    turnAway(request, socket, head) {
      server.handleUpgrade(request, socket, head, (ws) => {
        ws.on('error', () => {});
        ws.close(closedSignedOut, 'signed out');
      });
    },
    shareWith(tell) {
      sharing = setInterval(() => {
        const open = [...connections].filter(({ ws }) => ws.readyState === ws.OPEN);
        tell(open.length);
        // Those who have been here longest, so that nobody is sent twice in a row.
        for (const connection of open.slice(0, balance.surplus(open.length, performance.now())))
          dismiss(connection, closedForBalance, 'another process has more room');
      }, 1_000);
    },
    toldOf: (from, sockets) => balance.heard(from, sockets, performance.now()),
    blind(is) {
      isBlind = is;
      for (const { ws } of connections) ws.send(JSON.stringify({ op: 'blind', is }));
    },
    async refresh(personIds) {
      for (const connection of connections) {
        if (!connection.listener.actor.id || !personIds.includes(connection.listener.actor.id)) continue;
        if (await hearAnew(connection)) connection.ws.send(JSON.stringify({ op: 'reload', reason: 'rights_changed' }));
      }
    },
    async recheck(ids) {
      for (const connection of connections) {
        for (const key of connection.watching.keys()) {
          const [kind = '', id = ''] = key.split(' ');
          if (!ids.has(id) || (await mayWatch(connection.listener.actor, kind, id))) continue;
          unwatch(connection, kind, id);
          refuse(connection, kind, id);
        }
      }
    },
    async stop() {
      clearInterval(heartbeat);
      clearInterval(sharing);
      await closeSockets(server, connections);
      await tellConnected();
    },
  };
}

/** Persons whose rights some room says these events change. */
export const personsWithChangedRights = (modules: readonly Module[], events: readonly Event[]): string[] => [
  ...new Set(events.flatMap((event) => modules.flatMap((m) => m.rightsChanged?.(event) ?? []))),
];

/** Everything named by events that take something away from somebody: whoever has it open may not be entitled any more. */
export const takenAway = (modules: readonly Module[], events: readonly Event[]): Set<string> =>
  new Set(
    events
      .filter((event) =>
        modules.some((m) => (m.audiences?.[event.type] as ((event: Event) => Audience) | undefined)?.(event).leaving?.length),
      )
      .flatMap((event) => Object.values(event.data as Record<string, unknown>).filter((value) => typeof value === 'string')),
  );

import { useSyncExternalStore } from 'react';
import type { ClientFrame, RecordEnvelope, ServerFrame, StreamEvent } from '../../../contract/stream.ts';
import { idle, type Liveness, livenessOf, type StreamEffect, type StreamInput, step } from './machine.ts';

interface Listeners {
  /** The cursor is known: now state may be read. Also called after a reload. */
  joined: () => void;
  apply: (records: readonly RecordEnvelope[], events: readonly StreamEvent[]) => void;
  reload: (reason: string) => void;
  signedOut: () => void;
}

type SignalListener = (data: Record<string, unknown>) => void;

let state = idle;
let socket: WebSocket | null = null;
let listeners: Listeners | null = null;
let retryTimer: ReturnType<typeof setTimeout> | undefined;
let liveness: Liveness = { live: false, since: 0 };
const livenessListeners = new Set<() => void>();
const signalListeners = new Map<string, Set<SignalListener>>();
/** What is open on screen, with how often: sent again after every reconnect. */
const watched = new Map<string, { kind: string; id: string; count: number }>();

let stop: (() => void) | null = null;

/** Starts the one stream of this tab, where there is none yet; returns how to stop it. */
export function startStream(on: Listeners): () => void {
  if (stop) return stop;
  listeners = on;
  input({ type: 'start', at: Date.now() });
  let last = Date.now();
  const ticker = setInterval(() => {
    const at = Date.now();
    // A timer that comes many seconds late means that the machine slept.
    input({ type: at - last > 20_000 ? 'woke' : 'tick', at });
    last = at;
  }, 5000);
  const wake = (): void => {
    if (document.visibilityState === 'visible') input({ type: 'woke', at: Date.now() });
  };
  document.addEventListener('visibilitychange', wake);
  window.addEventListener('online', wake);
  const mine = () => {
    // Closed already, and perhaps begun anew for somebody else.
    if (stop !== mine) return;
    stop = null;
    clearInterval(ticker);
    clearTimeout(retryTimer);
    document.removeEventListener('visibilitychange', wake);
    window.removeEventListener('online', wake);
    state = idle;
    listeners = null;
    disconnect();
    announce();
  };
  stop = mine;
  return mine;
}

/** Hears everything about one open thing until the returned function is called. */
export function watch(kind: string, id: string): () => void {
  const key = `${kind} ${id}`;
  const held = watched.get(key);
  if (held) held.count++;
  else {
    watched.set(key, { kind, id, count: 1 });
    send({ op: 'watch', kind, id });
  }
  return () => {
    const now = watched.get(key);
    if (!now || --now.count > 0) return;
    watched.delete(key);
    send({ op: 'unwatch', kind, id });
  };
}

export const sendSignal = (topic: string, data: Record<string, unknown>): void => send({ op: 'signal', topic, data });

export function onSignal(topic: string, listener: SignalListener): () => void {
  const set = signalListeners.get(topic) ?? new Set();
  signalListeners.set(topic, set.add(listener));
  return () => set.delete(listener);
}

export const useLiveness = (): Liveness =>
  useSyncExternalStore(
    (listener) => {
      livenessListeners.add(listener);
      return () => livenessListeners.delete(listener);
    },
    () => liveness,
  );

function input(what: StreamInput): void {
  const [next, effects] = step(state, what);
  state = next;
  for (const effect of effects) perform(effect);
  announce();
}

function perform(effect: StreamEffect): void {
  switch (effect.do) {
    case 'connect':
      return connect(effect.cursor);
    case 'disconnect':
      return disconnect();
    case 'retryIn':
      clearTimeout(retryTimer);
      retryTimer = setTimeout(() => input({ type: 'retry', at: Date.now() }), effect.ms);
      return;
    case 'ping':
      return send({ op: 'ping' });
    case 'apply':
      return listeners?.apply(effect.records, effect.events);
    case 'signal':
      for (const listener of signalListeners.get(effect.topic) ?? []) listener(effect.data);
      return;
    case 'joined':
      return listeners?.joined();
    case 'reload':
      return listeners?.reload(effect.reason);
    case 'signedOut':
      return listeners?.signedOut();
    case 'refused':
      return;
  }
}

function connect(cursor: string | null): void {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const opened = new WebSocket(
    `${scheme}://${location.host}/api/v1/stream${cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`}`,
  );
  socket = opened;
  const mine = (act: () => void) => () => {
    if (socket === opened) act();
  };
  opened.addEventListener(
    'open',
    mine(() => {
      input({ type: 'opened', at: Date.now() });
      for (const { kind, id } of watched.values()) send({ op: 'watch', kind, id });
    }),
  );
  opened.addEventListener('message', (event: MessageEvent<string>) => {
    if (socket === opened) input({ type: 'frame', at: Date.now(), frame: JSON.parse(event.data) as ServerFrame });
  });
  opened.addEventListener('close', ({ code }) => {
    if (socket === opened) input({ type: 'closed', at: Date.now(), random: Math.random(), code });
  });
}

function disconnect(): void {
  const old = socket;
  socket = null;
  old?.close();
}

function send(frame: ClientFrame): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
}

function announce(): void {
  const next = livenessOf(state);
  if (next.live === liveness.live && (next.live || (!liveness.live && next.since === liveness.since))) return;
  liveness = next;
  for (const listener of livenessListeners) listener();
}

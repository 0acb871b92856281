import { isReachable, whenReachable } from '../../../platform/api/connection.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { sayLeaving } from '../../../platform/kept.ts';
import { records } from '../../../platform/store/app-store.ts';
import { claim, forward, type Sent, sendReply, writeNote } from '../api.ts';
import { changesOf, type Leaving, lineOf } from './leaving.ts';
import { createQueue, inTurn, type Queue } from './queue.ts';
import { shelfOf } from './shelf.ts';

/** How soon what the line or the server's state prevented is tried again by itself. */
const retryMs = 5_000;
/** A line can swallow a request without a word. */
const patienceMs = 30_000;

interface Box {
  personId: string;
  shelf: ReturnType<typeof shelfOf>;
  queue: Queue<Leaving>;
}

let box: Box | null = null;
let entries: readonly Leaving[] = [];
/** The last try got no answer. */
let isHeldUp = false;
let retry: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();
const removers = new Map<string, () => void>();
/** What this page must do before one of its own entries leaves: a draft that is just being saved would come back to life. */
const before = new Map<string, () => Promise<number | null>>();
const outcomes = new Map<string, (sent: Sent | null) => void>();
const sentListeners = new Set<(entry: Leaving) => void>();
let onUnplaced: (entry: Leaving) => void = () => {};

/** A field of the desk that takes back what could not be sent. */
type Taker = (entry: Leaving) => void;
const takers = new Map<string, Taker>();
const fieldKey = (conversationId: string, kind: Leaving['kind']): string => `${conversationId} ${kind}`;

/** Begins to send what waits for this person; `unplaced` hears of what was refused while its conversation is not open. */
export function openOutbox(personId: string, unplaced: (entry: Leaving) => void): () => void {
  const shelf = shelfOf(personId);
  box = { personId, shelf, queue: createQueue(shelf, { alone: aloneFor(personId), prepare, send, refusalIn, onSent, onRefused }) };
  onUnplaced = unplaced;
  const heard = ({ key }: StorageEvent): void => {
    if (key !== null && !shelf.isMine(key)) return;
    announce();
    // Another window sends it at once; should that one be closed, this one does.
    later();
  };
  window.addEventListener('storage', heard);
  window.addEventListener('online', flush);
  const stop = whenReachable(flush);
  announce();
  flush();
  return () => {
    window.removeEventListener('storage', heard);
    window.removeEventListener('online', flush);
    stop();
    clearTimeout(retry);
    box = null;
    announce();
  };
}

/**
 * Keeps something and sends it when its turn has come. It stands on screen before this returns. Answers what the server made of it; null when it came back; never, when
 * the page is closed before.
 */
export function leave(
  entry: Omit<Leaving, 'n' | 'at' | 'line' | 'state' | 'isTried' | 'problem'>,
  first: () => Promise<number | null>,
): Promise<Sent | null> {
  const n = Math.max(Date.now(), ...entries.map((other) => other.n + 1));
  const whole = {
    ...entry,
    n,
    at: new Date().toISOString(),
    line: lineOf(entry.conversationId, entry.kind),
    state: 'waiting',
    isTried: false,
    problem: null,
  } as Leaving;
  before.set(entry.id, first);
  const outcome = new Promise<Sent | null>((resolve) => outcomes.set(entry.id, resolve));
  box?.shelf.put(whole);
  announce();
  flush();
  return outcome;
}

/** The id under which a text goes on that was called back and may have arrived: the server makes one message of both. */
export const recalledId = (conversationId: string, kind: Leaving['kind']): string | undefined =>
  entries.find((entry) => entry.state === 'recalled' && entry.conversationId === conversationId && entry.kind === kind)?.id;

/** Whether something of the same line waits before what is written next. */
export const isBehindAnother = (conversationId: string, kind: Leaving['kind']): boolean =>
  entries.some(({ line, state }) => state === 'waiting' && line === lineOf(conversationId, kind));

/** Gives a waiting text back to its field, where it was not sent meanwhile. */
export async function callBack(id: string): Promise<void> {
  const entry = await box?.queue.take(id);
  announce();
  settle(id, null);
  const taker = entry && takers.get(fieldKey(entry.conversationId, entry.kind));
  if (taker) return taker(entry);
  if (entry) box?.shelf.put({ ...entry, state: 'returned' });
  announce();
}

/** While the function it returns was not called, a field of the desk takes back what comes back of its conversation and kind; at once, if something waits for that. */
export function takeBackHere(conversationId: string, kind: Leaving['kind'], taker: Taker): () => void {
  const key = fieldKey(conversationId, kind);
  takers.set(key, taker);
  placeReturned();
  return () => {
    if (takers.get(key) === taker) takers.delete(key);
  };
}

export function onLeft(listener: (entry: Leaving) => void): () => void {
  sentListeners.add(listener);
  return () => sentListeners.delete(listener);
}

export const leaving = (): readonly Leaving[] => entries;
export const isWaitingForLine = (): boolean => isHeldUp || !isReachable();
export function onOutbox(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function flush(): void {
  clearTimeout(retry);
  if (!entries.some(({ state }) => state === 'waiting')) return;
  void box?.queue.flush().then((stillWaits) => {
    isHeldUp = stillWaits;
    announce();
    if (stillWaits) later();
  });
}

function later(): void {
  clearTimeout(retry);
  retry = setTimeout(flush, retryMs);
}

/** One window of a person sends at a time. */
const aloneFor =
  (personId: string) =>
  <T>(work: () => Promise<T>): Promise<T> =>
    navigator.locks.request(`nahbar.outbox.${personId}`, work) as Promise<T>;

async function prepare(entry: Leaving): Promise<Leaving> {
  const fence = await before.get(entry.id)?.();
  before.delete(entry.id);
  if (entry.kind === 'note' || entry.input.fence !== null) return entry;
  const taken = fence ?? (await claim(entry.conversationId, 'take')).fence;
  return { ...entry, input: { ...entry.input, fence: taken } } as Leaving;
}

function send(entry: Leaving): Promise<Sent> {
  const signal = AbortSignal.timeout(patienceMs);
  if (entry.kind === 'note') return writeNote(entry.input, signal);
  const fence = entry.input.fence ?? 0;
  return entry.kind === 'forward' ? forward({ ...entry.input, fence }, signal) : sendReply({ ...entry.input, fence }, signal);
}

/** The line, the server's state or a session that ended: none of these says anything about the text. */
const passing = ['client.offline', 'client.unreadable', 'core.storage_unavailable', 'core.too_many_requests', 'core.not_signed_in'];
const refusalIn = (error: unknown) => (isProblem(error) && !passing.includes(error.code) ? error.problem : undefined);

function onSent(entry: Leaving, sent: Sent): void {
  isHeldUp = false;
  for (const listener of sentListeners) listener(entry);
  settle(entry.id, sent);
  announce();
}

function onRefused(entry: Leaving): void {
  settle(entry.id, null);
  announce();
  if (!takers.has(fieldKey(entry.conversationId, entry.kind))) onUnplaced(entry);
}

function settle(id: string, sent: Sent | null): void {
  outcomes.get(id)?.(sent);
  outcomes.delete(id);
}

/** Reads what is kept anew, shows each before the server has it, and gives what came back to the fields that are open. */
function announce(): void {
  entries = box ? inTurn(box.shelf.all()) : [];
  const shown = new Map(entries.filter(({ state }) => state === 'waiting').map((entry) => [entry.id, entry]));
  for (const [id, remove] of removers) if (!shown.has(id) && removers.delete(id)) remove();
  for (const [id, entry] of shown) if (!removers.has(id)) removers.set(id, records.overlay(changesOf(entry)));
  placeReturned();
  sayLeaving(shown.size);
  for (const listener of listeners) listener();
}

const placing = new Set<string>();
function placeReturned(): void {
  for (const { id, state, conversationId, kind } of entries) {
    const taker = takers.get(fieldKey(conversationId, kind));
    if (state !== 'returned' || !taker || placing.has(id)) continue;
    placing.add(id);
    void box?.queue.take(id).then((entry) => {
      placing.delete(id);
      // The field may have gone while another window was sending: then it is for the next one.
      const now = takers.get(fieldKey(conversationId, kind));
      if (entry && now) now(entry);
      else if (entry) box?.shelf.put(entry);
      announce();
    });
  }
}

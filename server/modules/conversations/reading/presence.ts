import { z } from 'zod';
import { presenceSignal } from '../../../../contract/conversations.ts';
import type { Platform } from '../../../platform/context.ts';
import type { Listener } from '../../../platform/module.ts';
import { tellWriting } from '../threads/tell.ts';

/** Writing is forgotten this long after the last key. */
const writingMilliseconds = 8_000;
/** Every process repeats its lists this often; so what got lost on the way is mended, and others know that it lives. */
const repeatMilliseconds = 2_000;
/** A list not repeated for this long came from a process that died. Two repetitions may get lost. */
const forgetMilliseconds = 7_000;
const topic = 'conversations.presence';

type Shown = z.infer<typeof presenceSignal>['viewers'][number];

interface Viewer extends Shown {
  sockets: Set<string>;
  writingUntil: number;
}

/**
 * Who has which conversation open. Lost with the process, as the sockets are; the lease is what protects, this only tells. Each process knows its own
 * sockets' people and the lists the others last told it, and shows its sockets both together.
 */
interface Presence {
  own: Map<string, Map<string, Viewer>>;
  /** By conversation, then by process. */
  others: Map<string, Map<string, { viewers: Shown[]; heardAt: number }>>;
  timer: NodeJS.Timeout | undefined;
}

/** By house, because several may live in one process (tests). */
const presences = new WeakMap<Platform, Presence>();

function presenceIn(platform: Platform): Presence {
  let presence = presences.get(platform);
  if (!presence) {
    presence = { own: new Map(), others: new Map(), timer: undefined };
    presences.set(platform, presence);
  }
  return presence;
}

export function watched(platform: Platform, listener: Listener, kind: string, id: string, began: boolean): void {
  const personId = listener.actor.id;
  if (kind !== 'conversation' || !personId) return;
  const { own } = presenceIn(platform);
  const viewers = own.get(id) ?? new Map<string, Viewer>();
  const viewer = viewers.get(personId) ?? {
    personId,
    name: listener.actor.name,
    since: platform.clock.now().toISOString(),
    sockets: new Set<string>(),
    writing: null,
    writingUntil: 0,
  };
  if (began) {
    viewer.sockets.add(listener.socketId);
    viewers.set(personId, viewer);
    own.set(id, viewers);
  } else {
    viewer.sockets.delete(listener.socketId);
    if (viewer.sockets.size === 0) {
      viewers.delete(personId);
      if (viewer.writing === 'reply') tellCustomer(platform, id, false);
      viewer.writing = null;
    }
    if (viewers.size === 0) own.delete(id);
  }
  tell(platform, id);
}

/** `conversations.writing` from a browser: { conversationId, kind: 'reply' | 'note' | null }. Only whoever watches a conversation can write in it. */
export function writing(platform: Platform, from: Listener, data: Record<string, unknown>): void {
  const { conversationId, kind } = data;
  if (typeof conversationId !== 'string' || !from.actor.id) return;
  const viewer = presenceIn(platform).own.get(conversationId)?.get(from.actor.id);
  if (!viewer?.sockets.has(from.socketId)) return;
  const next = kind === 'reply' || kind === 'note' ? kind : null;
  const news = next !== viewer.writing;
  const answers = (viewer.writing === 'reply') !== (next === 'reply');
  viewer.writing = next;
  viewer.writingUntil = performance.now() + writingMilliseconds;
  if (news) tell(platform, conversationId);
  if (answers) tellCustomer(platform, conversationId, next === 'reply');
  if (next) setTimeout(() => forget(platform, conversationId, viewer), writingMilliseconds + 50).unref();
}

function forget(platform: Platform, conversationId: string, viewer: Viewer): void {
  if (!viewer.writing || performance.now() < viewer.writingUntil) return;
  if (viewer.writing === 'reply') tellCustomer(platform, conversationId, false);
  viewer.writing = null;
  tell(platform, conversationId);
}

/** That somebody answers, and nothing else of who is there. */
function tellCustomer(platform: Platform, conversationId: string, is: boolean): void {
  tellWriting(platform, conversationId, is).catch((error: unknown) => platform.log.warn({ err: error }, 'a customer could not be told'));
}

/** Another process tells its list of one conversation. */
export function toldByProcess(platform: Platform, from: string, data: Record<string, unknown>): void {
  const told = presenceSignal.safeParse(data);
  // A process of another release may speak otherwise; it is then not shown here.
  if (!told.success) return;
  const { conversationId: id, viewers } = told.data;
  const { own, others } = presenceIn(platform);
  const lists = others.get(id) ?? new Map<string, { viewers: Shown[]; heardAt: number }>();
  const before = lists.get(from);
  if (viewers.length > 0) lists.set(from, { viewers, heardAt: performance.now() });
  else lists.delete(from);
  if (lists.size > 0) others.set(id, lists);
  else others.delete(id);
  keepTime(platform);
  if (JSON.stringify(before?.viewers ?? []) === JSON.stringify(viewers)) return;
  show(platform, id);
  // Who is new has not heard who is here.
  if (!before && own.has(id)) tellProcesses(platform, id);
}

function tell(platform: Platform, id: string): void {
  show(platform, id);
  tellProcesses(platform, id);
  keepTime(platform);
}

function tellProcesses(platform: Platform, conversationId: string): void {
  const viewers = [...(presenceIn(platform).own.get(conversationId)?.values() ?? [])].map(shown);
  platform.tellProcesses(topic, { conversationId, viewers });
}

function show(platform: Platform, conversationId: string): void {
  platform.signalHere(`conversation:${conversationId}`, topic, {
    conversationId,
    viewers: viewersOf(presenceIn(platform), conversationId),
  });
}

const shown = ({ personId, name, writing: kind, since }: Shown): Shown => ({ personId, name, writing: kind, since });

/** Who is there in whichever process, once each, in the order in which they came: the same list everywhere. */
function viewersOf({ own, others }: Presence, id: string): Shown[] {
  const all = new Map<string, Shown>();
  const lists = [[...(own.get(id)?.values() ?? [])], ...[...(others.get(id)?.values() ?? [])].map((list) => list.viewers)];
  for (const viewer of lists.flat()) {
    const known = all.get(viewer.personId);
    all.set(viewer.personId, {
      ...shown(viewer),
      writing: viewer.writing ?? known?.writing ?? null,
      since: known && known.since < viewer.since ? known.since : viewer.since,
    });
  }
  return [...all.values()].toSorted((a, b) => (a.since + a.personId < b.since + b.personId ? -1 : 1));
}

/** Repeats and forgets for as long as there is anything to repeat or forget. */
function keepTime(platform: Platform): void {
  const presence = presenceIn(platform);
  presence.timer ??= setInterval(() => {
    for (const id of presence.own.keys()) tellProcesses(platform, id);
    const oldest = performance.now() - forgetMilliseconds;
    for (const [id, lists] of presence.others) {
      const gone = [...lists].filter(([, list]) => list.heardAt < oldest);
      for (const [from] of gone) lists.delete(from);
      if (lists.size === 0) presence.others.delete(id);
      if (gone.length > 0) show(platform, id);
    }
    if (presence.own.size > 0 || presence.others.size > 0) return;
    clearInterval(presence.timer);
    presence.timer = undefined;
  }, repeatMilliseconds).unref();
}

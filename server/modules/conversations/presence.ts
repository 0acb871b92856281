import type { Platform } from '../../platform/context.ts';
import type { Listener } from '../../platform/module.ts';

/** Writing is forgotten this long after the last key. */
const writingMilliseconds = 8_000;
const topic = 'conversations.presence';

interface Viewer {
  personId: string;
  name: string;
  since: string;
  sockets: Set<string>;
  writing: 'reply' | 'note' | null;
  writingUntil: number;
}

/** Who has which conversation open, in this process. Lost with the process, as the sockets are; the lease is what protects, this only tells. */
const open = new Map<string, Map<string, Viewer>>();

export function viewersOf(conversationId: string): { personId: string; name: string; writing: 'reply' | 'note' | null; since: string }[] {
  return [...(open.get(conversationId)?.values() ?? [])].map(({ personId, name, writing, since }) => ({ personId, name, writing, since }));
}

export function watched(platform: Platform, listener: Listener, kind: string, id: string, began: boolean): void {
  const personId = listener.actor.id;
  if (kind !== 'conversation' || !personId) return;
  const viewers = open.get(id) ?? new Map<string, Viewer>();
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
    open.set(id, viewers);
  } else {
    viewer.sockets.delete(listener.socketId);
    if (viewer.sockets.size === 0) viewers.delete(personId);
    if (viewers.size === 0) open.delete(id);
  }
  tell(platform, id);
}

/** `conversations.writing` from a browser: { conversationId, kind: 'reply' | 'note' | null }. Only whoever watches a conversation can write in it. */
export function writing(platform: Platform, from: Listener, data: Record<string, unknown>): void {
  const { conversationId, kind } = data;
  if (typeof conversationId !== 'string' || !from.actor.id) return;
  const viewer = open.get(conversationId)?.get(from.actor.id);
  if (!viewer?.sockets.has(from.socketId)) return;
  const next = kind === 'reply' || kind === 'note' ? kind : null;
  const news = next !== viewer.writing;
  viewer.writing = next;
  viewer.writingUntil = Date.now() + writingMilliseconds;
  if (news) tell(platform, conversationId);
  if (next) setTimeout(() => forget(platform, conversationId, viewer), writingMilliseconds + 50).unref();
}

function forget(platform: Platform, conversationId: string, viewer: Viewer): void {
  if (!viewer.writing || Date.now() < viewer.writingUntil) return;
  viewer.writing = null;
  tell(platform, conversationId);
}

function tell(platform: Platform, conversationId: string): void {
  platform.signal(`conversation:${conversationId}`, topic, { conversationId, viewers: viewersOf(conversationId) });
}

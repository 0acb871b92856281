import { z } from 'zod';
import type { ThreadNews } from '../../../../contract/channel.ts';
import type { Platform } from '../../../platform/context.ts';
import { dbOf } from '../../../platform/database/sql.ts';
import { markHere, markLeaving, type ThreadName } from './queries.ts';

const topic = 'channels.thread';
/** Three repetitions may get lost before somebody counts as gone. */
const repeatMilliseconds = 9_000;

type Heard = (news: ThreadNews) => void;

/** The open lines of this process by thread. Lost with it, as the sockets are. */
interface Lines {
  joined: Map<string, { thread: ThreadName; heard: Set<Heard> }>;
  timer: NodeJS.Timeout | undefined;
}

/** By house, because several may live in one process (tests). */
const all = new WeakMap<Platform, Lines>();

function linesOf(platform: Platform): Lines {
  const lines = all.get(platform) ?? { joined: new Map(), timer: undefined };
  all.set(platform, lines);
  return lines;
}

const keyOf = ({ accountId, threadKey }: ThreadName): string => `${accountId} ${threadKey}`;

/** Tells whoever is at the other end of a thread, in every process. May get lost: what must not be is read again when the line is opened. */
export function tellThread(platform: Platform, thread: ThreadName, news: ThreadNews): void {
  tellHere(platform, thread, news);
  platform.tellProcesses(topic, { ...thread, news });
}

const told = z.object({
  accountId: z.string(),
  threadKey: z.string(),
  news: z.union([z.object({ kind: z.literal('changed') }), z.object({ kind: z.literal('writing'), is: z.boolean() })]),
});

/** Another process tells. */
export function toldByProcess(platform: Platform, _from: string, data: Record<string, unknown>): void {
  const word = told.safeParse(data);
  if (word.success) tellHere(platform, word.data, word.data.news);
}

function tellHere(platform: Platform, thread: ThreadName, news: ThreadNews): void {
  for (const heard of linesOf(platform).joined.get(keyOf(thread))?.heard ?? []) heard(news);
}

/** Returns how to leave. */
export function join(platform: Platform, thread: ThreadName, heard: Heard): () => void {
  const { joined } = linesOf(platform);
  const key = keyOf(thread);
  const known = joined.get(key) ?? { thread, heard: new Set<Heard>() };
  joined.set(key, known);
  known.heard.add(heard);
  note(platform, (now) => markHere(dbOf(platform.database.pool), [thread], now));
  keepTime(platform);
  return () => {
    if (!known.heard.delete(heard) || known.heard.size > 0) return;
    joined.delete(key);
    note(platform, (now) => markLeaving(dbOf(platform.database.pool), thread, now));
  };
}

/** Repeats who is there for as long as anybody is. */
function keepTime(platform: Platform): void {
  const lines = linesOf(platform);
  lines.timer ??= setInterval(() => {
    const threads = [...lines.joined.values()].map(({ thread }) => thread);
    if (threads.length > 0) return note(platform, (now) => markHere(dbOf(platform.database.pool), threads, now));
    clearInterval(lines.timer);
    lines.timer = undefined;
  }, repeatMilliseconds).unref();
}

function note(platform: Platform, write: (now: Date) => Promise<unknown>): void {
  write(platform.clock.now()).catch((error: unknown) => platform.log.warn({ err: error }, 'who is there could not be noted'));
}

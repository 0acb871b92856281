import { z } from 'zod';
import type { Platform } from '../../../platform/context.ts';
import type { Listener } from '../../../platform/module.ts';

const topic = 'workspace.looking';
/** Every process repeats who looks this often, for those that began later or missed it. */
const repeatMilliseconds = 20_000;
/** What was not repeated for this long came from a process that died. Two repetitions may get lost. */
const forgetMilliseconds = 65_000;
/** As many ids as one message between processes carries. */
const idsAtOnce = 150;

/** Who has the desk before their eyes, in whichever browser. Lost with the process, kept nowhere, and shown to nobody: it only spares a notice. */
interface Looking {
  /** By person, the sockets of this process. */
  own: Map<string, Set<string>>;
  /** By person, then by process: when it was last told. */
  others: Map<string, Map<string, number>>;
  timer: NodeJS.Timeout | undefined;
}

/** By house, because several may live in one process (tests). */
const houses = new WeakMap<Platform, Looking>();

function lookingIn(platform: Platform): Looking {
  let looking = houses.get(platform);
  if (!looking) {
    looking = { own: new Map(), others: new Map(), timer: undefined };
    houses.set(platform, looking);
  }
  return looking;
}

export function isLooking(platform: Platform, personId: string): boolean {
  const { own, others } = lookingIn(platform);
  const oldest = performance.now() - forgetMilliseconds;
  return own.has(personId) || [...(others.get(personId)?.values() ?? [])].some((heardAt) => heardAt > oldest);
}

/** A page of this process came before somebody's eyes, or went. */
export function lookBegan(platform: Platform, { socketId }: Listener, kind: string, id: string, began: boolean): void {
  if (kind !== 'desk') return;
  const { own } = lookingIn(platform);
  const sockets = own.get(id) ?? new Set<string>();
  const before = sockets.size;
  if (began) sockets.add(socketId);
  else sockets.delete(socketId);
  if (sockets.size > 0) own.set(id, sockets);
  else own.delete(id);
  if (before === 0 || sockets.size === 0) platform.tellProcesses(topic, { ids: [id], look: sockets.size > 0 });
  repeat(platform);
}

const told = z.object({ ids: z.array(z.string()), look: z.boolean() });

export function lookingToldByProcess(platform: Platform, from: string, data: Record<string, unknown>): void {
  const word = told.safeParse(data);
  // A process of another release may speak otherwise; then somebody is told who looks.
  if (!word.success) return;
  const { others } = lookingIn(platform);
  for (const id of word.data.ids) {
    const processes = others.get(id) ?? new Map<string, number>();
    if (word.data.look) processes.set(from, performance.now());
    else processes.delete(from);
    if (processes.size > 0) others.set(id, processes);
    else others.delete(id);
  }
  repeat(platform);
}

/** Repeats and forgets for as long as there is anything to repeat or forget. */
function repeat(platform: Platform): void {
  const looking = lookingIn(platform);
  looking.timer ??= setInterval(() => {
    const ids = [...looking.own.keys()];
    for (let from = 0; from < ids.length; from += idsAtOnce)
      platform.tellProcesses(topic, { ids: ids.slice(from, from + idsAtOnce), look: true });
    for (const id of looking.others.keys()) if (!looking.own.has(id) && !isLooking(platform, id)) looking.others.delete(id);
    if (looking.own.size > 0 || looking.others.size > 0) return;
    clearInterval(looking.timer);
    looking.timer = undefined;
  }, repeatMilliseconds).unref();
}

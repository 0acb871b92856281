import type { ChannelTools, ServerChannel } from '../../../../contract/channel.ts';
import type { Platform } from '../../../platform/context.ts';
import { dbOf } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import { bookOf, type KnownAccount } from '../accounts/book.ts';
import { nameable } from '../problems.ts';
import { allChannels, channelOf } from '../registry/registry.ts';
import { toolsFor } from '../registry/tools.ts';
import { connector, type Kept, keepRunning } from './connection.ts';
import { reportHealth } from './health.ts';
import { holdLeases, leaseSeconds, releaseLeases } from './leases.ts';

interface Running {
  version: number;
  kept: Kept;
  /** When the lease ends for certain, on this machine's clock. */
  heldUntil: number;
}

/** What the health page says of the channels' doors in this process. */
export type DoorHealth = Map<string, { ok: boolean; code: string | null; listening: string | null }>;

const supervisors = new WeakMap<Platform, { look(): void; doors: DoorHealth }>();

/** Says that an account changed: its connection is made anew at once, in this process. */
export const pokeSupervisor = (platform: Platform): void => supervisors.get(platform)?.look();
export const doorHealth = (platform: Platform): DoorHealth => supervisors.get(platform)?.doors ?? new Map();

const everyMilliseconds = 1_000;

/**
 * Keeps every active account connected, by one process at a time, and every channel's door open in each. Looks every second which accounts there are:
 * new and changed ones begin anew, removed ones end, and the leases are renewed. Returns how to stop it.
 */
export function startSupervisor(platform: Platform, channels: readonly ServerChannel[] = allChannels()): () => Promise<void> {
  const holder = newId();
  const running = new Map<string, Running>();
  const doors: DoorHealth = new Map();
  const openDoors = channels.flatMap((channel) => keepDoor(platform, channel, doors));
  let stopped = false;
  let looking: Promise<void> | undefined;
  let again = false;

  const end = async (ids: readonly string[]) => {
    const ended = ids.flatMap((id) => running.get(id)?.kept ?? []);
    for (const id of ids) running.delete(id);
    await Promise.all(ended.map((kept) => kept.stop()));
  };

  const look = async () => {
    do {
      again = false;
      try {
        await reconcile(platform, holder, running, end);
      } catch (error) {
        // Without the database the leases cannot be renewed: whoever runs out of his stops before somebody else begins.
        platform.log.warn({ err: error }, 'channel accounts could not be looked at');
        await end([...running].filter(([, one]) => performance.now() > one.heldUntil).map(([id]) => id));
      }
    } while (again && !stopped);
    looking = undefined;
  };
  const poke = () => {
    again = true;
    if (!stopped) looking ??= look();
  };
  const timer = setInterval(poke, everyMilliseconds);
  supervisors.set(platform, { look: poke, doors });
  poke();

  return async () => {
    stopped = true;
    clearInterval(timer);
    supervisors.delete(platform);
    await looking;
    const ids = [...running.keys()];
    await Promise.all([...openDoors.map((door) => door.stop()), end(ids)]);
    await releaseLeases(dbOf(platform.database.pool), holder, ids).catch(() => {});
  };
}

async function reconcile(
  platform: Platform,
  holder: string,
  running: Map<string, Running>,
  end: (ids: readonly string[]) => Promise<void>,
): Promise<void> {
  const db = dbOf(platform.database.pool);
  const wanted = new Map<string, KnownAccount>();
  for (const known of await bookOf(platform).all()) {
    const channel = channelOf(known.row.kind);
    if (known.account && known.row.active && !known.row.removed_at && (channel?.connect || channel?.poll)) wanted.set(known.row.id, known);
  }
  const gone = [...running].filter(([id, one]) => wanted.get(id)?.row.changed_version !== one.version).map(([id]) => id);
  await end(gone);
  const removed = gone.filter((id) => !wanted.has(id));
  if (removed.length > 0) await releaseLeases(db, holder, removed);
  if (wanted.size === 0) return;

  const heldUntil = performance.now() + leaseSeconds * 1_000;
  const held = await holdLeases(db, holder, [...wanted.keys()]);
  await end([...running.keys()].filter((id) => !held.has(id)));
  for (const id of held) {
    const one = running.get(id);
    const known = wanted.get(id);
    if (one) one.heldUntil = heldUntil;
    else if (known) {
      const kept = keepAccount(platform, known);
      if (kept) running.set(id, { version: known.row.changed_version, kept, heldUntil });
    }
  }
}

function keepAccount(platform: Platform, { row, account }: KnownAccount): Kept | undefined {
  const channel = channelOf(row.kind);
  const tools = toolsFor(platform, row.kind);
  const start = channel && account && connector(channel, { ...account, state: null }, tools, platform.log);
  return start && keepRunning(start, (problem) => reportHealth(platform, row.id, problem && nameable(problem, channel)));
}

/** The doors alone, for a house that is moved by hand. Says where each listens, by its channel; none is opened again. */
export async function openDoors(
  platform: Platform,
  channels: readonly ServerChannel[] = allChannels(),
): Promise<{ addresses: ReadonlyMap<string, string>; close(): Promise<void> }> {
  const addresses = new Map<string, string>();
  const open: { stop(): Promise<void> }[] = [];
  for (const channel of channels) {
    const { id } = channel.descriptor;
    const door = await channel.listen?.(toolsFor(platform, id));
    if (!door) continue;
    addresses.set(id, door.address);
    open.push(door);
  }
  return { addresses, close: async () => void (await Promise.all(open.map((door) => door.stop()))) };
}

/** The one door of a channel, such as the mail receiver; opened again when it breaks. */
function keepDoor(platform: Platform, channel: ServerChannel, doors: DoorHealth): Kept[] {
  if (!channel.listen) return [];
  const { id } = channel.descriptor;
  const tools: ChannelTools = toolsFor(platform, id);
  let listening: string | undefined;
  const start = async () => {
    const door = await channel.listen?.(tools);
    if (!door) throw new Error('no door');
    // Not `address`: under that name logs hold nothing, for it could be a person's.
    listening = door.address;
    platform.log.info({ channel: id, listening }, 'door opened');
    return door;
  };
  return [
    keepRunning(
      start,
      (problem) => {
        doors.set(id, { ok: problem === null, code: problem?.code ?? null, listening: listening ?? null });
        if (problem) platform.log.error({ channel: id, code: problem.code, listening }, 'the door of a channel is closed');
      },
      { longestPause: 30_000 },
    ),
  ];
}

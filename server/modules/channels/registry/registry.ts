import { existsSync, readdirSync } from 'node:fs';
import type { ChannelDescriptor, ServerChannel } from '../../../../contract/channel.ts';

export interface Registry {
  channels: ReadonlyMap<string, ServerChannel>;
  /** Folders that could not be loaded, with the reason; the others run. */
  broken: { name: string; reason: string }[];
}

/** Loads every folder with a `channel.ts` and a `server/index.ts`. A broken one is told, never fatal. */
export async function scanChannels(folder: URL): Promise<Registry> {
  const channels = new Map<string, ServerChannel>();
  const broken: Registry['broken'] = [];
  const names = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
    : [];
  for (const name of names.toSorted()) {
    const halves = [new URL(`${name}/channel.ts`, folder), new URL(`${name}/server/index.ts`, folder)] as const;
    if (!halves.every((half) => existsSync(half))) continue;
    try {
      const [shared, own] = (await Promise.all(halves.map((half) => import(half.href)))) as [
        { channel?: ChannelDescriptor },
        { server?: ServerChannel },
      ];
      const fault = faultOf(name, shared.channel, own.server);
      if (fault) broken.push({ name, reason: fault });
      else channels.set(name, own.server as ServerChannel);
    } catch (error) {
      broken.push({ name, reason: error instanceof Error ? error.message.slice(0, 300) : 'unknown' });
    }
  }
  return { channels, broken };
}

const words = (descriptor: ChannelDescriptor): string => JSON.stringify({ ...descriptor, settings: undefined });

function faultOf(name: string, descriptor: ChannelDescriptor | undefined, server: ServerChannel | undefined): string | undefined {
  if (!descriptor) return 'channel.ts exports no `channel`';
  if (!server) return 'server/index.ts exports no `server`';
  if (descriptor.id !== name) return `its id is "${descriptor.id}", but its folder "${name}"`;
  // By what they say, not by identity: a module may be loaded twice in one process.
  if (words(server.descriptor) !== words(descriptor)) return 'both halves have different descriptors';
  return undefined;
}

// Scanned once when the process starts: a new folder needs a new start, and nothing else.
const registry = await scanChannels(new URL('../../../../channels/', import.meta.url));

export const allChannels = (): ServerChannel[] => [...registry.channels.values()];
export const brokenChannels = (): Registry['broken'] => registry.broken;

/** A channel by its id (an account's `kind`); undefined when its folder is gone or broken. */
/** Of channels whose customers' pages hold a line open, which tells who is there. */
export const kindsWithLines = (): string[] => [...registry.channels].flatMap(([kind, { entrance }]) => (entrance?.connect ? kind : []));

export const channelOf = (kind: string): ServerChannel | undefined => registry.channels.get(kind);

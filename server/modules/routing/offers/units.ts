import { mostUnits, type Units, type WorkKind } from '../../../../contract/routing.ts';
import { channelOf } from '../../channels/index.ts';
import type { Offerable } from '../../conversations/index.ts';

/** What a conversation takes of one person's hundred until somebody sets something else (specification 2.6). */
export const usualUnits: Units = { public: 50, chat: 33, mail: 25, message: 20 };

/** Whoever speaks with somebody does nothing else (`all`). */
const liveKinds: Readonly<Record<string, WorkKind | 'all'>> = { phone: 'all', video: 'all', visit: 'all', chat: 'chat' };

/** What the public reads is written with more care than a mail; short messages to and fro, which have no subject, take less than one. */
function kindOf({ channel, visibility }: Pick<Offerable, 'channel' | 'visibility'>): WorkKind | 'all' {
  if (visibility === 'public') return 'public';
  const isMessaging = channelOf(channel)?.descriptor.capabilities.subject === false;
  return liveKinds[channel] ?? (isMessaging ? 'message' : 'mail');
}

export function unitsOf(work: Pick<Offerable, 'channel' | 'visibility'>, units: Units): number {
  const kind = kindOf(work);
  return kind === 'all' ? mostUnits : units[kind];
}

/** Whether somebody sits at the other end and waits; all else is deferred and has until it is due. */
export const isLive = ({ channel }: Pick<Offerable, 'channel'>): boolean => channel in liveKinds;

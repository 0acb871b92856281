import { channelOf } from '../../channels/index.ts';
import type { Offerable } from '../../conversations/index.ts';

/** What one person can have in hand at once, and what a conversation takes of it (specification 2.6). */
export const mostUnits = 100;

const byLiveChannel: Readonly<Record<string, number>> = { phone: 100, video: 100, visit: 100, chat: 33 };
/** What the public reads is written with more care than a mail; short messages to and fro, which have no subject, take less than one. */
export function unitsOf({ channel, visibility }: Pick<Offerable, 'channel' | 'visibility'>): number {
  if (visibility === 'public') return 50;
  const isMessaging = channelOf(channel)?.descriptor.capabilities.subject === false;
  return byLiveChannel[channel] ?? (isMessaging ? 20 : 25);
}

/** Whether somebody sits at the other end and waits; all else is deferred and has until it is due. */
export const isLive = ({ channel }: Pick<Offerable, 'channel'>): boolean => channel in byLiveChannel;

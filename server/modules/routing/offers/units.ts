import type { Offerable } from '../../conversations/index.ts';

/** What one person can have in hand at once, and what a conversation takes of it (specification 2.6). */
export const mostUnits = 100;

const byLiveChannel: Readonly<Record<string, number>> = { phone: 100, video: 100, visit: 100, chat: 33 };
/** What the public reads is written with more care than a mail; what is written to us in private waits for its turn. */
export const unitsOf = ({ channel, visibility }: Pick<Offerable, 'channel' | 'visibility'>): number =>
  visibility === 'public' ? 50 : (byLiveChannel[channel] ?? 25);

/** Whether somebody sits at the other end and waits; all else is deferred and has until it is due. */
export const isLive = ({ channel }: Pick<Offerable, 'channel'>): boolean => channel in byLiveChannel;

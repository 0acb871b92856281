import type { InboundMessage } from '../../../../contract/channel.ts';

export const later = (a: Date, b: Date): Date => (a > b ? a : b);
export const earlier = (a: Date | null, b: Date): Date => (a && a < b ? a : b);

/** Since when whoever wrote it waits: since it had reached us, and of what the public reads since the platform showed it, where the platform says so itself. */
export const waitsFrom = ({
  visibility,
  authentic,
  at,
  receivedAt,
}: Pick<InboundMessage, 'visibility' | 'authentic' | 'at' | 'receivedAt'>): Date =>
  visibility === 'public' && authentic === 'pass' ? earlier(at, receivedAt) : receivedAt;

import type { Offerable } from '../../conversations/index.ts';
import type { PersonOnShift } from '../../workspace/index.ts';
import { isLive } from './units.ts';

/** Who waits at the other end, or in public, waits for somebody they know no longer than this (specification 2.6). */
const longestMilliseconds = 5 * 60_000;

/**
 * Whether there is time to wait for whoever is in charge of the case: what could wait, as long as they are there today; what could not, for five minutes, and not for a break
 * that lasts longer. What is nearly due waits for nobody, which is said elsewhere.
 */
export function awaitsKnown(
  work: Pick<Offerable, 'channel' | 'visibility' | 'since'>,
  known: Pick<PersonOnShift, 'state' | 'backAt'> | undefined,
  now: Date,
): boolean {
  if (!known) return false;
  if (!isLive(work) && work.visibility !== 'public') return true;
  const end = work.since.getTime() + longestMilliseconds;
  if (now.getTime() >= end) return false;
  return known.state === 'available' || known.state === 'busy' || (known.backAt !== null && known.backAt.getTime() <= end);
}

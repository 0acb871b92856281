import { mostUnits, type Units } from '../../../../contract/routing.ts';
import { isLive, unitsOf } from '../offers/units.ts';
import { erlangA, type Line } from './erlang-a.ts';

/** What whoever waits live may expect: four in five within twenty seconds, and of a hundred no more than three give up (specification 0.4, 2.2). */
const target = { share: 0.8, seconds: 20, abandons: 0.03 };
/** After how long somebody leaves a chat that does not begin, on average. */
const patience = 120;

/** How much came to one team, and how long it took. */
export interface Arrivals {
  perHour: number;
  minutesEach: number;
  /** What came mostly by. */
  channel: string;
}

/** The fewest who meet both targets at once, that they wait and that they give up; without limit it would not end where nobody comes in time. */
export function serversFor(line: Omit<Line, 'servers'>): number {
  const load = line.perSecond * line.handling;
  const most = Math.ceil(load + 10 * Math.sqrt(load) + 20);
  for (let servers = 1; servers < most; servers += 1) {
    const { within, abandons } = erlangA({ ...line, servers }, target.seconds);
    if (within >= target.share && abandons <= target.abandons) return servers;
  }
  return most;
}

/**
 * How many people to keep free: on average as many are busy with what is live as there is work, and those who are kept must make up what is needed beyond. One person
 * has several chats in hand at once. Poisson arrivals, and every hour like the next one, are taken for granted: so the lead decides.
 */
export function proposedReserve({ perHour, minutesEach, channel }: Arrivals, units: Units): number {
  if (perHour <= 0 || !isLive({ channel })) return 0;
  const line = { perSecond: perHour / 3_600, handling: minutesEach * 60, patience };
  const beyond = serversFor(line) - Math.floor(line.perSecond * line.handling);
  return Math.ceil(beyond / Math.floor(mostUnits / unitsOf({ channel, visibility: 'private' }, units)));
}

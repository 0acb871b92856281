/**
 * How many of its sockets a web sends to its siblings. Sockets stay where they are: one that was started anew gets only those that are opened from then on,
 * and the others carry everybody until the evening.
 */
export interface Balance {
  /** Another web has so many. `at`: milliseconds. */
  heard(from: string, sockets: number, at: number): void;
  /** How many of its own it lets go now. Asked once a second. */
  surplus(own: number, at: number): number;
}

/** A web says how many it has once a second; whoever missed two of those is not there. */
const missingMilliseconds = 2_500;
/** A page that is loaded anew, a web that has just gone: nobody is sent anywhere for what is over in a moment. */
const patienceMilliseconds = 5_000;
/** Worth being sent away for: this share above what each would have, and this many. */
const worth = { share: 0.2, sockets: 4 };
/** Of its sockets a second: half of them are elsewhere within half a minute. Above the other figure the siblings' time goes into greeting. */
const pace = { share: 0.03, most: 50 };
/**
 * Once so many are gone, some must have come where there is room: in turns one web of n gets one of n. If not even half of that did, something in front takes
 * everybody back, or does not know the web that has room, and everybody is left in peace for a while.
 */
const vain = { from: 10, lookEveryMilliseconds: 5_000, restMilliseconds: 10 * 60_000 };

/** From the first surplus until all have about the same. */
interface Episode {
  since: number;
  sent: number;
  /** How many those with room had when that was seen. */
  had: Map<string, number>;
  /** When it was looked whether they come there, and how many had been sent by then: the last of them are on their way. */
  looked: { at: number; sent: number };
}

export function createBalance(): Balance {
  const others = new Map<string, { sockets: number; at: number }>();
  let restsUntil = 0;
  let episode: Episode | undefined;

  const isVain = ({ had, looked }: Episode): boolean => {
    const come = [...had].reduce((sum, [from, before]) => sum + (others.get(from)?.sockets ?? before) - before, 0);
    return looked.sent >= vain.from && come < looked.sent / (2 * (others.size + 1));
  };

  return {
    heard: (from, sockets, at) => void others.set(from, { sockets, at }),
    surplus(own, at) {
      for (const [from, other] of others) if (at - other.at > missingMilliseconds) others.delete(from);
      const fair = Math.ceil([...others.values()].reduce((sum, { sockets }) => sum + sockets, own) / (others.size + 1));
      const over = own - fair;
      // Once begun it goes on until they are even; to begin takes more.
      if (at < restsUntil || over <= 0 || (!episode && over < Math.max(worth.sockets, worth.share * fair))) {
        episode = undefined;
        return 0;
      }
      episode ??= { since: at, sent: 0, had: new Map(), looked: { at, sent: 0 } };
      for (const [from, { sockets }] of others) if (sockets < fair && !episode.had.has(from)) episode.had.set(from, sockets);
      if (at - episode.since < patienceMilliseconds) return 0;
      if (at - episode.looked.at >= vain.lookEveryMilliseconds) {
        if (isVain(episode)) {
          restsUntil = at + vain.restMilliseconds;
          episode = undefined;
          return 0;
        }
        episode.looked = { at, sent: episode.sent };
      }
      const count = Math.min(over, Math.ceil(pace.share * own), pace.most);
      episode.sent += count;
      return count;
    },
  };
}

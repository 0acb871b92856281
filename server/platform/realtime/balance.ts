/**
 * How many of its sockets a web sends to its siblings. Sockets stay where they are: one that was started anew gets only those that are opened from then on,
 * and the others carry everybody until the evening.
 */
export interface Balance {
  /** Another web has so many. `at`: milliseconds. */
  heard(from: string, sockets: number, at: number): void;
  /** Whoever was sent away stands at this door again. */
  cameBack(): void;
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
/** If of so many at least such a share comes back, something in front sends each to the same web for ever, and they are left in peace for a while. */
const faithful = { of: 10, share: 0.75, forMilliseconds: 10 * 60_000 };

export function createBalance(): Balance {
  const others = new Map<string, { sockets: number; at: number }>();
  let since: number | undefined;
  let restsUntil = 0;
  let sent = 0;
  let back = 0;
  return {
    heard: (from, sockets, at) => void others.set(from, { sockets, at }),
    cameBack: () => void (back += 1),
    surplus(own, at) {
      for (const [from, other] of others) if (at - other.at > missingMilliseconds) others.delete(from);
      const all = [own, ...[...others.values()].map(({ sockets }) => sockets)];
      const fair = Math.ceil(all.reduce((sum, one) => sum + one, 0) / all.length);
      const over = own - fair;
      // Once begun it goes on until they are even; to begin takes more.
      if (over <= 0 || (since === undefined && over < Math.max(worth.sockets, worth.share * fair))) {
        since = undefined;
        sent = back = 0;
        return 0;
      }
      since ??= at;
      if (at - since < patienceMilliseconds || at < restsUntil) return 0;
      if (sent >= faithful.of && back >= faithful.share * sent) {
        restsUntil = at + faithful.forMilliseconds;
        sent = back = 0;
        return 0;
      }
      const count = Math.min(over, Math.ceil(pace.share * own), pace.most);
      sent += count;
      return count;
    },
  };
}

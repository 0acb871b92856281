/** How often somebody may do something; counted in this process, and forgotten with the window. */
export interface Pace {
  may(who: string, now: Date): boolean;
}

export function createPace({ most, seconds }: { most: number; seconds: number }): Pace {
  let begun = 0;
  let counts = new Map<string, number>();
  return {
    may(who, now) {
      const window = Math.floor(now.getTime() / (seconds * 1_000));
      if (window !== begun) {
        begun = window;
        counts = new Map();
      }
      const count = (counts.get(who) ?? 0) + 1;
      counts.set(who, count);
      return count <= most;
    },
  };
}

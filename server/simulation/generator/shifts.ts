/** One adviser's day, in milliseconds after midnight in Berlin. */
export interface Shift {
  from: number;
  to: number;
  /** Away from the desk; the first and the last are short, the one between is for eating. */
  breaks: readonly { from: number; minutes: number }[];
}

const minute = 60_000;
/** Early, middle and late; most are there when most write. */
const patterns = [
  { from: 7 * 60, to: 15.5 * 60, share: 35 },
  { from: 9.5 * 60, to: 18 * 60, share: 30 },
  { from: 13.5 * 60, to: 22 * 60, share: 35 },
] as const;

/** Shifts of so many advisers, in the shares above however few they are; nobody begins in the same instant as somebody else. */
export function planShifts(count: number): Shift[] {
  return Array.from({ length: count }, (_, n) => {
    // Golden ratio: every first few are mixed like all of them.
    const place = ((n + 0.5) * 0.618_033_988_749_895) % 1;
    let [pattern, below]: [(typeof patterns)[number], number] = [patterns[0], 0];
    for (const one of patterns) {
      if (place * 100 < below) break;
      pattern = one;
      below += one.share;
    }
    const from = pattern.from * minute + n * 137;
    const to = pattern.to * minute - n * 91;
    const later = (minutes: number) => from + minutes * minute + (n % 12) * 5 * minute;
    return {
      from,
      to,
      breaks: [
        { from: later(100), minutes: 10 },
        { from: later(220), minutes: 30 },
        { from: later(370), minutes: 10 },
      ],
    };
  });
}

/** What is left of the nth shift from an instant on, if anything; those who were there before begin a millisecond apart. */
export function restOf({ from, to, breaks }: Shift, since: number, n: number): Shift | undefined {
  const begin = Math.max(from, since + n);
  if (to <= begin) return undefined;
  const rest = breaks.flatMap((one) => {
    const start = Math.max(one.from, begin);
    const minutes = one.minutes - (start - one.from) / minute;
    return minutes > 0 ? [{ from: start, minutes }] : [];
  });
  return { from: begin, to, breaks: rest };
}

/** How long somebody is at the desk between two instants of the day. */
export function deskMilliseconds({ from, to, breaks }: Shift, since = 0, until = 24 * 60 * minute): number {
  const within = (start: number, end: number) => Math.max(0, Math.min(end, until) - Math.max(start, since));
  return within(from, to) - breaks.reduce((sum, one) => sum + within(one.from, one.from + one.minutes * minute), 0);
}

import { givenBetween } from '../machine.ts';
import type { Stretch, Times } from '../record.ts';

/** When this machine's clock showed it that those of all processes were at an instant. What was jumped over came at the jump. */
export function realTime({ ahead }: Pick<Times, 'ahead'>, instant: number): number {
  let by = 0;
  for (const jump of ahead) {
    if (instant - by < jump.at) break;
    by = jump.by;
    if (instant - by < jump.at) return jump.at;
  }
  return instant - by;
}

/** How many milliseconds lie between two instants of this machine in which something could have been done. */
export function lateness({ away, beats }: Pick<Times, 'away' | 'beats'>, due: number, done: number): number {
  const without = away.map(({ from, to }) => givenBetween(beats, Math.max(from, due), Math.min(to, done)));
  return givenBetween(beats, due, done) - without.reduce((sum, one) => sum + Math.max(0, one), 0);
}

export const isIn = (stretches: readonly Stretch[], at: number, margin: number): boolean =>
  stretches.some(({ from, to }) => at >= from - margin && at <= to + margin);

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../../platform/clock.ts';

/** The day's clock. What several do side by side happens at an instant of its own for each; everything else at the one that was set. */
export interface DayClock extends Clock {
  set(at: number): void;
  /** Everything that `act` does, and whatever follows from it in this process, happens at this instant. */
  at<T>(at: number, act: () => Promise<T>): Promise<T>;
}

export function dayClock(start: number): DayClock {
  const own = new AsyncLocalStorage<number>();
  let common = start;
  return {
    now: () => new Date(own.getStore() ?? common),
    set(at) {
      common = at;
    },
    at: (at, act) => own.run(at, act),
  };
}

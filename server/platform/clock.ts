/** Everything that asks for the time takes this, so that tests and simulated days can set it. Instants are UTC. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands until it is moved. */
export function fakeClock(start: string | Date): Clock & { set(to: string | Date): void; advance(milliseconds: number): void } {
  let at = new Date(start).getTime();
  return {
    now: () => new Date(at),
    set(to) {
      at = new Date(to).getTime();
    },
    advance(milliseconds) {
      at += milliseconds;
    },
  };
}

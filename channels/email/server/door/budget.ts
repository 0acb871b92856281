/** Bytes of mail held in memory at once, over all connections: forty senders of 60 MB each must not end the process. */
export interface Budget {
  /** Whether so many more bytes fit; if so they count until they are given back. */
  take(bytes: number): boolean;
  giveBack(bytes: number): void;
}

export function createBudget(limit: number): Budget {
  let held = 0;
  return {
    take(bytes) {
      // A single mail always fits when nothing else is there, whatever the limit.
      if (held > 0 && held + bytes > limit) return false;
      held += bytes;
      return true;
    },
    giveBack(bytes) {
      held -= bytes;
    },
  };
}

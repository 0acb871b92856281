/** Bytes held in memory at once, of all callers together and of each: many large bodies at a time must not end the process. */
export interface Budget {
  /** Whether so many more bytes fit; if so they count until they are given back. */
  take(caller: string, bytes: number): boolean;
  giveBack(caller: string, bytes: number): void;
  held(): number;
}

export function createBudget(limits: { all: number; each: number }): Budget {
  const byCaller = new Map<string, number>();
  let all = 0;
  return {
    take(caller, bytes) {
      const own = byCaller.get(caller) ?? 0;
      if (own + bytes > limits.each || all + bytes > limits.all) return false;
      byCaller.set(caller, own + bytes);
      all += bytes;
      return true;
    },
    giveBack(caller, bytes) {
      const left = (byCaller.get(caller) ?? 0) - bytes;
      if (left > 0) byCaller.set(caller, left);
      else byCaller.delete(caller);
      all -= bytes;
    },
    held: () => all,
  };
}

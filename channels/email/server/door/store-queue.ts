import type { NewRaw, StoredRaw } from '../../../../contract/channel.ts';

type Store = (items: readonly NewRaw[]) => Promise<StoredRaw[]>;

interface Waiting {
  items: readonly NewRaw[];
  resolve(stored: StoredRaw[]): void;
  reject(error: unknown): void;
}

/** One transaction takes at most so many mails and bytes: more would keep the first sender waiting for the last. */
const batchMails = 64;
const batchBytes = 8 * 1024 * 1024;
/** How long a batch waits for mails that are about to come: less than a commit takes, so that nobody notices. */
const gatherMilliseconds = 2;

/**
 * Joins mails of different connections that wait at the same moment into one transaction, as databases do with commits:
 * under load the cost of a commit is shared, without load nobody waits. Each caller learns of its own mails alone.
 * `expected` says how many senders are busy delivering just now, those that wait here included.
 */
export function createStoreQueue(
  store: Store,
  expected: () => number = () => 0,
): { add(items: readonly NewRaw[]): Promise<StoredRaw[]>; idle(): Promise<void> } {
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;

  const run = async () => {
    while (waiting.length > 0) {
      if (expected() > waiting.length && waiting.length < batchMails) await new Promise((next) => setTimeout(next, gatherMilliseconds));
      const batch = take();
      try {
        await storeTogether(store, batch);
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
    }
    running = undefined;
  };

  const take = (): Waiting[] => {
    let bytes = 0;
    let count = 0;
    while (count < waiting.length && count < batchMails) {
      bytes += (waiting[count] as Waiting).items.reduce((sum, item) => sum + item.content.byteLength, 0);
      if (count > 0 && bytes > batchBytes) break;
      count += 1;
    }
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return batch;
  };

  return {
    add(items) {
      return new Promise((resolve, reject) => {
        waiting.push({ items, resolve, reject });
        // Begins after this turn of the event loop, so that what other sockets have ready joins the batch.
        running ??= new Promise<void>((next) => setImmediate(next)).then(run);
      });
    },
    async idle() {
      while (running) await running;
    },
  };
}

async function storeTogether(store: Store, batch: readonly Waiting[]): Promise<void> {
  const items = batch.flatMap((one) => one.items);
  let stored: StoredRaw[];
  try {
    stored = await store(items);
  } catch (error) {
    if (batch.length === 1) throw error;
    await storeOneByOne(store, batch);
    return;
  }
  let from = 0;
  for (const one of batch) {
    one.resolve(stored.slice(from, from + one.items.length));
    from += one.items.length;
  }
}

/** One mail that cannot be stored must not turn away the others. Two failures in a row mean that it is not about the mail. */
async function storeOneByOne(store: Store, batch: readonly Waiting[]): Promise<void> {
  let failures = 0;
  let last: unknown;
  for (const one of batch) {
    if (failures >= 2) {
      one.reject(last);
      continue;
    }
    try {
      one.resolve(await store(one.items));
      failures = 0;
    } catch (error) {
      failures += 1;
      last = error;
      one.reject(error);
    }
  }
}

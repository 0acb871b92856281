import { describe, expect, test } from 'vitest';
import type { NewRaw, StoredRaw } from '../../../../contract/channel.ts';
import { createStoreQueue } from './store-queue.ts';

const item = (name: string, bytes = 10): NewRaw => ({
  accountId: 'a',
  platformId: name,
  content: new Uint8Array(bytes),
  mediaType: 'message/rfc822',
  receivedAt: new Date(0),
});

/** A store that takes its time and remembers its transactions. */
function slowStore(fails: (names: string[]) => boolean = () => false) {
  const transactions: string[][] = [];
  const store = async (items: readonly NewRaw[]): Promise<StoredRaw[]> => {
    const names = items.map((one) => one.platformId ?? '');
    transactions.push(names);
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (fails(names)) throw new Error(`no ${names.join()}`);
    return names.map((id) => ({ id, duplicate: false }));
  };
  return { transactions, store };
}

describe('the queue before the store', () => {
  test('joins what waits meanwhile into one transaction, and gives everybody their own', async () => {
    const { transactions, store } = slowStore();
    const queue = createStoreQueue(store);
    const first = queue.add([item('a')]);
    await new Promise((resolve) => setTimeout(resolve, 2));
    const rest = await Promise.all([queue.add([item('b'), item('c')]), queue.add([item('d')])]);
    expect(await first).toEqual([{ id: 'a', duplicate: false }]);
    expect(rest.map((stored) => stored.map(({ id }) => id))).toEqual([['b', 'c'], ['d']]);
    expect(transactions).toEqual([['a'], ['b', 'c', 'd']]);
  });

  test('waits a moment for senders that are in full swing', async () => {
    const { transactions, store } = slowStore();
    const queue = createStoreQueue(store, () => 2);
    const first = queue.add([item('a')]);
    await new Promise((resolve) => setImmediate(resolve));
    const second = queue.add([item('b')]);
    await Promise.all([first, second]);
    expect(transactions).toEqual([['a', 'b']]);
  });

  test('bounds a transaction by mails and by bytes', async () => {
    const { transactions, store } = slowStore();
    const queue = createStoreQueue(store);
    await Promise.all([
      ...Array.from({ length: 70 }, (_, i) => queue.add([item(`m${i}`)])),
      queue.add([item('big', 7_000_000)]),
      queue.add([item('bigger', 7_000_000)]),
    ]);
    expect(transactions.map((names) => names.length)).toEqual([64, 7, 1]);
  });

  test('turns away only the mail that cannot be stored', async () => {
    const { store } = slowStore((names) => names.includes('poison'));
    const queue = createStoreQueue(store);
    const outcomes = await Promise.allSettled(['a', 'poison', 'b'].map((name) => queue.add([item(name)])));
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('does not try every mail by itself when the database is away', async () => {
    const { transactions, store } = slowStore(() => true);
    const queue = createStoreQueue(store);
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, (_, i) => queue.add([item(`m${i}`)])));
    expect(outcomes.every((outcome) => outcome.status === 'rejected')).toBe(true);
    expect(transactions).toHaveLength(3);
    await queue.idle();
  });
});

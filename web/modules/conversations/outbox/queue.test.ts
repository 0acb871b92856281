import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Problem } from '../../../../contract/core.ts';
import { createQueue, inTurn, type Queue, type Queued, type Shelf } from './queue.ts';

type Line = 'up' | 'lost request' | 'lost reply';
class Refused extends Error {}
const problem: Problem = { type: '', title: '', status: 409, code: 'conversations.stale_view' };

/** A browser's store, which outlives every page. */
function browserShelf(): Shelf<Queued> {
  const kept = new Map<string, string>();
  return {
    all: () => [...kept.values()].map((text) => JSON.parse(text) as Queued),
    put: (entry) => void kept.set(entry.id, JSON.stringify(entry)),
    drop: (id) => void kept.delete(id),
  };
}

/** The browser's lock: whoever closes their page lets go. */
function browserLock() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
}

const entryOf = (n: number, line: string): Queued => ({
  id: `m${n}`,
  n,
  line,
  state: 'waiting',
  isTried: false,
  problem: null,
});

interface World {
  shelf: Shelf<Queued>;
  /** What the server made, in its order. */
  made: string[];
  returned: string[];
  line: Line[];
  page: () => Queue<Queued>;
}

function world(refuses: (id: string) => boolean = () => false): World {
  const shelf = browserShelf();
  const lock = browserLock();
  const it: World = {
    shelf,
    made: [],
    returned: [],
    line: [],
    page: () =>
      createQueue<Queued, null>(shelf, {
        alone: lock,
        prepare: (entry) => Promise.resolve(entry),
        send: async ({ id }) => {
          const now = it.line.shift() ?? 'up';
          await Promise.resolve();
          if (now === 'lost request') throw new Error('offline');
          if (refuses(id)) throw new Refused();
          // The server makes one thing of an id, however often it comes.
          if (!it.made.includes(id)) it.made.push(id);
          if (now === 'lost reply') throw new Error('offline');
          return null;
        },
        refusalIn: (error) => (error instanceof Refused ? problem : undefined),
        onSent: () => {},
        onRefused: ({ id }) => void it.returned.push(id),
      }),
  };
  return it;
}

const lines = fc.array(fc.constantFrom<Line>('up', 'lost request', 'lost reply'), { maxLength: 20 });
/** What happens in the windows of a person: something is written, a window tries, or is opened anew. */
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('write' as const), line: fc.constantFrom('a', 'b', 'a note') }),
    fc.record({ do: fc.constant('flush' as const), window: fc.nat(2), isAwaited: fc.boolean() }),
    fc.record({ do: fc.constant('reload' as const), window: fc.nat(2) }),
  ),
  { maxLength: 30 },
);

test('sends each exactly once and each line in its order, whatever is lost, reloaded and tried in several windows at once', async () => {
  await fc.assert(
    fc.asyncProperty(lines, steps, async (line, all) => {
      const it = world();
      it.line = line;
      const windows = [it.page(), it.page(), it.page()];
      const running: Promise<unknown>[] = [];
      const written: Queued[] = [];
      for (const step of all) {
        if (step.do === 'write') {
          const entry = entryOf(written.length, step.line);
          written.push(entry);
          it.shelf.put(entry);
        } else if (step.do === 'reload') windows[step.window] = it.page();
        else {
          const flushed = windows[step.window]?.flush() ?? Promise.resolve();
          running.push(flushed);
          if (step.isAwaited) await flushed;
        }
      }
      await Promise.all(running);
      // The line comes back for good.
      it.line = [];
      expect(await it.page().flush()).toBe(false);
      expect(it.made.toSorted()).toEqual(written.map(({ id }) => id).toSorted());
      for (const name of ['a', 'b', 'a note']) {
        const inLine = written.filter((entry) => entry.line === name).map(({ id }) => id);
        expect(it.made.filter((id) => inLine.includes(id))).toEqual(inLine);
      }
      expect(it.shelf.all()).toEqual([]);
    }),
  );
});

test('what is refused comes back with all that waits behind it, and nothing else does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 12 }), fc.nat(11), async (names, at) => {
      const written = names.map((name, n) => entryOf(n, name));
      const wrong = written[at % written.length];
      const it = world((id) => id === wrong?.id);
      for (const entry of written) it.shelf.put(entry);
      await it.page().flush();
      const back = written.filter(({ line, n }) => line === wrong?.line && n >= (wrong?.n ?? 0)).map(({ id }) => id);
      expect(it.returned).toEqual(back);
      expect(it.made.toSorted()).toEqual(
        written
          .map(({ id }) => id)
          .filter((id) => !back.includes(id))
          .toSorted(),
      );
      expect(inTurn(it.shelf.all()).map(({ id, state, problem: why }) => [id, state, why?.code])).toEqual(
        back.map((id) => [id, 'returned', 'conversations.stale_view']),
      );
    }),
  );
});

test('a text is taken out once, by one window, and is not sent afterwards', async () => {
  const it = world();
  it.shelf.put(entryOf(1, 'a'));
  const [one, other] = await Promise.all([it.page().take('m1'), it.page().take('m1')]);
  expect([one?.id, other]).toEqual(['m1', undefined]);
  await it.page().flush();
  expect([it.made, it.shelf.all()]).toEqual([[], []]);
});

test('a text called back that may have arrived goes on under the same id, so that it is not made twice', async () => {
  const it = world();
  it.line = ['lost reply'];
  it.shelf.put(entryOf(1, 'a'));
  await it.page().flush();
  expect((await it.page().take('m1'))?.id).toBe('m1');
  expect(it.shelf.all().map(({ id, state }) => [id, state])).toEqual([['m1', 'recalled']]);
  // Changed and sent again: the page asks for the id that it may already have.
  it.shelf.put(entryOf(1, 'a'));
  await it.page().flush();
  expect([it.made, it.shelf.all()]).toEqual([['m1'], []]);
});

test('a text that a broken server refused goes on under its id, too; one that was refused for a reason needs none', async () => {
  for (const [code, left] of [
    ['core.internal', ['recalled']],
    ['conversations.claim_lost', []],
  ] as const) {
    const it = world();
    it.shelf.put({ ...entryOf(1, 'a'), state: 'returned', isTried: true, problem: { ...problem, code } });
    await it.page().take('m1');
    expect(it.shelf.all().map(({ state }) => state)).toEqual(left);
  }
});

import type { AnyRecord, RecordStore } from './records.ts';
import { extendWindow, type ListRule, type ListWindow, patchWindow } from './window.ts';

export interface ListState {
  readonly window: ListWindow;
  readonly status: 'loading' | 'ready' | 'failed';
  readonly error: unknown;
}

export interface ListSource<R extends AnyRecord> {
  kind: string;
  rule: ListRule<R>;
  fetchPage: (cursor: string | undefined) => Promise<{ items: R[]; nextCursor: string | null }>;
}

export interface LiveList {
  state(): ListState;
  subscribe(listener: () => void): () => void;
  /** Reads the window again from its start; what is shown stays until the answer is there. */
  refetch(): Promise<void>;
  more(): Promise<void>;
  stop(): void;
}

/** A server-ordered list that patches itself from the record store. */
export function createLiveList<R extends AnyRecord>(store: RecordStore, source: ListSource<R>): LiveList {
  let state: ListState = { window: { ids: [], nextCursor: null }, status: 'loading', error: null };
  const listeners = new Set<() => void>();
  let reading = 0;
  let isExtending = false;
  /** Records that changed while a page was on its way; the page may be older than they are. */
  let during: Set<string> | null = null;

  const set = (change: Partial<ListState>): void => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const patch = (window: ListWindow, id: string): ListWindow =>
    patchWindow(window, id, store.get<R>(source.kind, id), source.rule, (other) => store.get<R>(source.kind, other));
  /** While a page that follows is taken in: what it brings is told by the page itself, and only what stood in the list already may have moved. */
  let standing: ReadonlySet<string> | null = null;
  const stopListening = store.onChange((kind, id) => {
    if (kind !== source.kind) return;
    during?.add(id);
    if (state.status !== 'ready' || (standing && !standing.has(id))) return;
    const window = patch(state.window, id);
    if (window !== state.window) set({ window });
  });

  const refetch = async (): Promise<void> => {
    const turn = ++reading;
    during = new Set();
    try {
      const page = await source.fetchPage(undefined);
      if (turn !== reading) return;
      store.put(source.kind, page.items);
      let window: ListWindow = { ids: page.items.map(({ id }) => id), nextCursor: page.nextCursor };
      for (const id of during) window = patch(window, id);
      set({ window, status: 'ready', error: null });
    } catch (error) {
      if (turn === reading) set({ status: state.status === 'ready' ? 'ready' : 'failed', error });
    } finally {
      if (turn === reading) during = null;
    }
  };

  const more = async (): Promise<void> => {
    const cursor = state.window.nextCursor;
    if (cursor === null || isExtending) return;
    const turn = reading;
    isExtending = true;
    try {
      const page = await source.fetchPage(cursor);
      if (turn !== reading) return;
      standing = new Set(state.window.ids);
      store.put(source.kind, page.items);
      standing = null;
      set({
        window: extendWindow(
          state.window,
          page.items.map(({ id }) => id),
          page.nextCursor,
        ),
      });
    } catch {
      // A stale cursor: read the window again instead.
      if (turn === reading) await refetch();
    } finally {
      isExtending = false;
    }
  };

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refetch,
    more,
    stop: () => {
      reading++;
      stopListening();
      listeners.clear();
    },
  };
}

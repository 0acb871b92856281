import { keptAt, keysFrom, readKept } from '../../../platform/kept.ts';
import type { Leaving } from './leaving.ts';
import type { Shelf } from './queue.ts';

/** Kept by the browser for the person who wrote it: each under a key of its own, so that two windows never write over each other. */
export function shelfOf(personId: string): Shelf<Leaving> & { isMine: (key: string) => boolean } {
  const places = { kept: keptAt(personId, 'outbox'), recalled: keptAt(personId, 'recalled') };
  /** Where the browser's store is full or forbidden: this page still sends it. */
  const here = new Map<string, Leaving>();
  const drop = (id: string): void => {
    here.delete(id);
    for (const place of Object.values(places)) localStorage.removeItem(place + id);
  };
  return {
    all: () => [
      ...Object.values(places)
        .flatMap(keysFrom)
        .flatMap((key) => readKept<Leaving>(key) ?? []),
      ...here.values(),
    ],
    put: (entry) => {
      drop(entry.id);
      try {
        localStorage.setItem((entry.state === 'recalled' ? places.recalled : places.kept) + entry.id, JSON.stringify(entry));
      } catch {
        here.set(entry.id, entry);
      }
    },
    drop,
    isMine: (key) => Object.values(places).some((place) => key.startsWith(place)),
  };
}

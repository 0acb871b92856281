import { keptAt, keysFrom, readKept } from '../../../platform/kept.ts';
import type { DraftText } from './draft-text.ts';
import type { DraftKind } from './use-draft.ts';

interface Unsaved {
  text: DraftText;
  version: number;
}

const windowPlace = 'nahbar.window';

/** This window, as long as it is open; a reload is the same one. */
let own = sessionStorage.getItem(windowPlace) ?? newName();
const lockOf = (name: string): string => `nahbar.window.${name}`;
/** As long as a page that is being reloaded may still hold the name. */
const handOverMs = 2_000;
holdName();

function newName(): string {
  const name = crypto.randomUUID();
  sessionStorage.setItem(windowPlace, name);
  return name;
}

/** Other windows see by the lock that this one is open. A window that was duplicated brings along the name of the first, and gets another one. */
function holdName(): void {
  const giveUp = new AbortController();
  const patience = setTimeout(() => giveUp.abort(), handOverMs);
  const forever = (): Promise<void> => {
    clearTimeout(patience);
    return new Promise(() => {});
  };
  navigator.locks.request(lockOf(own), { signal: giveUp.signal }, forever).catch(() => {
    own = newName();
    holdName();
  });
}

/**
 * What was typed and is not yet known to be on the server, kept by this browser for the person who typed it, each window's by itself: a reload, another conversation, an
 * ended session or a closed browser loses nothing while the server is away.
 */
export function unsavedAt(personId: string, conversationId: string, kind: DraftKind) {
  const places = `${keptAt(personId, 'unsaved')}${conversationId}.${kind}.`;
  const place = (): string => places + own;
  return {
    read: (): Unsaved | null => readKept<Unsaved>(place()),
    keep(unsaved: Unsaved): void {
      try {
        localStorage.setItem(place(), JSON.stringify(unsaved));
      } catch {
        // The browser's store is full or forbidden: the draft is still on screen and goes on being saved.
      }
    },
    forget: (): void => localStorage.removeItem(place()),
    /** What a window left that was closed since; it is left to nobody else. */
    async inherit(): Promise<Unsaved | null> {
      const [first] = await leftAt(places);
      if (!first) return null;
      const unsaved = readKept<Unsaved>(first);
      localStorage.removeItem(first);
      return unsaved;
    },
  };
}

/** Kept by windows that are open no more. */
async function leftAt(start: string): Promise<string[]> {
  const others = keysFrom(start).filter((key) => key !== start + own);
  if (others.length === 0) return [];
  const { held: locks = [] } = await navigator.locks.query();
  return others.filter((key) => !locks.some(({ name }) => name === lockOf(key.slice(start.length))));
}

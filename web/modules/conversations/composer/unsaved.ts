import type { DraftKind, DraftText } from './use-draft.ts';

interface Unsaved {
  text: DraftText;
  version: number;
}

/**
 * What was typed and is not yet known to be on the server, kept by this window for the person who typed it: a reload, another conversation or an ended
 * session loses nothing while the server is away.
 */
export function unsavedAt(personId: string, conversationId: string, kind: DraftKind) {
  const place = `nahbar.unsaved.${personId}.${conversationId}.${kind}`;
  return {
    read(): Unsaved | null {
      try {
        return JSON.parse(sessionStorage.getItem(place) ?? 'null') as Unsaved | null;
      } catch {
        return null;
      }
    },
    keep(unsaved: Unsaved): void {
      try {
        sessionStorage.setItem(place, JSON.stringify(unsaved));
      } catch {
        // The window's store is full or forbidden: the draft is still on screen and goes on being saved.
      }
    },
    forget(): void {
      sessionStorage.removeItem(place);
    },
  };
}

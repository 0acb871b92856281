import { fromJson, toJson } from './pristine.ts';

/** A message that the server has not confirmed yet. */
export interface Pending {
  id: string;
  text: string;
  at: string;
  /** Files are held by the page alone: they are too large to be kept. */
  hadFiles: boolean;
  address: string | null;
}

/** The only thing ever kept on the device, under one key, and not before the visitor has opened the chat. */
export interface Kept {
  secret: string | null;
  draft: string;
  name: string;
  pending: Pending[];
  /** The wait as it was last told, and how often it rose since. */
  told: { from: number; to: number; rises: number } | null;
}

const nothing = (): Kept => ({ secret: null, draft: '', name: '', pending: [], told: null });

export interface Memory {
  read(): Kept;
  /** Changes what is kept, together with what another tab has changed meanwhile. */
  change(change: (kept: Kept) => void): Kept;
  forget(): void;
  /** Another tab of the same page has changed it. */
  onChange(heard: () => void): void;
}

export function memoryFor(accountId: string): Memory {
  const key = `nahbar-chat:${accountId}`;
  // Where the device keeps nothing (private windows of some browsers), the page remembers for as long as it is open.
  let own = nothing();
  const read = (): Kept => {
    try {
      const kept = fromJson(localStorage.getItem(key)) as Partial<Kept> | null;
      return kept ? { ...nothing(), ...kept } : own;
    } catch {
      return own;
    }
  };
  return {
    read,
    change(change) {
      const kept = read();
      change(kept);
      own = kept;
      try {
        localStorage.setItem(key, toJson(kept));
      } catch {
        // No room, or not allowed: `own` has it.
      }
      return kept;
    },
    forget() {
      own = nothing();
      try {
        localStorage.removeItem(key);
      } catch {
        // Nothing was kept then.
      }
    },
    onChange: (heard) => addEventListener('storage', (event) => event.key === key && heard()),
  };
}

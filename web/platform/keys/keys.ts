import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { type Chord, chordOf, startsWith } from './chords.ts';
import { winnersOf } from './winners.ts';

export interface Shortcut {
  /** `mod+k`, `e`, or a sequence such as `g i`. Without keys it is an action that the palette knows. */
  keys?: string;
  label: string;
  group: string;
  run: () => void;
  /** Also while typing in a field; only sensible with a modifier. */
  inFields?: boolean;
  /** Also while a dialog or a menu is open. */
  overDialogs?: boolean;
  /** Works where the focus is, such as in a list: whatever has the focus hears it itself, and here it stands for the help sheet. */
  local?: boolean;
}

const active = new Set<Shortcut>();
const listeners = new Set<() => void>();
let snapshot: readonly Shortcut[] = [];
let typed: Chord[] = [];
let forget: ReturnType<typeof setTimeout> | undefined;

/** Makes shortcuts work while the calling component is on screen; the newest wins when two want the same keys. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  // Before the next key can come, hence not a passive effect.
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  const signature = shortcuts.map(({ keys, label }) => `${keys ?? ''}=${label}`).join('\n');
  useEffect(() => {
    const mine = latest.current.map((shortcut, i) => ({ ...shortcut, run: () => latest.current[i]?.run() }));
    for (const shortcut of mine) active.add(shortcut);
    changed();
    return () => {
      for (const shortcut of mine) active.delete(shortcut);
      changed();
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [signature]);
}

/** Everything that can be done now, for the help sheet and the palette: exactly what the keys themselves go by. */
export const useActiveShortcuts = (): readonly Shortcut[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => snapshot,
  );

export function listenForKeys(): () => void {
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}

function onKeyDown(event: KeyboardEvent): void {
  const chord = chordOf(event);
  if (event.defaultPrevented || !chord || pressesControl(chord, event.target)) return;
  const inField = isTyping(event.target);
  const blocked = isCovered();
  typed.push(chord);
  clearTimeout(forget);
  forget = setTimeout(() => {
    typed = [];
  }, 900);
  const usable = [...active]
    .filter(isKeyed)
    .filter((shortcut) => !shortcut.local && (shortcut.inFields || !inField) && (shortcut.overDialogs || !blocked));
  const found = usable.findLast((shortcut) => shortcut.keys === typed.join(' ')) ?? usable.findLast((shortcut) => shortcut.keys === chord);
  if (found) {
    event.preventDefault();
    typed = [];
    found.run();
  } else if (!usable.some((shortcut) => startsWith(shortcut.keys, typed))) typed = [];
}

const overlay = '[role="dialog"]:not([data-toast]),[role="alertdialog"],[role="menu"]';
/** Dialogs and menus stand in the body beside the application, whose thousands of elements no key has to wait for. */
const isCovered = (): boolean =>
  [...document.body.children].some((child) => child.id !== 'root' && (child.matches(overlay) || child.querySelector(overlay) !== null));

/** Enter and space press the button or follow the link that has the focus, whatever else they are used for. */
const pressesControl = (chord: string, target: EventTarget | null): boolean =>
  (chord === 'enter' || chord === 'space') && target instanceof Element && target.closest('button, a[href], summary') !== null;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    !['checkbox', 'radio', 'button'].includes((target as HTMLInputElement).type)
  );
}

const isKeyed = (shortcut: Shortcut): shortcut is Shortcut & { keys: string } => shortcut.keys !== undefined;

function changed(): void {
  snapshot = winnersOf([...active]);
  for (const listener of listeners) listener();
}

/** A key press in the notation of the registry, e.g. `mod+shift+m`, `?`, `j`. */
export type Chord = string;

interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Null for modifiers alone. Shift is named only for keys that do not change their sign with it. */
export function chordOf(press: Press): Chord | null {
  if (['Shift', 'Control', 'Meta', 'Alt', 'Dead', 'Process', 'Unidentified'].includes(press.key)) return null;
  const key = press.key === ' ' ? 'space' : press.key.toLowerCase();
  const mod = press.ctrlKey || press.metaKey;
  const isSign = press.key.length === 1 && !/[a-z]/i.test(press.key);
  // AltGr sends ctrl and alt together on Windows and makes signs such as @.
  if (isSign && mod && press.altKey) return key;
  return [mod ? 'mod' : '', press.altKey ? 'alt' : '', press.shiftKey && !isSign ? 'shift' : '', key].filter(Boolean).join('+');
}

/** Whether the typed chords are the beginning of a longer sequence. */
export function startsWith(keys: string, typed: readonly Chord[]): boolean {
  const wanted = keys.split(' ');
  return typed.length < wanted.length && typed.every((chord, i) => chord === wanted[i]);
}

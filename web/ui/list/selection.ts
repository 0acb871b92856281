/** Which rows are picked, and from where a range starts. */
export interface Picked {
  readonly keys: ReadonlySet<string>;
  readonly anchor: string | null;
}

export const nothingPicked: Picked = { keys: new Set(), anchor: null };

export const allOf = (keys: readonly string[]): Picked => ({ keys: new Set(keys), anchor: keys[0] ?? null });

export function toggle(picked: Picked, key: string): Picked {
  const keys = new Set(picked.keys);
  if (!keys.delete(key)) keys.add(key);
  return { keys, anchor: key };
}

/** Every row from the anchor to `key`, whichever comes first. */
export function rangeOf(keys: readonly string[], anchor: string | null, key: string): Picked {
  const to = keys.indexOf(key);
  const from = anchor === null ? to : keys.indexOf(anchor);
  const start = from < 0 ? to : from;
  return { keys: new Set(keys.slice(Math.min(start, to), Math.max(start, to) + 1)), anchor: keys[start] ?? key };
}

/** Where a key press leads in a list of `count` rows, or null when it is no movement. */
export function nextIndex(key: string, index: number, count: number): number | null {
  if (count === 0) return null;
  const last = count - 1;
  switch (key) {
    case 'j':
    case 'J':
    case 'ArrowDown':
      return Math.min(last, index + 1);
    case 'k':
    case 'K':
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageDown':
      return Math.min(last, index + 10);
    case 'PageUp':
      return Math.max(0, index - 10);
    default:
      return null;
  }
}

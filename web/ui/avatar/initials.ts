/** Up to two letters: of the first and last word. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/[<>"'(),@.]/g, ' ')
    .split(/\s+/)
    .filter(Boolean);
  const first = words[0];
  const last = words.length > 1 ? words.at(-1) : undefined;
  return `${letter(first)}${letter(last)}` || '?';
}

/** A hue from 0 to 359, the same for the same text. */
export function hueOf(seed: string): number {
  let hash = 2166136261;
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 16777619);
  return (hash >>> 0) % 360;
}

const letter = (word: string | undefined): string => (word ? (Array.from(word)[0] ?? '').toUpperCase() : '');

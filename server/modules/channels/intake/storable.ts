/**
 * The same with every text as PostgreSQL takes it: without zero bytes and halves of characters, which broken and hostile messages hold. Done once,
 * for every channel and every room above: one such sign anywhere would keep the whole message from being stored.
 */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return cleanText(value) as T;
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(storable) as T;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, storable(part)])) as T;
}

/** Looks first: nearly every text is fine, and looking is cheap. */
export const cleanText = (text: string): string =>
  text.includes('\u0000') || !text.isWellFormed() ? text.replaceAll('\u0000', '').toWellFormed() : text;

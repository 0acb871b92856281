import type { Address } from '../../../../../contract/conversations.ts';

/** `Name <a@b.de>` or `a@b.de`; null when it is neither. The server checks again. */
export function parseAddress(text: string): Address | null {
  const named = /^\s*"?([^"<]*?)"?\s*<([^<>\s]+@[^<>\s]+)>\s*$/.exec(text);
  // Two addresses are not one with a long name.
  if (named && !/@[^,;]*[,;]/.test(named[1] ?? '')) return { name: named[1]?.trim() ?? '', address: named[2] ?? '' };
  const plain = text.trim();
  return /^[^\s@<>]+@[^\s@<>]+$/.test(plain) ? { name: '', address: plain } : null;
}

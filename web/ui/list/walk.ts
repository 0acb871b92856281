import type { KeyboardEvent } from 'react';

/** Arrow keys go through the links of a list, and to what `before` says from the first one up. */
export function walkLinks(event: KeyboardEvent, list: Element | null, before?: () => void): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...(list?.querySelectorAll<HTMLElement>('a') ?? [])];
  const at = links.findIndex((link) => link === document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next) next.focus();
  else if (event.key === 'ArrowUp') before?.();
}

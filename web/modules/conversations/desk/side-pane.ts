import { useSyncExternalStore } from 'react';

const key = 'nahbar.side';
let isOpen = localStorage.getItem(key) !== 'closed' && window.matchMedia('(min-width: 80rem)').matches;
const listeners = new Set<() => void>();

/** Whether the pane with customer and case is shown; remembered in this browser. */
export function useSidePane(): { isOpen: boolean; toggle: () => void } {
  const open = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isOpen,
  );
  return { isOpen: open, toggle };
}

function toggle(): void {
  isOpen = !isOpen;
  localStorage.setItem(key, isOpen ? 'open' : 'closed');
  for (const listener of listeners) listener();
}

import { useSyncExternalStore } from 'react';
import { useWide } from '../../../ui/use-wide.ts';

const key = 'nahbar.side';
let isOpen = localStorage.getItem(key) !== 'closed' && window.matchMedia('(min-width: 80rem)').matches;
const listeners = new Set<() => void>();

/** Whether the pane with customer and case is shown, and whether it then stands beside the conversation or lies over it; remembered in this browser. */
export function useSidePane(): { isOpen: boolean; isBeside: boolean; toggle: () => void } {
  const isBeside = useWide('(min-width: 80rem)');
  const open = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isOpen,
  );
  return { isOpen: open, isBeside, toggle };
}

function toggle(): void {
  isOpen = !isOpen;
  localStorage.setItem(key, isOpen ? 'open' : 'closed');
  for (const listener of listeners) listener();
}

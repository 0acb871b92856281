import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Keeps what is typed from the key that opens a field until the field has the focus: the letters are its beginning, and none of them runs as a shortcut or
 * lands in the text below.
 */
export function useTypedAhead(isOpen: boolean, type: (change: (text: string) => string) => void, close: () => void): void {
  const latest = useRef({ type, close });
  useEffect(() => {
    latest.current = { type, close };
  });
  // Before the next key can come, hence not a passive effect.
  useLayoutEffect(() => {
    if (!isOpen) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      const at = document.activeElement;
      if (at instanceof HTMLInputElement && at.closest('[role="dialog"]')) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'Escape') latest.current.close();
      else if (event.key === 'Backspace') latest.current.type((text) => text.slice(0, -1));
      else if ([...event.key].length === 1) latest.current.type((text) => text + event.key);
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [isOpen]);
}

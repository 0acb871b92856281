import { useCallback, useLayoutEffect, useRef } from 'react';

/** One function for as long as the component lives, which does what the newest one does: what it is given to need not be drawn again. */
export function useStable<Args extends readonly unknown[], T>(newest: (...args: Args) => T): (...args: Args) => T {
  const latest = useRef(newest);
  useLayoutEffect(() => {
    latest.current = newest;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}

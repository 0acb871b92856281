import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';

/** What comes is asked for before somebody reading up reaches the end of what is there. */
const ahead = '800px 0px 0px 0px';

/**
 * Asks for what was said before when somebody reads near the beginning of what is there, where `mark` stands, and keeps what they read where it is: at the
 * very top the browser does not.
 */
export function useOlder(
  scroller: RefObject<HTMLDivElement | null>,
  mark: RefObject<HTMLElement | null>,
  first: string | undefined,
  older: (() => Promise<void>) | undefined,
): void {
  const height = useRef(0);
  const asked = useRef<string>(undefined);
  const ask = useEffectEvent(() => {
    // Once for each beginning: what was asked for changes it.
    if (!older || asked.current === first) return;
    asked.current = first;
    void older();
  });
  const hasOlder = older !== undefined;
  useEffect(() => {
    if (!mark.current || !hasOlder) return undefined;
    const look = (entries: IntersectionObserverEntry[]): void => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) ask();
    };
    const observer = new IntersectionObserver(look, { root: scroller.current, rootMargin: ahead });
    observer.observe(mark.current);
    return () => observer.disconnect();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- what came may not have pushed the mark away: look again
  }, [scroller, mark, hasOlder, first]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (element.scrollTop === 0 && height.current > 0) element.scrollBy(0, element.scrollHeight - height.current);
    height.current = element.scrollHeight;
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- when something came before the first
  }, [first, scroller]);
}

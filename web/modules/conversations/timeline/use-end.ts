import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** So near to the end counts as there, in pixels. */
const near = 80;

/**
 * Keeps the end of what is said in sight, unless somebody reads further up; whoever says something themselves is brought to it from anywhere. In a window
 * too low for panes it is the page that scrolls.
 */
export function useEnd(
  count: number,
  newest: string | undefined,
  /** The newest message, if it is one's own. */
  own: string | null,
): { scroller: RefObject<HTMLDivElement | null>; onScroll: () => void } {
  const scroller = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    if (own) isAtEnd.current = true;
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [own]);
  useLayoutEffect(() => {
    if (scroller.current && isAtEnd.current) toEnd(scroller.current);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [newest, count]);

  // The place for it changes with the composer and with late pictures; whoever was at the end stays there.
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) toEnd(element);
    });
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    const onPageScroll = (): void => {
      if (!scrolls(element)) isAtEnd.current = below(element) < near;
    };
    window.addEventListener('scroll', onPageScroll, { passive: true });
    return () => {
      observer.disconnect();
      window.removeEventListener('scroll', onPageScroll);
    };
  }, []);
  const onScroll = (): void => {
    const element = scroller.current;
    if (element && scrolls(element)) isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < near;
  };
  return { scroller, onScroll };
}

const scrolls = (element: Element): boolean => getComputedStyle(element).overflowY !== 'visible';
/** How much of it lies below the window. */
const below = (element: Element): number => element.getBoundingClientRect().bottom - window.innerHeight;

function toEnd(element: Element): void {
  if (scrolls(element)) element.scrollTop = element.scrollHeight;
  // Never back up: there somebody may be writing.
  else if (below(element) > 0) window.scrollBy(0, below(element));
}

import { cloneElement, type FocusEvent, type PointerEvent, type ReactElement, useEffect, useSyncExternalStore } from 'react';
import { Kbd } from '../kbd.tsx';

interface Shown {
  text: string;
  keys: string | undefined;
  x: number;
  y: number;
  above: boolean;
  of: Element;
}

let shown: Shown | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

const show = (next: Shown | null): void => {
  clearTimeout(timer);
  if (next === shown) return;
  shown = next;
  for (const listener of listeners) listener();
};

/** The one tip of the page: every page has one, near its end. */
export function TipArea() {
  const tip = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  useEffect(() => {
    if (!tip) return undefined;
    const hide = (): void => show(null);
    // Any key takes it away: it stands over what somebody may want to read.
    document.addEventListener('keydown', hide, true);
    // What is taken off the page tells of no blur.
    const look = setInterval(() => {
      if (!tip.of.isConnected) hide();
    }, 200);
    return () => {
      document.removeEventListener('keydown', hide, true);
      clearInterval(look);
    };
  }, [tip]);
  if (!tip) return null;
  return (
    <div
      aria-hidden="true"
      className="floating pointer-events-none fixed z-60 flex max-w-72 items-center gap-2 px-2 py-1 text-xs text-text"
      style={{ left: tip.x, top: tip.y, transform: `translate(-50%, ${tip.above ? '-100%' : '0'})` }}
    >
      {tip.text}
      {tip.keys && <Kbd keys={tip.keys} />}
    </div>
  );
}

type Handlers = Partial<Record<'onPointerEnter' | 'onPointerLeave' | 'onFocus' | 'onBlur' | 'onPointerDown', (event: never) => void>>;

/** A short hint for the eye on hover and focus; never the only place of a piece of information, so it is not read aloud. */
export function Tip({ text, keys, children }: { text: string; keys?: string | undefined; children: ReactElement<Handlers> }) {
  const open = (target: Element): void => {
    const { left, width, top, bottom } = target.getBoundingClientRect();
    const x = Math.min(Math.max(left + width / 2, 90), window.innerWidth - 90);
    const above = bottom > window.innerHeight - 60;
    show({ text, keys, x, y: above ? top - 6 : bottom + 6, above, of: target });
  };
  const own = children.props;
  return cloneElement(children, {
    onPointerEnter: (event: PointerEvent) => {
      (own.onPointerEnter as ((event: PointerEvent) => void) | undefined)?.(event);
      const target = event.currentTarget;
      clearTimeout(timer);
      if (event.pointerType === 'mouse') timer = setTimeout(() => target.isConnected && open(target), 400);
    },
    onPointerLeave: (event: PointerEvent) => {
      (own.onPointerLeave as ((event: PointerEvent) => void) | undefined)?.(event);
      show(null);
    },
    onPointerDown: (event: PointerEvent) => {
      (own.onPointerDown as ((event: PointerEvent) => void) | undefined)?.(event);
      show(null);
    },
    onFocus: (event: FocusEvent) => {
      (own.onFocus as ((event: FocusEvent) => void) | undefined)?.(event);
      if (event.currentTarget.matches(':focus-visible')) open(event.currentTarget);
    },
    onBlur: (event: FocusEvent) => {
      (own.onBlur as ((event: FocusEvent) => void) | undefined)?.(event);
      show(null);
    },
  } as Handlers);
}

import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/**
 * A value one frame late, for what is dear to draw: what was pressed is on screen first. Whatever else is pressed meanwhile draws it before it is heard, so
 * that nobody acts on what stood there before; only what `passes` leads on to another value without waiting for this one.
 */
export function useAfterPaint<T>(value: T, passes: (event: Event) => boolean): T {
  const [shown, setShown] = useState(value);
  useEffect(() => {
    if (Object.is(shown, value)) return;
    const catchUp = (): void => flushSync(() => setShown(value));
    const hear = (event: Event): void => {
      if (!passes(event)) catchUp();
    };
    let painted: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      painted = setTimeout(catchUp);
    });
    // A page that nobody sees has no frames.
    const hidden = document.hidden ? setTimeout(catchUp) : undefined;
    for (const input of inputs) document.addEventListener(input, hear, { capture: true });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(painted);
      clearTimeout(hidden);
      for (const input of inputs) document.removeEventListener(input, hear, { capture: true });
    };
  }, [value, shown, passes]);
  return shown;
}

const inputs = ['keydown', 'pointerdown', 'beforeinput', 'paste', 'drop'] as const;

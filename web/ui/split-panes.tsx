import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';

interface Props {
  left: ReactNode;
  right: ReactNode;
  /** Width of the left pane in pixels is kept under this name. */
  name: string;
  label: string;
  initial: number;
  min: number;
  max: number;
}

/** Two panes with a divider that can be dragged, or moved with the arrow keys. */
export function SplitPanes({ left, right, name, label, initial, min, max }: Props) {
  const [width, setWidth] = useState(() => Number(localStorage.getItem(`nahbar.pane.${name}`)) || initial);
  const start = useRef<{ x: number; width: number } | null>(null);
  const move = (next: number): void => {
    const bounded = Math.min(max, Math.max(min, Math.round(next)));
    setWidth(bounded);
    localStorage.setItem(`nahbar.pane.${name}`, String(bounded));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
    if (!step) return;
    event.preventDefault();
    move(width + step);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (start.current) move(start.current.width + event.clientX - start.current.x);
  };
  return (
    <div className="flex h-full min-h-0 min-w-0 flex-1">
      <div className="flex min-h-0 shrink-0 flex-col" style={{ width }}>
        {left}
      </div>
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={width}
        aria-valuemin={min}
        aria-valuemax={max}
        tabIndex={0}
        className="group relative z-10 w-px shrink-0 cursor-col-resize bg-line focus-visible:outline-offset-0"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          start.current = { x: event.clientX, width };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          start.current = null;
        }}
      >
        <span className="absolute inset-y-0 -left-1 w-2 group-hover:bg-line" />
      </div>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">{right}</div>
    </div>
  );
}

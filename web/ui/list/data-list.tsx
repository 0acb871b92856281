import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, type ReactNode, useEffect, useId, useRef } from 'react';
import { useStable } from '../use-stable.ts';
import { allOf, nextIndex, type Picked, rangeOf, toggle } from './selection.ts';

export interface RowState {
  active: boolean;
  open: boolean;
  picked: boolean;
  toggle: (range: boolean) => void;
}

interface Props {
  label: string;
  /** The rows in their order, each by its key: however long the list, only what is on screen is read. */
  keys: readonly string[];
  rowHeight: number;
  /** Draws what a row shows. The same function each time, or all rows are drawn again. */
  renderRow: (key: string, state: RowState) => ReactNode;
  activeKey: string | null;
  openKey: string | null;
  picked: Picked;
  onActive: (key: string) => void;
  onOpen: (key: string, newTab: boolean) => void;
  onPick: (picked: Picked) => void;
  onEnd?: () => void;
  /** Told which rows are on screen, by the places of the first and the last. */
  onShown?: (shown: readonly [number, number]) => void;
  footer?: ReactNode;
}

/**
 * A virtualised list for the keyboard: j/k or arrows move, Enter opens, x picks, Shift extends, Ctrl+A picks all, Escape clears.
 * A listbox with `aria-activedescendant`: one tab stop, however long it is.
 */
export function DataList(props: Props) {
  const { label, keys, rowHeight, renderRow, activeKey, openKey, picked, onActive, onOpen, onPick, onEnd, onShown, footer } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const base = useId();
  const virtual = useVirtualizer({
    count: keys.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // Drawn with the frame, not within the event that scrolls.
    useFlushSync: false,
  });
  const activeIndex = activeKey === null ? -1 : keys.indexOf(activeKey);
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (keys.length > 0 && lastShown >= keys.length - 10) onEnd?.();
  }, [lastShown, keys.length, onEnd]);
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {};
  useEffect(() => onShown?.([startIndex, endIndex]), [startIndex, endIndex, onShown]);
  useEffect(() => {
    if (activeIndex >= 0 && scroller.current) bringIntoSight(scroller.current, activeIndex * rowHeight, rowHeight);
    // Only when the keyboard moved, not when rows above come and go.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [activeKey]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'a') {
      event.preventDefault();
      onPick(allOf(keys));
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // While something is open, j and k are the page's: they step through what is open, and the mark follows.
    if (openKey !== null && (event.key === 'j' || event.key === 'k')) return;
    const target = nextIndex(event.key, activeIndex, keys.length);
    if (target !== null) {
      event.preventDefault();
      const key = keys[target];
      if (key === undefined) return;
      if (event.shiftKey) onPick(rangeOf(keys, picked.anchor ?? activeKey, key));
      onActive(key);
    } else if (event.key === 'Enter' && activeKey) {
      event.preventDefault();
      onOpen(activeKey, false);
    } else if ((event.key === 'x' || event.key === ' ') && activeKey) {
      event.preventDefault();
      onPick(toggle(picked, activeKey));
    } else if (event.key === 'Escape' && picked.keys.size > 0) {
      event.preventDefault();
      onPick({ keys: new Set(), anchor: null });
    }
  };
  const range = (key: string): Picked => rangeOf(keys, picked.anchor ?? activeKey, key);
  const press = useStable((key: string, { shiftKey, ctrlKey, metaKey }: Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>) => {
    if (shiftKey) onPick(range(key));
    else onOpen(key, ctrlKey || metaKey);
    onActive(key);
  });
  const openBeside = useStable((key: string) => onOpen(key, true));
  const pick = useStable((key: string, isRange: boolean) => onPick(isRange ? range(key) : toggle(picked, key)));

  return (
    <div
      ref={scroller}
      role="listbox"
      aria-label={label}
      aria-multiselectable="true"
      aria-activedescendant={activeIndex >= 0 ? `${base}-${activeKey}` : undefined}
      tabIndex={0}
      data-list
      className="relative h-full min-h-0 flex-1 overflow-y-auto bg-surface focus-visible:outline-offset-[-2px]"
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="relative w-full" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, size }) => {
          const key = keys[index];
          return (
            key !== undefined && (
              <Row
                key={key}
                id={`${base}-${key}`}
                of={key}
                position={index + 1}
                count={keys.length}
                top={start}
                height={size}
                active={key === activeKey}
                open={key === openKey}
                picked={picked.keys.has(key)}
                render={renderRow}
                onPress={press}
                onBeside={openBeside}
                onToggle={pick}
              />
            )
          );
        })}
      </div>
      {footer}
    </div>
  );
}

interface RowProps {
  id: string;
  /** The key of its row. */
  of: string;
  position: number;
  count: number;
  top: number;
  height: number;
  active: boolean;
  open: boolean;
  picked: boolean;
  render: Props['renderRow'];
  onPress: (key: string, event: Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>) => void;
  onBeside: (key: string) => void;
  onToggle: (key: string, range: boolean) => void;
}

const Row = memo(function Row({ id, of, position, count, top, height, active, open, picked, render, ...does }: RowProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={picked}
      aria-current={open || undefined}
      aria-setsize={count}
      aria-posinset={position}
      // Nothing in a row moves anything outside of it: the browser lays out and paints rows one by one.
      className="absolute inset-x-0 top-0 cursor-pointer contain-strict"
      style={{ height, transform: `translateY(${top}px)` }}
      onClick={(event) => does.onPress(of, event)}
      onAuxClick={(event) => event.button === 1 && does.onBeside(of)}
    >
      {render(of, { active, open, picked, toggle: (range) => does.onToggle(of, range) })}
    </div>
  );
});

/** Gives the focus to the list of a page or of a part of it, so that its keys do what they say; nothing moves on screen. */
export const focusList = (within: ParentNode | null = document): void =>
  within?.querySelector<HTMLElement>('[data-list]')?.focus({ preventScroll: true });

/** Moves no further than is needed. */
function bringIntoSight(area: HTMLElement, top: number, height: number): void {
  const { scrollTop, clientHeight } = area;
  if (top < scrollTop) area.scrollTop = top;
  else if (top + height > scrollTop + clientHeight) area.scrollTop = top + height - clientHeight;
}

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { nextIndex, type Picked, rangeOf, toggle } from './selection.ts';

interface Props<Row> {
  label: string;
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  rowHeight: number;
  renderRow: (row: Row, state: { active: boolean; open: boolean; picked: boolean; toggle: (range: boolean) => void }) => ReactNode;
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
 * A virtualised list for the keyboard: j/k or arrows move, Enter opens, x picks, Shift extends, Escape clears.
 * A listbox with `aria-activedescendant`: one tab stop, however long it is.
 */
export function DataList<Row>(props: Props<Row>) {
  const { label, rows, keyOf, rowHeight, renderRow, activeKey, openKey, picked, onActive, onOpen, onPick, onEnd, onShown, footer } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const base = useId();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyOf(rows[index] as Row),
    overscan: 8,
  });
  const activeIndex = rows.findIndex((row) => keyOf(row) === activeKey);
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 10) onEnd?.();
  }, [lastShown, rows.length, onEnd]);
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {};
  useEffect(() => onShown?.([startIndex, endIndex]), [startIndex, endIndex, onShown]);
  useEffect(() => {
    if (activeIndex >= 0) virtual.scrollToIndex(activeIndex);
    // Only when the keyboard moved, not when rows above come and go.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [activeKey]);

  const keys = (): string[] => rows.map(keyOf);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = nextIndex(event.key, activeIndex, rows.length);
    if (target !== null) {
      event.preventDefault();
      const row = rows[target];
      if (!row) return;
      if (event.shiftKey) onPick(rangeOf(keys(), picked.anchor ?? activeKey, keyOf(row)));
      onActive(keyOf(row));
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

  return (
    <div
      ref={scroller}
      role="listbox"
      aria-label={label}
      aria-multiselectable="true"
      aria-activedescendant={activeIndex >= 0 ? `${base}-${activeKey}` : undefined}
      tabIndex={0}
      data-list
      className="relative h-full min-h-0 flex-1 overflow-y-auto focus-visible:outline-offset-[-2px]"
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="relative w-full" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index] as Row;
          const key = keyOf(row);
          const isPicked = picked.keys.has(key);
          return (
            <div
              key={key}
              id={`${base}-${key}`}
              role="option"
              aria-selected={isPicked}
              aria-current={openKey === key || undefined}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              className="absolute inset-x-0 top-0 cursor-pointer"
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              onClick={(event) => {
                if (event.shiftKey) onPick(rangeOf(keys(), picked.anchor ?? activeKey, key));
                else onOpen(key, event.ctrlKey || event.metaKey);
                onActive(key);
              }}
              onAuxClick={(event) => event.button === 1 && onOpen(key, true)}
            >
              {renderRow(row, {
                active: key === activeKey,
                open: key === openKey,
                picked: isPicked,
                toggle: (range) => onPick(range ? rangeOf(keys(), picked.anchor ?? activeKey, key) : toggle(picked, key)),
              })}
            </div>
          );
        })}
      </div>
      {footer}
    </div>
  );
}

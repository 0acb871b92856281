import { Menu as Base } from '@base-ui/react/menu';
import Check from 'lucide-react/icons/check';
import type { ReactElement } from 'react';
import { cx } from '../cx.ts';
import type { Icon } from '../icon.ts';
import { Kbd } from '../kbd.tsx';

export interface MenuEntry {
  label: string;
  icon?: Icon;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  /** Set for entries that are one of several states. */
  checked?: boolean;
  /** Why it is greyed out, or a second line. */
  hint?: string | undefined;
  /** Starts a new group above this entry. */
  separated?: boolean;
  onSelect: () => void;
}

export function Menu({
  trigger,
  entries,
  align = 'start',
}: {
  trigger: ReactElement<Record<string, unknown>>;
  entries: readonly MenuEntry[];
  align?: 'start' | 'end';
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} className="z-50">
          <Base.Popup className="floating fade max-h-(--available-height) min-w-48 overflow-y-auto p-1">
            {entries.map((entry) => (
              <Row key={entry.label} {...entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Row({ label, icon: Sign, keys, danger, disabled, checked, hint, separated, onSelect }: MenuEntry) {
  return (
    <>
      {separated && <Base.Separator className="my-1 border-t border-line" />}
      <Base.Item
        disabled={disabled}
        onClick={onSelect}
        className={cx(
          'flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 outline-none data-disabled:opacity-55 data-highlighted:bg-hover',
          danger && 'text-danger-text',
        )}
      >
        {Sign ? (
          <Sign aria-hidden="true" className="size-4 shrink-0 text-muted" />
        ) : (
          checked !== undefined && <span className="size-4 shrink-0">{checked && <Check aria-hidden="true" className="size-4" />}</span>
        )}
        <span className="flex-1">
          {label}
          {checked && <span className="sr-only"> ✓</span>}
          {hint && <span className="block text-xs text-muted">{hint}</span>}
        </span>
        {keys && <Kbd keys={keys} />}
      </Base.Item>
    </>
  );
}

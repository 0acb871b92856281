import { Dialog as Base } from '@base-ui/react/dialog';
import X from 'lucide-react/icons/x';
import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import { IconButton } from '../icon-button.tsx';

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  closeLabel: string;
  side?: 'left' | 'right';
  children: ReactNode;
}

/** A sheet from the side; what a pane becomes on a narrow screen. */
export function Drawer({ open, onClose, title, closeLabel, side = 'right', children }: Props) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fade fixed inset-0 z-40 bg-(--scrim)" />
        <Base.Popup
          className={cx(
            'fade fixed inset-y-0 z-40 flex w-[min(24rem,92vw)] flex-col bg-surface shadow-float',
            side === 'right' ? 'right-0' : 'left-0',
          )}
        >
          <header className="flex items-center justify-between border-b border-line px-4 py-2">
            <Base.Title className="font-semibold">{title}</Base.Title>
            <Base.Close render={<IconButton label={closeLabel} icon={X} />} />
          </header>
          <div className="relative min-h-0 flex-1 overflow-y-auto bg-surface">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

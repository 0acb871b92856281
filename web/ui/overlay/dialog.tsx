import { Dialog as Base } from '@base-ui/react/dialog';
import X from 'lucide-react/icons/x';
import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import { IconButton } from '../icon-button.tsx';

interface Props {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  closeLabel: string;
  wide?: boolean;
  /** Nothing in it can have the focus: the keyboard scrolls it as a whole, under this name. */
  reading?: string;
  footer?: ReactNode;
  children: ReactNode;
}

export function Dialog({ open, onClose, title, description, closeLabel, wide, reading, footer, children }: Props) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fade fixed inset-0 z-40 bg-(--scrim)" />
        <Base.Popup
          className={cx(
            'floating fade fixed inset-x-2 top-[6dvh] z-40 mx-auto flex max-h-[88dvh] flex-col bg-surface low:top-0 low:max-h-dvh low:overflow-y-auto sm:inset-x-6',
            wide ? 'max-w-3xl' : 'max-w-lg',
          )}
        >
          <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-2">
            <div>
              <Base.Title className="text-lg font-semibold">{title}</Base.Title>
              {description && <Base.Description className="mt-0.5 text-muted">{description}</Base.Description>}
            </div>
            <Base.Close render={<IconButton label={closeLabel} icon={X} />} />
          </header>
          <div
            className="relative min-h-0 overflow-y-auto px-5 py-2 low:shrink-0 low:overflow-visible"
            {...(reading && { tabIndex: 0, role: 'group', 'aria-label': reading })}
          >
            {children}
            {/* What goes on below fades; at the end there is nothing beneath it. */}
            {footer && (
              <div aria-hidden="true" className="pointer-events-none sticky -bottom-2 h-5 bg-linear-to-t from-surface low:hidden" />
            )}
          </div>
          {footer && <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

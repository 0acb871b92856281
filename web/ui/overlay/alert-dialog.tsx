import { AlertDialog as Base } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';
import { Button } from '../button.tsx';

interface Props {
  open: boolean;
  title: ReactNode;
  children: ReactNode;
  /** Left out where it cannot be done as things are; the text then says why. */
  confirm?: string | undefined;
  cancel: string;
  danger?: boolean;
  busy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks before something that is hard to take back. Prefer doing it with an undo. */
export function AlertDialog({ open, title, children, confirm, cancel, danger, busy, onConfirm, onCancel }: Props) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onCancel()}>
      <Base.Portal>
        <Base.Backdrop className="fade fixed inset-0 z-50 bg-(--scrim)" />
        <Base.Popup className="floating fade fixed inset-x-4 top-[18dvh] z-50 mx-auto max-w-md bg-surface p-5">
          <Base.Title className="text-lg font-semibold">{title}</Base.Title>
          <Base.Description render={<div />} className="mt-2 text-muted">
            {children}
          </Base.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <Base.Close render={<Button>{cancel}</Button>} />
            {confirm && (
              <Button look={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
                {confirm}
              </Button>
            )}
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

import { type DragEvent, type ReactNode, useState } from 'react';
import { cx } from '../cx.ts';

/** Takes files dropped or pasted anywhere inside; `hint` shows while something hovers. */
export function FileDrop({
  onFiles,
  hint,
  disabled,
  className,
  children,
}: {
  onFiles: (files: File[]) => void;
  hint: string;
  disabled?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  const carriesFiles = (event: DragEvent): boolean => !disabled && event.dataTransfer.types.includes('Files');
  return (
    <div
      className={cx('relative', className)}
      onDragOver={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (!carriesFiles(event)) return;
        event.preventDefault();
        onFiles([...event.dataTransfer.files]);
      }}
      onPaste={(event) => {
        const files = [...event.clipboardData.files];
        // Office programs add a picture of the words they copy; the words are meant.
        const isWords = event.clipboardData.types.includes('text/html') && event.clipboardData.getData('text/plain').trim() !== '';
        if (disabled || files.length === 0 || isWords) return;
        event.preventDefault();
        onFiles(files);
      }}
    >
      {children}
      {over && (
        <div className="pointer-events-none absolute inset-0 z-10 flex items-center justify-center rounded-lg border-2 border-dashed border-accent bg-accent-soft font-medium text-accent-text">
          {hint}
        </div>
      )}
    </div>
  );
}

import { cloneElement, type ReactElement, type ReactNode, useId } from 'react';
import { cx } from '../cx.ts';

interface Control {
  id?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
}

interface Props {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null | undefined;
  /** Said after the label, e.g. "optional". */
  aside?: ReactNode;
  className?: string;
  children: ReactElement<Control>;
}

/** Ties label, hint and error to one control, so that they are read together. */
export function Field({ label, hint, error, aside, className, children }: Props) {
  const made = useId();
  const id = children.props.id ?? made;
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={cx('flex flex-col gap-1', className)}>
      <div className="flex items-baseline gap-2">
        <label id={`${id}-label`} htmlFor={id} className="font-medium">
          {label}
        </label>
        {aside && <span className="text-xs text-muted">{aside}</span>}
      </div>
      {cloneElement(children, { id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-xs font-medium text-danger-text">
          {error}
        </p>
      )}
    </div>
  );
}

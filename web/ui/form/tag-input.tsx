import X from 'lucide-react/icons/x';
import { type KeyboardEvent, type ReactNode, useState } from 'react';

interface Props {
  values: readonly string[];
  onChange: (values: string[]) => void;
  removeLabel: (value: string) => string;
  /** Turns typed text into a value, or null when it is not one. */
  accept?: (typed: string) => string | null;
  suggestions?: readonly string[];
  /** What stands beside a word within its chip. */
  mark?: (value: string) => ReactNode;
  placeholder?: string;
  id?: string;
  label?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
}

/** Words as chips: Enter, comma or leaving adds, Backspace in the empty field takes the last one back. */
export function TagInput({
  values,
  onChange,
  removeLabel,
  accept = (typed) => typed,
  suggestions,
  mark,
  placeholder,
  label,
  id,
  ...rest
}: Props) {
  const [typed, setTyped] = useState('');
  const add = (): boolean => {
    const value = typed.trim() && accept(typed.trim());
    if (!value) return false;
    if (!values.includes(value)) onChange([...values, value]);
    setTyped('');
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.key === 'Enter' || event.key === ',' || event.key === ';') && typed.trim()) {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && !typed && values.length > 0) onChange(values.slice(0, -1));
  };
  return (
    <div className="control flex flex-wrap items-center gap-1 py-1 focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-focus">
      {values.map((value) => (
        <span key={value} className="inline-flex max-w-full items-center gap-0.5 rounded-sm bg-sunken pl-1.5">
          <span className="truncate">{value}</span>
          {mark?.(value)}
          <button
            type="button"
            aria-label={removeLabel(value)}
            className="flex size-6 items-center justify-center rounded-sm text-muted hover:text-text"
            onClick={() => onChange(values.filter((other) => other !== value))}
          >
            <X aria-hidden="true" className="size-3" />
          </button>
        </span>
      ))}
      <input
        id={id}
        aria-label={label}
        className="min-h-6 min-w-24 flex-1 bg-transparent outline-none"
        value={typed}
        placeholder={values.length === 0 ? placeholder : undefined}
        list={suggestions && id ? `${id}-list` : undefined}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={add}
        {...rest}
      />
      {suggestions && id && (
        <datalist id={`${id}-list`}>
          {suggestions.map((word) => (
            <option key={word}>{word}</option>
          ))}
        </datalist>
      )}
    </div>
  );
}

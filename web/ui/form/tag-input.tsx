import X from 'lucide-react/icons/x';
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import { splitWords } from './split-words.ts';

interface Props {
  values: readonly string[];
  onChange: (values: string[]) => void;
  removeLabel: (value: string) => string;
  /** Turns typed text into a value, or null when it is not one. */
  accept?: (typed: string) => string | null;
  suggestions?: readonly string[];
  /** What stands beside a word within its chip. */
  mark?: (value: string) => ReactNode;
  /** How many there may be; what finds no room stays in the field, and `fullText` says why. */
  most?: number;
  fullText?: string;
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
  accept,
  suggestions,
  mark,
  most = Number.POSITIVE_INFINITY,
  fullText,
  placeholder,
  label,
  id,
  ...rest
}: Props) {
  const [typed, setTyped] = useState('');
  const [isFull, setIsFull] = useState(false);
  /** All that are accepted; what is not, or finds no room, stays in the field. */
  const add = (text = typed): void => {
    const next = [...values];
    const left: string[] = [];
    let found = false;
    // What is one value as it stands, such as a name with a comma, is not taken apart.
    const whole = accept?.(text.trim()) ? [text.trim()] : splitWords(text);
    for (const word of whole) {
      const value = accept ? accept(word) : word;
      if (value && next.includes(value)) found = true;
      else if (value && next.length < most) next.push(value);
      else {
        found ||= value !== null;
        left.push(word);
      }
    }
    setIsFull(next.length >= most && left.length > 0);
    if (next.length === values.length && !found) return;
    if (next.length > values.length) onChange(next);
    setTyped(left.join(', '));
  };
  const onPaste = (event: ClipboardEvent): void => {
    const text = event.clipboardData.getData('text/plain');
    if (splitWords(text).length < 2) return;
    event.preventDefault();
    add(`${typed} ${text}`);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.key === 'Enter' || event.key === ',' || event.key === ';') && typed.trim()) {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && !typed && values.length > 0) onChange(values.slice(0, -1));
  };
  return (
    <>
      <div className="control flex flex-wrap items-center gap-1 py-1 max-h-48 overflow-y-auto focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-focus">
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
          onChange={(event) => {
            setTyped(event.target.value);
            setIsFull(false);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => add()}
          onPaste={onPaste}
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
      {/* Below what scrolls, so that it is in sight. */}
      {isFull && fullText && (
        <p role="alert" className="mt-1 text-xs font-medium text-danger-text">
          {fullText}
        </p>
      )}
    </>
  );
}

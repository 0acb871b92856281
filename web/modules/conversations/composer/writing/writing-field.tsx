import { type ComponentProps, type RefObject, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { ChoiceList, optionId } from './choice-list.tsx';
import { type Choice, type Offer, offered, take } from './offers.ts';

interface Props extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'ref'> {
  value: string;
  onText: (text: string) => void;
  offers: readonly Offer[];
  field?: RefObject<HTMLTextAreaElement | null>;
}

/** A text field that offers something after certain signs: arrows choose, Enter or Tab takes, Escape leaves the word as it is. */
export function WritingField({ value, onText, offers, field: given, onKeyDown, onFocus, className, ...rest }: Props) {
  const listId = useId();
  const own = useRef<HTMLTextAreaElement>(null);
  const field = given ?? own;
  /** What stands before the cursor, while something may be offered for it. */
  const [before, setBefore] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const now = before === null ? null : offered(offers, before);
  const chosen = now?.choices[Math.min(at, now.choices.length - 1)];
  const look = (text: string, cursor: number): void => {
    setBefore(text.slice(0, cursor));
    setAt(0);
  };
  const taken = (choice: Choice): void => {
    if (!now || before === null) return;
    const done = take(value, before.length, now.typed, choice);
    // Drawn at once, so that the cursor stands where it belongs before the next letter is typed.
    flushSync(() => {
      onText(done.text);
      setBefore(null);
    });
    field.current?.setSelectionRange(done.from, done.to);
  };
  return (
    <div className="relative">
      {now && chosen && <ChoiceList id={listId} label={now.offer.label} choices={now.choices} chosen={chosen} onTake={taken} />}
      <textarea
        dir="auto"
        {...rest}
        ref={field}
        className={className}
        value={value}
        aria-autocomplete="list"
        aria-controls={chosen ? listId : undefined}
        aria-activedescendant={chosen ? optionId(listId, chosen) : undefined}
        onFocus={(event) => {
          for (const offer of offers) offer.prepare?.();
          onFocus?.(event);
        }}
        onBlur={() => setBefore(null)}
        onChange={(event) => {
          onText(event.target.value);
          look(event.target.value, event.target.selectionStart);
        }}
        onKeyDown={(event) => {
          if (!now || !chosen || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return onKeyDown?.(event);
          const { length } = now.choices;
          if (event.key === 'ArrowDown') setAt((at + 1) % length);
          else if (event.key === 'ArrowUp') setAt((at + length - 1) % length);
          else if (event.key === 'Enter' || event.key === 'Tab') taken(chosen);
          else if (event.key === 'Escape') setBefore(null);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
    </div>
  );
}

/** Shows a part of what was written, chosen, so that the next key writes over it. */
export function choose(field: HTMLTextAreaElement | null, from: number, to: number): void {
  field?.focus();
  field?.setSelectionRange(from, to);
}

/** Types the sign that offers snippets, at the start of a word, as if by hand: the field's own undo knows of it. */
export function beginSnippet(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.focus();
  const before = field.value.slice(0, field.selectionStart);
  document.execCommand('insertText', false, /(?:^|\s)$/.test(before) ? '/' : ' /');
}

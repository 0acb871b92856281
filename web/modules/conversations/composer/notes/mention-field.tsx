import { type ComponentProps, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { Avatar } from '../../../../ui/avatar/avatar.tsx';
import { cx } from '../../../../ui/cx.ts';
import { usePeople } from '../../../workspace/index.ts';
import { beginsMention, completeMention, mayBeMentioned } from './mentions.ts';

interface Props extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange'> {
  value: string;
  onText: (text: string) => void;
}

/** A text field that offers colleagues after an @: arrows choose, Enter or Tab takes, Escape leaves the word as it is. */
export function MentionField({ value, onText, onKeyDown, className, ...rest }: Props) {
  const t = useText('conversations');
  const people = usePeople();
  const listId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState<{ query: string; from: number } | null>(null);
  const [at, setAt] = useState(0);
  const found = typed ? people.filter((person) => mayBeMentioned(person) && fits(person.name, typed.query)).slice(0, 6) : [];
  const chosen = found[Math.min(at, found.length - 1)];
  const look = (text: string, cursor: number): void => {
    setTyped(beginsMention(text, cursor));
    setAt(0);
  };
  const take = (name: string): void => {
    if (!typed) return;
    const done = completeMention(value, typed, name);
    // Drawn at once, so that the cursor stands behind the name before the next letter is typed.
    flushSync(() => {
      onText(done.text);
      setTyped(null);
    });
    field.current?.setSelectionRange(done.cursor, done.cursor);
  };
  return (
    <div className="relative">
      {chosen && (
        <div id={listId} role="listbox" aria-label={t('mention.list')} className="floating absolute bottom-full left-2 z-10 min-w-56 p-1">
          {found.map((person) => (
            <div
              key={person.id}
              id={`${listId}-${person.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={person === chosen}
              className={cx('flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2', person === chosen && 'bg-hover')}
              onMouseDown={(event) => {
                // Before the field loses focus.
                event.preventDefault();
                take(person.name);
              }}
            >
              <Avatar decorative small name={person.name} seed={person.id} />
              {person.name}
            </div>
          ))}
        </div>
      )}
      <textarea
        dir="auto"
        {...rest}
        ref={field}
        className={className}
        value={value}
        aria-autocomplete="list"
        aria-controls={chosen ? listId : undefined}
        aria-activedescendant={chosen ? `${listId}-${chosen.id}` : undefined}
        onBlur={() => setTyped(null)}
        onChange={(event) => {
          onText(event.target.value);
          look(event.target.value, event.target.selectionStart);
        }}
        onKeyDown={(event) => {
          if (!chosen || event.ctrlKey || event.metaKey) return onKeyDown?.(event);
          if (event.key === 'ArrowDown') setAt((at + 1) % found.length);
          else if (event.key === 'ArrowUp') setAt((at + found.length - 1) % found.length);
          else if (event.key === 'Enter' || event.key === 'Tab') take(chosen.name);
          else if (event.key === 'Escape') setTyped(null);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
    </div>
  );
}

/** By the beginning of any part of the name. */
const fits = (name: string, query: string): boolean =>
  name.toLowerCase().startsWith(query) ||
  name
    .toLowerCase()
    .split(/\s+/)
    .some((part) => part.startsWith(query));

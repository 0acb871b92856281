import { useEffect, useRef } from 'react';
import { cx } from '../../../../ui/cx.ts';
import type { Choice } from './offers.ts';

interface Props {
  id: string;
  label: string;
  choices: readonly Choice[];
  chosen: Choice;
  onTake: (choice: Choice) => void;
}

export const optionId = (listId: string, choice: Choice): string => `${listId}-${choice.id}`;

/** What is offered, above the field: the field keeps the focus, so arrows and Enter are its keys. */
export function ChoiceList({ id, label, choices, chosen, onTake }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen.id]);
  return (
    <div
      ref={box}
      id={id}
      role="listbox"
      aria-label={label}
      className="floating absolute bottom-full left-2 z-10 max-h-72 max-w-[min(36rem,calc(100%-1rem))] min-w-56 overflow-y-auto p-1"
    >
      {choices.map((choice) => (
        <div
          key={choice.id}
          id={optionId(id, choice)}
          role="option"
          tabIndex={-1}
          aria-selected={choice === chosen}
          className={cx(
            'flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2',
            choice === chosen && 'bg-selected shadow-[inset_3px_0_0_var(--accent)]',
          )}
          onMouseDown={(event) => {
            // Before the field loses focus.
            event.preventDefault();
            onTake(choice);
          }}
        >
          {choice.content}
        </div>
      ))}
    </div>
  );
}

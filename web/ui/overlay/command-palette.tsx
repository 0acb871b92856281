import { Dialog as Base } from '@base-ui/react/dialog';
import Search from 'lucide-react/icons/search';
import { type KeyboardEvent, useId, useState } from 'react';
import { cx } from '../cx.ts';
import type { Icon } from '../icon.ts';
import { Kbd } from '../kbd.tsx';
import { marked } from '../marked.tsx';
import { rank } from './rank.ts';

export interface Command {
  id: string;
  label: string;
  group: string;
  hint?: string | undefined;
  /** A second line; what was found stands between double square brackets. */
  found?: string | undefined;
  /** Said at the end of the row, such as when it was. */
  aside?: string | undefined;
  icon?: Icon | undefined;
  keys?: string | undefined;
  /** Set on results the server already filtered. */
  always?: boolean;
  run: () => void;
}

interface Props {
  open: boolean;
  onClose: () => void;
  commands: readonly Command[];
  /** What is typed; kept outside, since typing may begin before the field is there. */
  query: string;
  onQuery: (query: string) => void;
  title: string;
  placeholder: string;
  emptyText: string;
  /** What the keys do, said below. */
  keysText?: readonly { keys: readonly string[]; text: string }[];
  busy?: boolean;
}

export function CommandPalette({ open, onClose, ...rest }: Props) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fade fixed inset-0 z-50 bg-(--scrim)" />
        <Base.Popup className="floating fade fixed inset-x-4 top-[12dvh] z-50 mx-auto flex max-h-[70dvh] low:top-2 low:max-h-[calc(100dvh-1rem)] max-w-xl flex-col overflow-hidden bg-surface">
          <Base.Title className="sr-only">{rest.title}</Base.Title>
          <Content onClose={onClose} {...rest} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function Content({ onClose, commands, query, onQuery, title, placeholder, emptyText, keysText, busy }: Omit<Props, 'open'>) {
  const [active, setActive] = useState(0);
  const base = useId();
  const shown = rank(commands, query).slice(0, 40);
  const type = (text: string): void => {
    setActive(0);
    onQuery(text);
  };
  const run = (command: Command | undefined): void => {
    if (!command) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length > 0) {
      event.preventDefault();
      setActive((active + step + shown.length) % shown.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(shown[active]);
    }
  };
  return (
    <>
      <div className="flex items-center gap-2 border-b border-line px-4">
        <Search aria-hidden="true" className="size-4 text-muted" />
        <input
          role="combobox"
          aria-label={placeholder}
          aria-expanded="true"
          aria-controls={`${base}-list`}
          aria-activedescendant={shown[active] ? `${base}-${active}` : undefined}
          className="h-12 flex-1 bg-transparent text-base outline-none"
          placeholder={placeholder}
          value={query}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={`${base}-list`} role="listbox" aria-label={title} aria-busy={busy} className="relative overflow-y-auto p-2">
        {shown.map((command, index) => (
          <Row
            key={command.id}
            id={`${base}-${index}`}
            command={command}
            active={index === active}
            heading={shown[index - 1]?.group !== command.group}
            onHover={() => setActive(index)}
            onRun={() => run(command)}
          />
        ))}
      </div>
      {shown.length === 0 && <p className="px-4 py-6 text-center text-muted">{emptyText}</p>}
      {keysText && (
        <p aria-hidden="true" className="flex gap-4 border-t border-line px-4 py-2 text-xs text-muted pointer-coarse:hidden">
          {keysText.map(({ keys, text }) => (
            <span key={text} className="flex items-center gap-1">
              {keys.map((key) => (
                <Kbd key={key} keys={key} />
              ))}
              {text}
            </span>
          ))}
        </p>
      )}
    </>
  );
}

interface RowProps {
  id: string;
  command: Command;
  active: boolean;
  heading: boolean;
  onHover: () => void;
  onRun: () => void;
}

function Row({ id, command, active, heading, onHover, onRun }: RowProps) {
  const Sign = command.icon;
  return (
    <>
      {heading && (
        <div role="presentation" className="px-2 pt-2 pb-1 text-xs text-muted">
          {command.group}
        </div>
      )}
      <div
        id={id}
        role="option"
        aria-selected={active}
        onPointerMove={onHover}
        onClick={onRun}
        className={cx('flex min-h-9 cursor-pointer py-1 items-center gap-2 rounded-md px-2', active && 'bg-hover')}
      >
        {Sign ? <Sign aria-hidden="true" className="size-4 text-muted" /> : <span className="size-4 shrink-0" />}
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span dir="auto" className="truncate text-left" title={command.label}>
              {command.label}
            </span>
            {command.hint && <span className="min-w-0 truncate text-xs text-muted">{command.hint}</span>}
            {command.aside && <span className="ml-auto shrink-0 text-xs text-muted tabular-nums">{command.aside}</span>}
          </span>
          {command.found && (
            <span dir="auto" className="line-clamp-2 text-left text-xs text-muted">
              {marked(command.found)}
            </span>
          )}
        </span>
        {command.keys && (
          <span className="shrink-0">
            <Kbd keys={command.keys} />
          </span>
        )}
      </div>
    </>
  );
}

import Search from 'lucide-react/icons/search';
import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { useNow } from '../../../platform/i18n/use-now.ts';
import { cx } from '../../../ui/cx.ts';
import { useChannels } from '../../channels/index.ts';
import { type Completion, completionsOf } from './completions.ts';

interface Props {
  field: RefObject<HTMLInputElement | null>;
  typed: string;
  onType: (typed: string) => void;
  /** Down from the last of what is proposed, or when nothing is. */
  onDown: () => void;
}

/** The search as it is typed, with how its last word can go on. */
export function SearchField({ field, typed, onType, onDown }: Props) {
  const t = useText('conversations');
  const list = useId();
  const now = useNow();
  const channels = useChannels();
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const language = currentLanguage() === 'en' ? 'en' : 'de';
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(now);
  const offered = isOpen ? completionsOf(typed, { language, channels: channels.map(({ id }) => id), today }) : [];
  const choose = (completion: Completion): void => {
    onType(completion.typed);
    setActive(-1);
    setIsOpen(!completion.isWhole);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const chosen = offered[active];
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      if (active < offered.length - 1) setActive(active + 1);
      else onDown();
    } else if (event.key === 'ArrowUp' && active >= 0) {
      event.preventDefault();
      setActive(active - 1);
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      choose(chosen);
    } else if (event.key === 'Escape' && offered.length > 0) {
      // Which would empty the field.
      event.preventDefault();
      event.stopPropagation();
      setIsOpen(false);
      setActive(-1);
    }
  };
  return (
    <div
      className="relative"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setIsOpen(false);
      }}
    >
      <Search aria-hidden="true" className="pointer-events-none absolute top-3 left-3 size-4 text-muted" />
      <input
        ref={field}
        type="search"
        role="combobox"
        autoFocus
        dir="auto"
        aria-label={t('search.label')}
        aria-autocomplete="list"
        aria-expanded={offered.length > 0}
        aria-controls={list}
        aria-activedescendant={offered[active] ? `${list}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        className="control h-10 pl-9 text-base"
        placeholder={t('search.placeholder')}
        maxLength={300}
        value={typed}
        onFocus={() => setIsOpen(true)}
        onChange={(event) => {
          onType(event.target.value);
          setActive(-1);
          setIsOpen(true);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={list}
        role="listbox"
        aria-label={t('search.completions')}
        className={cx('floating absolute inset-x-0 top-full z-20 mt-1 max-h-72 overflow-y-auto p-1', offered.length === 0 && 'hidden')}
      >
        {offered.map((completion, n) => (
          <div
            key={completion.text}
            id={`${list}-${n}`}
            role="option"
            aria-selected={n === active}
            onPointerMove={() => setActive(n)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(completion)}
            className={cx('flex min-h-8 cursor-pointer items-center gap-3 rounded-sm px-2', n === active && 'bg-hover')}
          >
            <span className="font-medium">{completion.text}</span>
            <span className="text-xs text-muted">{t(`search.filters.${completion.filter}`)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
